"""What follows from a deed, and what falls due: the only place where features meet sideways.

A reaction is called with the deed, in the deed's own transaction, in the order given here. A due
task does one piece of work in a transaction of its own and says whether it found any.
Only `board/__init__.py` imports this module.
"""

from board.activity.recording import Reaction
from board.activity.verbs import Verb
from board.core.working import Task
from board.experts import grouping, mentioning, requesting, seating
from board.inbox import notifying, telling, watching
from board.privacy import noting
from board.routing import escalating
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
        mentioning.follow,
        escalating.stop,
    ],
    Verb.ASKED: [
        noting.follow,
        indexing.follow,
        watching.follow,
        notifying.tell,
        mentioning.follow,
        escalating.begin,
    ],
    Verb.COMMENTED: [
        noting.follow,
        indexing.follow,
        watching.follow,
        notifying.tell,
        mentioning.follow,
    ],
    Verb.DEPUTY_DECLINED: [notifying.tell_named],
    Verb.DEPUTY_NAMED: [notifying.tell_named],
    Verb.DUTY_ADDED: [noting.follow],
    Verb.EDITED: [noting.follow, indexing.follow, notifying.tell_author, mentioning.follow],
    Verb.ESCALATED: [notifying.tell_named],
    Verb.EXPERT_ASKED: [notifying.tell_named],
    Verb.EXPERT_CONFIRMED: [notifying.tell_named],
    Verb.EXPERT_ENDED: [notifying.tell_named],
    Verb.EXPERT_NOMINATED: [notifying.tell_named],
    Verb.GROUP_CHANGED: [noting.follow],
    Verb.GROUP_INVITED: [notifying.tell_named],
    Verb.HID: [noting.follow, indexing.follow, notifying.recall, notifying.tell_author],
    Verb.JOINED: [grouping.keep_handles_apart],
    Verb.MENTIONED: [notifying.tell_named],
    Verb.REACHABILITY_SET: [noting.follow],
    Verb.REQUEST_ANSWERED: [notifying.tell_named],
    Verb.REQUEST_DECLINED: [noting.follow, notifying.tell_named],
    Verb.REQUEST_PASSED: [notifying.tell_named],
    Verb.REQUEST_ROUTED: [notifying.tell_named],
    Verb.REQUEST_TAKEN: [notifying.tell_named],
    Verb.REQUEST_WITHDRAWN: [notifying.tell_named],
    Verb.RESTORED: [indexing.follow, escalating.begin_again],
    Verb.SYNONYMS_CHANGED: [noting.follow],
    Verb.TAG_CHANGED: [noting.follow],
    Verb.TAG_MERGED: [seating.follow_merge, notifying.follow_merge],
    Verb.URGENCY_CHANGED: [escalating.begin],
}

DUE: list[Task] = [telling.tell_watchers, escalating.climb]
