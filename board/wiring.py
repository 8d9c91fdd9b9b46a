"""What follows from a deed, on one screen. The only place where features meet sideways.

Each function is called with the deed, in the deed's own transaction, in the order given here.
Only `board/__init__.py` imports this module.
"""

from board.activity.recording import Reaction
from board.activity.verbs import Verb
from board.search import indexing

REACTIONS: dict[Verb, list[Reaction]] = {
    Verb.ACCEPTANCE_WITHDRAWN: [indexing.follow],
    Verb.ACCEPTED: [indexing.follow],
    Verb.ANSWERED: [indexing.follow],
    Verb.ASKED: [indexing.follow],
    Verb.COMMENTED: [indexing.follow],
    Verb.EDITED: [indexing.follow],
    Verb.HID: [indexing.follow],
    Verb.RESTORED: [indexing.follow],
}
