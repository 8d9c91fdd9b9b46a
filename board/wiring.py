"""What follows from a deed, and what falls due: the only place where features meet sideways.

A reaction is called with the deed, in the deed's own transaction, in the order given here. A due
task does one piece of work in a transaction of its own and says whether it found any.
Only `board/__init__.py` imports this module.
"""

from board.activity import disclosing as activity
from board.activity.recording import Reaction
from board.activity.verbs import Verb
from board.announcements import disclosing as announcements
from board.audit import auditing, checkpointing, configuring, relaying
from board.core.disclosing import Disclosure
from board.core.queueing import QueueKind
from board.core.working import Task
from board.curation import caring, deciding, handing_over, recalling, reviewing, viewing, voiding
from board.curation import disclosing as curation
from board.curation import erasing as erasing_answers
from board.curation import releasing as releasing_answers
from board.curation import reporting as reporting_problems
from board.delivery import calling, collecting, hooking, mailing
from board.delivery import disclosing as delivery
from board.experts import disclosing as experts
from board.experts import erasing as erasing_requests
from board.experts import grouping, mentioning, requesting, seating
from board.experts import releasing as releasing_questions
from board.inbox import disclosing as inbox
from board.inbox import erasing as erasing_news
from board.inbox import following, notifying, sifting, telling, watching
from board.inbox import recalling as readers
from board.moderation import disclosing as moderation
from board.moderation import erasing as erasing_flags
from board.moderation import kinds, kinds_of_answers, reminding, screening
from board.moderation import releasing as releasing_suggestions
from board.people import disclosing as people
from board.posts import disclosing as posts
from board.posts import erasing as erasing_posts
from board.posts import exposing, overseeing, releasing, reporting, rescanning
from board.privacy import deciding as deciding_held
from board.privacy import disclosing as privacy
from board.privacy import noting, purging
from board.privacy.elsewhere import Hands, Writer
from board.routing import erasing as erasing_ladder
from board.routing import escalating
from board.search import erasing as erasing_search
from board.search import indexing
from board.signin import disclosing as signin
from board.signin import feed_tokens, pins
from board.tags import erasing as erasing_tags
from board.upkeep import held_lines, importing

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
AUDITED = (
    Verb.ACCEPTANCE_WITHDRAWN,
    Verb.ACCESS_REFUSED,
    Verb.ANNOUNCED,
    Verb.ANNOUNCEMENT_CHANGED,
    Verb.ANNOUNCEMENT_ENDED,
    Verb.ANSWER_REINSTATED,
    Verb.ANSWER_SUPERSEDED,
    Verb.ANSWER_WITHDRAWN,
    Verb.ASKER_LOOKED_UP,
    Verb.AUDIT_EXPORTED,
    Verb.AUDIT_PRUNED,
    Verb.AUDIT_READ,
    Verb.AUDIT_VERIFIED,
    Verb.BACKED_UP,
    Verb.BACKUP_RESTORED,
    Verb.CLOSED,
    Verb.DEACTIVATED,
    Verb.EMERGENCY_PASSED,
    Verb.EXPERT_CONFIRMED,
    Verb.EXPERT_ENDED,
    Verb.EXPORTED,
    Verb.FEATURED,
    Verb.FEATURE_ENDED,
    Verb.FIRST_POST_HELD,
    Verb.FIRST_POST_LET_THROUGH,
    Verb.FIRST_POST_TAKEN_BACK,
    Verb.FIRST_POST_TURNED_DOWN,
    Verb.FLAG_DECLINED,
    Verb.FLAG_UPHELD,
    Verb.GUIDELINE_ADDED,
    Verb.GUIDELINE_CHANGED,
    Verb.GUIDELINE_REPLACED,
    Verb.HANDED_OVER,
    Verb.HID,
    Verb.IMPORTED,
    Verb.JOINED,
    Verb.LOCKED,
    Verb.MAIL_PAUSED,
    Verb.MAIL_RESUMED,
    Verb.MERGED,
    Verb.PASSWORD_CHANGED,
    Verb.PASSWORD_SET,
    Verb.PERSON_CHANGED,
    Verb.PIN_FAILED,
    Verb.PIN_REMOVED,
    Verb.PIN_SET,
    Verb.POST_MOVED,
    Verb.POST_MOVED_BACK,
    Verb.PRIVACY_ALLOWED,
    Verb.PRIVACY_CLEARED,
    Verb.PRIVACY_DISALLOWED,
    Verb.PRIVACY_DISCARDED,
    Verb.PRIVACY_EXPIRED,
    Verb.PRIVACY_HELD,
    Verb.PRIVACY_LOOKED_AGAIN,
    Verb.PRIVACY_OVERRIDDEN,
    Verb.PRIVACY_PURGED,
    Verb.PRIVACY_REFUSED,
    Verb.PRIVACY_RELEASED,
    Verb.PRIVACY_REPORTED,
    Verb.PRIVACY_RETURNED,
    Verb.PRIVACY_VIEWED,
    Verb.PROBLEM_SETTLED,
    Verb.QUEUE_DECIDED,
    Verb.QUEUE_UNDONE,
    Verb.REACTIVATED,
    Verb.READERS_VIEWED,
    Verb.RECALLED,
    Verb.REOPENED,
    Verb.RESTORED,
    Verb.REVIEWER_APPOINTED,
    Verb.REVIEWER_ENDED,
    Verb.ROLE_CHANGED,
    Verb.SESSION_ENDED,
    Verb.SESSION_LOCKED,
    Verb.SESSION_UNLOCKED,
    Verb.SETTINGS_CHANGED,
    Verb.SIGNED_IN,
    Verb.SIGNED_OUT,
    Verb.SIGN_IN_FAILED,
    Verb.SUSPENDED,
    Verb.SUSPENSION_ENDED,
    Verb.SWITCHED_USER,
    Verb.TAG_CARE_SET,
    Verb.TAG_MERGED,
    Verb.TOKEN_CREATED,
    Verb.TOKEN_ENDED,
    Verb.UNLOCKED,
    Verb.UNMERGED,
    Verb.UNSAFE_REPORTED,
    Verb.UPGRADED,
    Verb.VERIFICATION_VOIDED,
    Verb.VERIFICATION_WITHDRAWN,
    Verb.VERIFIED,
    Verb.WARNED,
    Verb.WEBHOOK_ADDED,
    Verb.WEBHOOK_ENDED,
    Verb.WEBHOOK_SECRET_CHANGED,
)

for verb in AUDITED:
    REACTIONS.setdefault(verb, []).append(auditing.follow)
# Of these only what a moderator does to what others wrote.
REACTIONS[Verb.EDITED].append(overseeing.follow_edit)
REACTIONS[Verb.ACCEPTED].append(overseeing.follow_acceptance)

RECORDED: list[Disclosure] = [
    people.account,
    announcements.put_away,
    signin.signed_in,
    privacy.sent,
    privacy.reported,
    posts.posts,
    posts.confided,
    posts.drafts,
    posts.saved,
    posts.votes,
    experts.seats,
    experts.reached,
    experts.asked,
    experts.groups,
    experts.on_call,
    curation.viewed,
    curation.vouched,
    curation.used,
    curation.reported,
    curation.recalled,
    moderation.flagged,
    moderation.suggested,
    moderation.sanctioned,
    inbox.watched,
    inbox.told,
    inbox.searches,
    delivery.mailed,
    delivery.messages,
    activity.deeds,
]

_BACK = (releasing.give_back, releasing.is_confidential)
_WRITER = Writer(releasing.check, releasing.post, *_BACK)

PRIVACY = Hands(
    writers=dict.fromkeys(("comment", "edit"), _WRITER)
    | {
        "question": Writer(releasing.check, releasing_questions.post, *_BACK),
        "answer": Writer(releasing_answers.check, releasing_answers.post, *_BACK),
        "suggestion": Writer(releasing_suggestions.check, releasing_suggestions.post, *_BACK),
    }
    | {"import": Writer(held_lines.check, importing.post_held, held_lines.give_back)},
    erasing=(
        erasing_posts.erase,
        erasing_search.erase,
        erasing_answers.erase,
        erasing_flags.erase,
        erasing_news.erase,
        purging.forget_held,
    ),
    sweeping=(
        erasing_posts.sweep,
        erasing_tags.sweep,
        erasing_search.sweep,
        erasing_requests.sweep,
        erasing_ladder.sweep,
        erasing_answers.sweep,
        erasing_flags.sweep,
        erasing_news.sweep,
        purging.sweep_held,
    ),
    merging=erasing_search.merge,
    exposing=(
        exposing.exposed,
        erasing_answers.exposed,
        erasing_news.exposed,
        erasing_requests.exposed,
    ),
)

QUEUE: list[QueueKind] = [
    kinds.UNSAFE,
    kinds_of_answers.REPORTED,
    kinds_of_answers.PROBLEM,
    kinds_of_answers.SECOND,
    kinds.FLAGGED,
    kinds.FIRST,
    kinds.SUGGESTED,
    kinds_of_answers.REVIEW,
    kinds.UNANSWERED,
    kinds.NOT_ACCEPTED,
]

DUE: list[Task] = [
    telling.tell_watchers,
    reminding.remind,
    readers.tell_readers,
    reviewing.tell_in_time,
    reviewing.mark_due,
    reviewing.expire,
    viewing.forget_old,
    deciding_held.expire,
    screening.forget,
    purging.clean,
    escalating.climb,
    sifting.sift,
    collecting.collect_at_once,
    collecting.collect_digests,
    mailing.send_mail,
    calling.call_webhooks,
    configuring.note_changes,
    checkpointing.keep_due,
    relaying.relay,
    rescanning.look_again,
]
