"""How somebody can be reached: what they say of it, and what follows for a request."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, or_, select

from board.activity.recording import record
from board.activity.verbs import Verb
from board.config import settings
from board.core import clock
from board.core.database import db
from board.core.errors import Invalid, Missing
from board.core.text import one_line
from board.experts.models import LINE_LENGTH, WEEKLY_CAP, Reachability, Request
from board.people.models import Person
from board.people.queries import person_called

WEEK = timedelta(days=7)
HIGHEST_CAP = 50


def set_reachability(
    person: Person, *, line: str = "", cap: str = "", away_until: str = "", deputy: str = ""
) -> None:
    """Say how to be reached, how often a week, until when away and who stands in.

    Raises `Invalid` with a message for each field that cannot be taken.
    """
    wrong: dict[str, str] = {}
    chosen = {
        "line": _line(line, wrong),
        "weekly_cap": _cap(cap, wrong),
        "away_until": _day(away_until, wrong),
        "deputy_id": _deputy(person, deputy, wrong),
    }
    if wrong:
        raise Invalid(wrong)
    row = db.session.get(Reachability, person.id)
    if row is None:
        row = Reachability(person_id=person.id)
        db.session.add(row)
    for name, value in chosen.items():
        setattr(row, name, value)
    record(person, Verb.REACHABILITY_SET, person)


def of(person_id: int) -> Reachability:
    """What this person has said, or what holds until they say something."""
    row = db.session.get(Reachability, person_id)
    return row or Reachability(person_id=person_id, line="", weekly_cap=WEEKLY_CAP)


def is_away(reachability: Reachability) -> bool:
    """Whether they are away today, on the site's calendar."""
    return reachability.away_until is not None and reachability.away_until >= today()


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


def takes_requests() -> tuple[ColumnElement[bool], ...]:
    """Beside `Person` and `Reachability`: neither away nor asked often enough this week."""
    return (
        or_(Reachability.away_until.is_(None), Reachability.away_until < today()),
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


def _day(typed: str, wrong: dict[str, str]) -> date | None:
    if not typed.strip():
        return None
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        wrong["away_until"] = "Write the date as 2026-06-05, or choose it."
        return None
    if day < today():
        wrong["away_until"] = "That day is over. Leave it empty when you are here."
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
