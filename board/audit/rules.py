"""Who may read the trail."""

from typing import Protocol

REFUSAL = "Only an administrator may read the audit trail."


class Reader(Protocol):
    """Whoever asks to read it."""

    @property
    def is_administrator(self) -> bool: ...


def may_read_trail(person: Reader) -> bool:
    """An administrator; and their reading is itself put into the trail."""
    return person.is_administrator
