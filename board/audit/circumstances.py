"""From where somebody acts: set by the way in, read when the trail is written."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Circumstances:
    """The address and a fingerprint of the session; both are empty on the server's own console."""

    address: str = ""
    session: str = ""


ON_THE_SERVER = Circumstances()

_present: ContextVar[Circumstances | None] = ContextVar("_present", default=None)


def arrive(address: str | None, session: str = "") -> None:
    """From here on, whoever acts does so from this address, in this session."""
    _present.set(Circumstances(address or "", session))


def present() -> Circumstances:
    """From where somebody acts now."""
    return _present.get() or ON_THE_SERVER
