"""Time: UTC inside, the site's zone on screen.

Everything reads the clock here, so that a test or a story can hold it still.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_held: ContextVar[datetime | None] = ContextVar("_held", default=None)


def now() -> datetime:
    """This moment, in UTC."""
    return _held.get() or datetime.now(UTC)


@contextmanager
def held_at(moment: datetime) -> Iterator[None]:
    """In here it is always this moment: for tests, and for telling a story that has happened."""
    token = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(token)


def local(moment: datetime, zone: str) -> datetime:
    """The moment on a clock of this IANA time zone."""
    return moment.astimezone(ZoneInfo(zone))


def as_date(moment: datetime, zone: str) -> str:
    """`05 Jun 2026`: unambiguous on either side of an ocean."""
    return f"{local(moment, zone):%d %b %Y}"


def as_time(moment: datetime, zone: str) -> str:
    """`14:02`, on a 24 hour clock."""
    return f"{local(moment, zone):%H:%M}"


def in_words(moment: datetime, zone: str) -> str:
    """`today 14:02`, `yesterday 09:10`, else `05 Jun 2026 14:02`."""
    days = (local(now(), zone).date() - local(moment, zone).date()).days
    day = {0: "today", 1: "yesterday"}.get(days) or as_date(moment, zone)
    return f"{day} {as_time(moment, zone)}"
