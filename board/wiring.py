"""What follows from a deed, and what falls due: the only place where features meet sideways.

A reaction is called with the deed, in the deed's own transaction, in the order given here. A due
task does one piece of work in a transaction of its own and says whether it found any.
Only `board/__init__.py` imports this module.
"""

from board.activity.recording import Reaction
from board.activity.verbs import Verb
from board.core.working import Task
from board.experts import erasing as erasing_requests
from board.experts import requesting, seating
from board.inbox import erasing as erasing_news
from board.inbox import notifying, telling, watching
from board.posts import erasing as erasing_posts
from board.posts import exposing, releasing, reporting
from board.privacy import deciding, noting, purging
from board.privacy.elsewhere import Hands, Writer
from board.search import erasing as erasing_search
from board.search import indexing
from board.tags import erasing as erasing_tags
from board.upkeep import held_lines, importing

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
    Verb.COMMENTED: [noting.follow, indexing.follow, watching.follow, notifying.tell],
    Verb.EDITED: [noting.follow, indexing.follow, notifying.tell_author],
    Verb.EXPERT_ASKED: [notifying.tell_named],
    Verb.EXPERT_CONFIRMED: [notifying.tell_named],
    Verb.EXPERT_ENDED: [notifying.tell_named],
    Verb.EXPERT_NOMINATED: [notifying.tell_named],
    Verb.HID: [noting.follow, indexing.follow, notifying.recall, notifying.tell_author],
    Verb.PRIVACY_CLEARED: [indexing.follow, notifying.tell_named, notifying.tell_author],
    Verb.PRIVACY_DISCARDED: [notifying.tell_named],
    Verb.PRIVACY_EXPIRED: [notifying.tell_named],
    Verb.PRIVACY_OVERRIDDEN: [reporting.sample],
    Verb.PRIVACY_PURGED: [notifying.tell_named, notifying.tell_author],
    Verb.PRIVACY_RELEASED: [notifying.tell_named],
    Verb.PRIVACY_REPORTED: [
        indexing.follow,
        erasing_news.remember_told,
        notifying.recall,
        notifying.tell_author,
    ],
    Verb.PRIVACY_RETURNED: [notifying.tell_named],
    Verb.PRIVACY_SWEPT: [indexing.follow],
    Verb.REQUEST_ANSWERED: [notifying.tell_named],
    Verb.REQUEST_DECLINED: [noting.follow, notifying.tell_named],
    Verb.REQUEST_PASSED: [notifying.tell_named],
    Verb.REQUEST_WITHDRAWN: [notifying.tell_named],
    Verb.RESTORED: [indexing.follow],
    Verb.SYNONYMS_CHANGED: [noting.follow],
    Verb.TAG_CHANGED: [noting.follow],
    Verb.TAG_MERGED: [seating.follow_merge],
}

DUE: list[Task] = [telling.tell_watchers, deciding.expire, purging.clean]

_WRITER = Writer(releasing.check, releasing.post, releasing.give_back)

PRIVACY = Hands(
    writers=dict.fromkeys(("question", "answer", "comment", "edit"), _WRITER)
    | {"import": Writer(held_lines.check, importing.post_held, held_lines.give_back)},
    erasing=(erasing_posts.erase, erasing_search.erase, erasing_news.erase, purging.forget_held),
    sweeping=(
        erasing_posts.sweep,
        erasing_tags.sweep,
        erasing_search.sweep,
        erasing_requests.sweep,
        purging.sweep_held,
    ),
    merging=erasing_search.merge,
    exposing=(exposing.exposed, erasing_news.exposed, erasing_requests.exposed),
)
