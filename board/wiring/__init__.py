"""What follows from a deed, and what falls due: the only place where features meet sideways.

Only `board/__init__.py` imports this package.
"""

from board.wiring.due import DUE
from board.wiring.following import REACTIONS
from board.wiring.privacy import PRIVACY
from board.wiring.queue import QUEUE
from board.wiring.recorded import RECORDED

__all__ = ["DUE", "PRIVACY", "QUEUE", "REACTIONS", "RECORDED"]
