"""How somebody can be reached: what they say of it, and what follows for a request."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from board.activity.recording import record
from board.activity.verbs import Verb
from board.config import settings
from board.core import clock
from board.core.database import db
from board.core.errors import Invalid, Missing, require
from board.core.text import one_line
from board.experts.models import LINE_LENGTH, WEEKLY_CAP, Reachability, Request
from board.people.models import Person
from board.people.queries import person_called

WEEK = timedelta(days=7)
HIGHEST_CAP = 50


def set_reachability(
    person: Person,
    *,
    line: str = "",
    cap: str = "",
    away_until: str = "",
    deputy: str = "",
    quiet_from: str = "",
    quiet_to: str = "",
    last_day: str = "",
) -> None:
    """Say how to be reached, how often a week, when not to be disturbed, until when away, who
    stands in, and the last day here. A new deputy is told.

    Raises `Invalid` with a message for each field that cannot be taken.
    """
    wrong: dict[str, str] = {}
    chosen = {
        "quiet_from": _hour("quiet_from", quiet_from, quiet_to, wrong),
        "quiet_to": _hour("quiet_to", quiet_to, quiet_from, wrong),
        "last_day": _day("last_day", last_day, wrong),
        "line": _line(line, wrong),
        "weekly_cap": _cap(cap, wrong),
        "away_until": _day("away_until", away_until, wrong),
        "deputy_id": _deputy(person, deputy, wrong),
    }
    if wrong:
        raise Invalid(wrong)
    row = db.session.get(Reachability, person.id)
    if row is None:
        row = Reachability(person_id=person.id)
        db.session.add(row)
    before = row.deputy_id
    for name, value in chosen.items():
        setattr(row, name, value)
    record(person, Verb.REACHABILITY_SET, person)
    if row.deputy_id is not None and row.deputy_id != before:
        record(person, Verb.DEPUTY_NAMED, person, tells=row.deputy_id)


def stop_standing_in(deputy: Person, person: Person) -> None:
    """Somebody cannot stand in for a colleague, who is told. Raises `Refused`."""
    row = of(person.id)
    require(row.deputy_id == deputy.id, "You do not stand in for them.")
    row.deputy_id = None
    record(deputy, Verb.DEPUTY_DECLINED, deputy, tells=person.id)


def stands_in_for(deputy_id: int) -> list[Person]:
    """Those who have named this person as their deputy."""
    whom = select(Person).join(Reachability, Reachability.person_id == Person.id)
    return list(
        db.session.scalars(
            whom.where(
                Reachability.deputy_id == deputy_id, Person.deactivated_at.is_(None)
            ).order_by(Person.name)
        )
    )


def of(person_id: int) -> Reachability:
    """What this person has said, or what holds until they say something."""
    row = db.session.get(Reachability, person_id)
    return row or Reachability(person_id=person_id, line="", weekly_cap=WEEKLY_CAP)


def is_away(reachability: Reachability) -> bool:
    """Whether they are away today, on the site's calendar, or have left."""
    away, last = reachability.away_until, reachability.last_day
    return (away is not None and away >= today()) or (last is not None and last < today())


def quiet_until(reachability: Reachability, moment: datetime) -> datetime | None:
    """When the quiet hours that this moment falls into are over; None outside them.

    Where an hour comes twice in autumn they begin with the first and end with the second.
    """
    begins, ends = reachability.quiet_from, reachability.quiet_to
    if begins is None or ends is None:
        return None
    zone = settings().time_zone
    day = clock.local(moment, zone).date()
    for evening in (day - timedelta(days=1), day):
        morning = evening if begins < ends else evening + timedelta(days=1)
        start = clock.from_local(datetime.combine(evening, begins), zone)
        there = datetime.combine(morning, ends)
        end = max(clock.from_local(each, zone) for each in (there, there.replace(fold=1)))
        if start <= moment < end:
            return end
    return None


def quiet_among(people: Collection[int]) -> dict[int, datetime]:
    """Who of these is not to be disturbed now, and until when."""
    rows = db.session.scalars(
        select(Reachability).where(
            Reachability.person_id.in_(people), Reachability.quiet_from.is_not(None)
        )
    )
    moment = clock.now()
    ends = {row.person_id: quiet_until(row, moment) for row in rows}
    return {id: end for id, end in ends.items() if end is not None}


def asked_this_week(person_id: int) -> int:
    """How often somebody was asked in the last seven days, whatever became of it."""
    mine = select(func.count()).where(
        Request.person_id == person_id, Request.asked_at > clock.now() - WEEK
    )
    return db.session.scalar(mine) or 0


def today() -> date:
    """The date on the wall."""
    return clock.local(clock.now(), settings().time_zone).date()


def load() -> ColumnElement[int]:
    """Beside a row of `Person`: how often they were asked in the last seven days."""
    return (
        select(func.count())
        .where(Request.person_id == Person.id, Request.asked_at > clock.now() - WEEK)
        .correlate(Person)
        .scalar_subquery()
    )


def is_here() -> ColumnElement[bool]:
    """Beside `Reachability`: neither away today nor gone."""
    return and_(
        or_(Reachability.away_until.is_(None), Reachability.away_until < today()),
        or_(Reachability.last_day.is_(None), Reachability.last_day >= today()),
    )


def takes_requests() -> tuple[ColumnElement[bool], ...]:
    """Beside `Person` and `Reachability`: neither away nor asked often enough this week."""
    return (
        is_here(),
        load() < func.coalesce(Reachability.weekly_cap, WEEKLY_CAP),
    )


def _line(typed: str, wrong: dict[str, str]) -> str:
    line = one_line(typed)
    if len(line) > LINE_LENGTH:
        wrong["line"] = f"At most {LINE_LENGTH} characters, please."
    return line


def _cap(typed: str, wrong: dict[str, str]) -> int:
    typed = typed.strip() or str(WEEKLY_CAP)
    if typed.isascii() and typed.isdecimal() and len(typed) < 4 and int(typed) <= HIGHEST_CAP:
        return int(typed)
    wrong["cap"] = f"A whole number from 0 to {HIGHEST_CAP}, please."
    return WEEKLY_CAP


def _hour(name: str, typed: str, other: str, wrong: dict[str, str]) -> time | None:
    """An hour of the clock; quiet hours have a beginning and an end, and are not the same."""
    typed, other = typed.strip(), other.strip()
    if not typed:
        if other:
            wrong[name] = "Quiet hours need a beginning and an end."
        return None
    try:
        hour = time.fromisoformat(typed).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        wrong[name] = "Write the time as 21:30, or choose it."
        return None
    if typed == other:
        wrong[name] = "Quiet hours cannot end when they begin."
    return hour


def _day(name: str, typed: str, wrong: dict[str, str]) -> date | None:
    if not typed.strip():
        return None
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        wrong[name] = "Write the date as 2026-06-05, or choose it."
        return None
    if day < today():
        wrong[name] = "That day is over. Leave it empty when you are here."
    return day


def _deputy(person: Person, typed: str, wrong: dict[str, str]) -> int | None:
    handle = one_line(typed).lstrip("@")
    if not handle:
        return None
    try:
        deputy = person_called(handle)
    except Missing as problem:
        wrong["deputy"] = problem.message
        return None
    if deputy.id == person.id:
        wrong["deputy"] = "Somebody else has to stand in for you."
    elif not deputy.is_active or deputy.is_imported:
        wrong["deputy"] = f"{deputy.name} has no account here."
    return deputy.id
