"""What follows from a deed, on one screen. The only place where features meet sideways.

Each function is called with the deed, in the deed's own transaction, in the order given here.
Only `board/__init__.py` imports this module.
"""

from board.activity.recording import Reaction
from board.activity.verbs import Verb
from board.inbox import notifying, watching
from board.privacy import noting
from board.search import indexing

REACTIONS: dict[Verb, list[Reaction]] = {
    Verb.ACCEPTANCE_WITHDRAWN: [noting.follow, indexing.follow, notifying.tell_author],
    Verb.ACCEPTED: [noting.follow, indexing.follow, notifying.tell],
    Verb.ANSWERED: [noting.follow, indexing.follow, watching.follow, notifying.tell],
    Verb.ASKED: [noting.follow, indexing.follow, watching.follow, notifying.tell],
    Verb.COMMENTED: [noting.follow, indexing.follow, watching.follow, notifying.tell],
    Verb.EDITED: [noting.follow, indexing.follow, notifying.tell_author],
    Verb.HID: [noting.follow, indexing.follow, notifying.recall, notifying.tell_author],
    Verb.RESTORED: [indexing.follow],
    Verb.SYNONYMS_CHANGED: [noting.follow],
    Verb.TAG_CHANGED: [noting.follow],
}
