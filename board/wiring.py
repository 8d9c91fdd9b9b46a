"""What follows from a deed, and what falls due: the only place where features meet sideways.

A reaction is called with the deed, in the deed's own transaction, in the order given here. A due
task does one piece of work in a transaction of its own and says whether it found any.
Only `board/__init__.py` imports this module.
"""

from board.activity.recording import Reaction
from board.activity.verbs import Verb
from board.core.queueing import QueueKind
from board.core.working import Task
from board.experts import requesting, seating
from board.inbox import notifying, telling, watching
from board.moderation import kinds, reminding
from board.privacy import noting
from board.search import indexing

REACTIONS: dict[Verb, list[Reaction]] = {
    Verb.ACCEPTANCE_WITHDRAWN: [noting.follow, indexing.follow, notifying.tell_author],
    Verb.ACCEPTED: [noting.follow, indexing.follow, notifying.tell],
    Verb.ANSWERED: [
        noting.follow,
        indexing.follow,
        watching.follow,
        notifying.tell,
        requesting.settle,
    ],
    Verb.ASKED: [noting.follow, indexing.follow, watching.follow, notifying.tell],
    Verb.CLOSED: [noting.follow, notifying.tell_author],
    Verb.COMMENTED: [noting.follow, indexing.follow, watching.follow, notifying.tell],
    Verb.EDITED: [noting.follow, indexing.follow, notifying.tell_author],
    Verb.EDIT_SUGGESTED: [noting.follow, notifying.tell_named],
    Verb.EXPERT_ASKED: [notifying.tell_named],
    Verb.EXPERT_CONFIRMED: [notifying.tell_named],
    Verb.EXPERT_ENDED: [notifying.tell_named],
    Verb.EXPERT_NOMINATED: [notifying.tell_named],
    Verb.FLAGGED: [noting.follow],
    Verb.FLAG_DECLINED: [noting.follow, notifying.tell_named],
    Verb.FLAG_UPHELD: [noting.follow, notifying.tell_named],
    Verb.HID: [noting.follow, indexing.follow, notifying.recall, notifying.tell_author],
    Verb.LOCKED: [noting.follow, notifying.tell_author],
    Verb.MERGED: [indexing.follow_merge, watching.follow_merge, notifying.tell_named],
    Verb.POST_MOVED: [indexing.follow, notifying.tell_author],
    Verb.POST_MOVED_BACK: [indexing.follow, notifying.tell_author],
    Verb.REMINDED: [notifying.tell_named],
    Verb.REOPENED: [notifying.tell_author],
    Verb.REQUEST_ANSWERED: [notifying.tell_named],
    Verb.REQUEST_DECLINED: [noting.follow, notifying.tell_named],
    Verb.REQUEST_PASSED: [notifying.tell_named],
    Verb.REQUEST_WITHDRAWN: [notifying.tell_named],
    Verb.RESTORED: [indexing.follow],
    Verb.SUGGESTION_ACCEPTED: [notifying.tell_named],
    Verb.SUGGESTION_DECLINED: [noting.follow, notifying.tell_named],
    Verb.SUSPENDED: [noting.follow],
    Verb.SYNONYMS_CHANGED: [noting.follow],
    Verb.TAG_CHANGED: [noting.follow],
    Verb.TAG_MERGED: [seating.follow_merge],
    Verb.UNLOCKED: [notifying.tell_author],
    Verb.UNMERGED: [indexing.follow_merge, watching.follow_unmerge, notifying.tell_named],
    Verb.WARNED: [noting.follow],
}

DUE: list[Task] = [telling.tell_watchers, reminding.remind]

# What lies in the moderators' queue, the gravest first.
QUEUE: list[QueueKind] = [
    kinds.UNSAFE,
    kinds.FLAGGED,
    kinds.SUGGESTED,
    kinds.UNANSWERED,
    kinds.NOT_ACCEPTED,
]
