"""What follows from a deed: called with it, in its own transaction, in the order given here."""

from board.activity.recording import Reaction
from board.activity.verbs import Verb
from board.audit import auditing
from board.curation import caring, deciding, handing_over, recalling, voiding
from board.curation import reporting as reporting_problems
from board.delivery import hooking
from board.experts import grouping, mentioning, requesting, seating
from board.inbox import erasing as erasing_news
from board.inbox import following, notifying, sifting, watching
from board.posts import overseeing, reporting, rescanning
from board.privacy import noting
from board.routing import escalating
from board.search import indexing
from board.signin import feed_tokens, pins
from board.wiring.audited import AUDITED

REACTIONS: dict[Verb, list[Reaction]] = {
    Verb.ACCEPTANCE_WITHDRAWN: [
        noting.follow,
        indexing.follow,
        notifying.tell_author,
        notifying.tell_concerned,
    ],
    Verb.ACCEPTANCE_RESTORED: [indexing.follow],
    Verb.ACCEPTED: [noting.follow, indexing.follow, notifying.tell, sifting.note, hooking.follow],
    Verb.ANNOUNCED: [noting.follow],
    Verb.ANNOUNCEMENT_CHANGED: [noting.follow],
    Verb.ANSWERED: [
        noting.follow,
        indexing.follow,
        watching.follow,
        notifying.tell,
        requesting.settle,
        mentioning.follow,
        escalating.stop,
        hooking.follow,
    ],
    Verb.ANSWER_REINSTATED: [recalling.end, notifying.tell_concerned],
    Verb.ANSWER_SUPERSEDED: [noting.follow, notifying.tell_concerned, recalling.follow],
    Verb.ANSWER_WITHDRAWN: [noting.follow, notifying.tell_concerned, recalling.follow],
    Verb.ASKED: [
        noting.follow,
        indexing.follow,
        watching.follow,
        notifying.tell,
        mentioning.follow,
        escalating.begin,
        sifting.note,
        hooking.follow,
    ],
    Verb.ASKER_LOOKED_UP: [notifying.tell_asker],
    Verb.CLOSED: [noting.follow, notifying.tell_author],
    Verb.COMMENTED: [
        noting.follow,
        indexing.follow,
        watching.follow,
        notifying.tell,
        mentioning.follow,
    ],
    Verb.DEACTIVATED: [
        handing_over.follow_leaving,
        feed_tokens.follow_leaving,
        pins.follow_leaving,
    ],
    Verb.DEPUTY_DECLINED: [notifying.tell_named],
    Verb.DEPUTY_NAMED: [notifying.tell_named],
    Verb.DUTY_ADDED: [noting.follow],
    Verb.EDITED: [
        noting.follow,
        indexing.follow,
        voiding.follow,
        notifying.tell_author,
        mentioning.follow,
    ],
    Verb.EDIT_SUGGESTED: [noting.follow, notifying.tell_named],
    Verb.ESCALATED: [notifying.tell_named],
    Verb.EVIDENCE_CHANGED: [noting.follow, voiding.follow],
    Verb.EXPERT_ASKED: [notifying.tell_named],
    Verb.EXPERT_CONFIRMED: [notifying.tell_named],
    Verb.EXPERT_ENDED: [notifying.tell_named],
    Verb.EXPERT_NOMINATED: [notifying.tell_named],
    Verb.FEATURED: [noting.follow],
    Verb.FIRST_POST_HELD: [noting.follow],
    Verb.FIRST_POST_LET_THROUGH: [notifying.tell_named],
    Verb.FIRST_POST_TURNED_DOWN: [noting.follow, notifying.tell_named],
    Verb.FLAGGED: [noting.follow, reporting_problems.follow_flag],
    Verb.FLAG_DECLINED: [noting.follow, notifying.tell_named],
    Verb.FLAG_UPHELD: [noting.follow, notifying.tell_named],
    Verb.GROUP_CHANGED: [noting.follow],
    Verb.GROUP_INVITED: [notifying.tell_named],
    Verb.GUIDELINE_ADDED: [noting.follow],
    Verb.GUIDELINE_CHANGED: [noting.follow],
    Verb.GUIDELINE_REPLACED: [noting.follow],
    Verb.HID: [
        noting.follow,
        indexing.follow,
        deciding.follow,
        following.recall,
        escalating.follow_removal,
        notifying.tell_author,
    ],
    Verb.JOINED: [grouping.keep_handles_apart],
    Verb.LOCKED: [noting.follow, notifying.tell_author],
    Verb.MENTIONED: [notifying.tell_named],
    Verb.MERGED: [
        voiding.follow_merge,
        indexing.follow_merge,
        watching.follow_merge,
        following.follow_merge,
        notifying.tell_named,
    ],
    Verb.POST_MOVED: [
        reporting_problems.follow_move,
        indexing.follow,
        notifying.tell_author,
    ],
    Verb.POST_MOVED_BACK: [
        reporting_problems.follow_move,
        indexing.follow,
        notifying.tell_author,
    ],
    Verb.PRIVACY_CLEARED: [
        voiding.follow_return,
        indexing.follow,
        notifying.tell_named,
        notifying.tell_author,
    ],
    Verb.PRIVACY_DISCARDED: [notifying.tell_named],
    Verb.PRIVACY_EXPIRED: [notifying.tell_named],
    Verb.PRIVACY_HELD: [notifying.tell_named, notifying.tell_reviewers],
    Verb.PRIVACY_OVERRIDDEN: [reporting.sample],
    Verb.PRIVACY_PURGED: [deciding.follow, notifying.tell_named, notifying.tell_author],
    Verb.PRIVACY_RELEASED: [notifying.tell_named],
    Verb.PRIVACY_REPORTED: [
        indexing.follow,
        deciding.follow,
        erasing_news.remember_told,
        following.recall,
        notifying.tell_author,
        notifying.tell_reviewers,
    ],
    Verb.PRIVACY_RETURNED: [notifying.tell_named],
    Verb.PRIVACY_SWEPT: [indexing.follow],
    Verb.PROBLEM_REPORTED: [noting.follow, notifying.tell_concerned],
    Verb.PROBLEM_SETTLED: [recalling.end, notifying.tell_concerned],
    Verb.QUEUE_UNDONE: [following.take_back],
    Verb.REACHABILITY_SET: [noting.follow],
    Verb.REMINDED: [notifying.tell_named],
    Verb.REOPENED: [escalating.begin_again, notifying.tell_author],
    Verb.REQUEST_ANSWERED: [notifying.tell_named],
    Verb.REQUEST_DECLINED: [noting.follow, notifying.tell_named],
    Verb.REQUEST_PASSED: [notifying.tell_named],
    Verb.REQUEST_ROUTED: [notifying.tell_named],
    Verb.REQUEST_TAKEN: [notifying.tell_named],
    Verb.REQUEST_WITHDRAWN: [notifying.tell_named],
    Verb.RESTORED: [
        voiding.follow_return,
        indexing.follow,
        escalating.begin_again,
        following.tell_again,
        rescanning.follow_return,
    ],
    Verb.REVIEW_DUE: [notifying.tell_concerned],
    Verb.REVIEW_EXPIRED: [notifying.tell_concerned],
    Verb.REVIEW_NEAR: [notifying.tell_concerned],
    Verb.SEARCH_RENAMED: [noting.follow],
    Verb.SEARCH_SAVED: [noting.follow],
    Verb.SECOND_NEEDED: [notifying.tell_concerned],
    Verb.SUGGESTION_ACCEPTED: [notifying.tell_named],
    Verb.SUGGESTION_DECLINED: [noting.follow, notifying.tell_named],
    Verb.SUSPENDED: [noting.follow],
    Verb.SYNONYMS_CHANGED: [noting.follow],
    Verb.TAG_CARE_SET: [voiding.follow_care],
    Verb.TAG_CHANGED: [noting.follow],
    Verb.TAG_MERGED: [
        seating.follow_merge,
        caring.follow_merge,
        voiding.follow_care,
        notifying.follow_merge,
    ],
    Verb.UNLOCKED: [escalating.begin_again, notifying.tell_author],
    Verb.UNMERGED: [
        voiding.follow_merge,
        indexing.follow_merge,
        watching.follow_unmerge,
        following.follow_unmerge,
        escalating.follow_unmerge,
        notifying.tell_named,
    ],
    Verb.UNSAFE_REPORTED: [noting.follow, notifying.tell_concerned, recalling.follow],
    Verb.URGENCY_CHANGED: [escalating.begin],
    Verb.VERIFICATION_VOIDED: [notifying.tell_concerned],
    Verb.VERIFICATION_WITHDRAWN: [noting.follow, notifying.tell_concerned],
    Verb.VERIFIED: [noting.follow, notifying.tell_concerned],
    Verb.WARNED: [noting.follow],
}

# What matters to security is put into the audit trail, after everything else that follows.
for verb in AUDITED:
    REACTIONS.setdefault(verb, []).append(auditing.follow)
# Of these only what a moderator does to what others wrote.
REACTIONS[Verb.EDITED].append(overseeing.follow_edit)
REACTIONS[Verb.ACCEPTED].append(overseeing.follow_acceptance)
