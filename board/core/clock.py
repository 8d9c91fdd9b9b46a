"""Time: UTC inside, the site's zone on screen.

Everything reads the clock here, so that a test or a story can hold it still.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

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


def from_local(there: datetime, zone: str) -> datetime:
    """The moment when a clock of this zone shows this, in UTC; `fold=1` is the second time that
    hour comes in autumn. An hour that spring leaves out becomes the one after it.
    """
    return there.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def read(typed: str, zone: str, fold: int = 0) -> datetime:
    """The moment somebody typed as a clock of this zone shows it, in UTC. Raises `ValueError` with
    what to do about it; `fold=1` takes the second of two such hours in autumn.
    """
    try:
        there = datetime.fromisoformat(typed.strip())
    except ValueError:
        there = None
    if there is None or there.tzinfo is not None or not 2000 <= there.year <= 2200:
        raise ValueError("Write it as 2026-06-05 19:00.")
    if not exists(there, zone):
        raise ValueError(f"{there:%H:%M} does not exist on that day: the clocks go forward.")
    return from_local(there.replace(fold=fold), zone)


def end_of(day: date, zone: str) -> datetime:
    """The last second of that day on a clock of this zone, in UTC."""
    return from_local(datetime.combine(day, time(23, 59, 59)), zone)


def exists(there: datetime, zone: str) -> bool:
    """Whether a clock of this zone ever shows this: spring leaves an hour out."""
    return local(from_local(there, zone), zone).replace(tzinfo=None, fold=0) == there.replace(
        fold=0
    )


def as_date(moment: datetime, zone: str) -> str:
    """`05 Jun 2026`: unambiguous on either side of an ocean."""
    return _date(local(moment, zone))


def as_time(moment: datetime, zone: str) -> str:
    """`14:02`, on a 24 hour clock."""
    return f"{local(moment, zone):%H:%M}"


def in_words(moment: datetime, zone: str) -> str:
    """`today 14:02`, `yesterday 09:10`, else `05 Jun 2026 14:02`."""
    there = local(moment, zone)
    days = (local(now(), zone).date() - there.date()).days
    day = {0: "today", 1: "yesterday"}.get(days) or _date(there)
    return f"{day} {there.hour:02}:{there.minute:02}"


def on_day(moment: datetime, zone: str) -> str:
    """`14:02` for today, else `Sat 06 Jun 14:02`: a moment that is near, before or to come."""
    there = local(moment, zone)
    if there.date() == local(now(), zone).date():
        return f"{there:%H:%M}"
    return f"{DAYS[there.weekday()]} {there.day:02} {MONTHS[there.month - 1]} {there:%H:%M}"


def as_day(day: date) -> str:
    """`05 Jun 2026`, of a day that somebody chose on a calendar."""
    return _date(day)


def _date(there: date) -> str:
    return f"{there.day:02} {MONTHS[there.month - 1]} {there.year}"
