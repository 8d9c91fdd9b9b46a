"""What follows from a deed, and what falls due: the only place where features meet sideways.

A reaction is called with the deed, in the deed's own transaction, in the order given here. A due
task does one piece of work in a transaction of its own and says whether it found any.
Only `board/__init__.py` imports this module.
"""

from board.activity.recording import Reaction
from board.activity.verbs import Verb
from board.core.working import Task
from board.curation import caring, deciding, handing_over, recalling, reviewing, viewing, voiding
from board.experts import requesting, seating
from board.inbox import notifying, telling, watching
from board.inbox import recalling as readers
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
    Verb.ANSWER_REINSTATED: [recalling.end, notifying.tell_concerned],
    Verb.ANSWER_SUPERSEDED: [noting.follow, notifying.tell_concerned, recalling.follow],
    Verb.ANSWER_WITHDRAWN: [noting.follow, notifying.tell_concerned, recalling.follow],
    Verb.ASKED: [noting.follow, indexing.follow, watching.follow, notifying.tell],
    Verb.COMMENTED: [noting.follow, indexing.follow, watching.follow, notifying.tell],
    Verb.DEACTIVATED: [handing_over.follow_leaving],
    Verb.EDITED: [noting.follow, indexing.follow, voiding.follow, notifying.tell_author],
    Verb.EVIDENCE_CHANGED: [noting.follow, voiding.follow],
    Verb.EXPERT_ASKED: [notifying.tell_named],
    Verb.EXPERT_CONFIRMED: [notifying.tell_named],
    Verb.EXPERT_ENDED: [notifying.tell_named],
    Verb.EXPERT_NOMINATED: [notifying.tell_named],
    Verb.GUIDELINE_ADDED: [noting.follow],
    Verb.GUIDELINE_CHANGED: [noting.follow],
    Verb.GUIDELINE_REPLACED: [noting.follow],
    Verb.HID: [
        noting.follow,
        indexing.follow,
        deciding.follow,
        notifying.recall,
        notifying.tell_author,
    ],
    Verb.PROBLEM_REPORTED: [noting.follow, notifying.tell_concerned],
    Verb.PROBLEM_SETTLED: [recalling.end, notifying.tell_concerned],
    Verb.REQUEST_ANSWERED: [notifying.tell_named],
    Verb.REQUEST_DECLINED: [noting.follow, notifying.tell_named],
    Verb.REQUEST_PASSED: [notifying.tell_named],
    Verb.REQUEST_WITHDRAWN: [notifying.tell_named],
    Verb.RESTORED: [indexing.follow, deciding.follow],
    Verb.REVIEW_DUE: [notifying.tell_concerned],
    Verb.REVIEW_EXPIRED: [notifying.tell_concerned],
    Verb.REVIEW_NEAR: [notifying.tell_concerned],
    Verb.SECOND_NEEDED: [notifying.tell_concerned],
    Verb.SYNONYMS_CHANGED: [noting.follow],
    Verb.TAG_CARE_SET: [voiding.follow_care],
    Verb.TAG_CHANGED: [noting.follow],
    Verb.TAG_MERGED: [seating.follow_merge, caring.follow_merge],
    Verb.UNSAFE_REPORTED: [noting.follow, notifying.tell_concerned, recalling.follow],
    Verb.VERIFICATION_VOIDED: [notifying.tell_concerned],
    Verb.VERIFICATION_WITHDRAWN: [noting.follow, notifying.tell_concerned],
    Verb.VERIFIED: [noting.follow, notifying.tell_concerned],
}

DUE: list[Task] = [
    telling.tell_watchers,
    readers.tell_readers,
    reviewing.tell_in_time,
    reviewing.mark_due,
    reviewing.expire,
    viewing.forget_old,
]
