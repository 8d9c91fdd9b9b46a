"""Featuring a question: on top of the list for everybody, until a day, a few at a time.

What is hidden, withheld, merged or closed drops out by itself, because nobody reads it there.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, select

from board.activity.recording import record
from board.activity.verbs import Verb
from board.config import settings
from board.core import clock
from board.core.clock import now
from board.core.database import AnyRow, Moment, db, take_turns
from board.core.errors import Conflict, Invalid
from board.core.text import one_line
from board.people.models import Person
from board.posts import states
from board.posts.lists import PERSON, POST
from board.posts.models import SUMMARY_LENGTH, Question
from board.posts.records import Featuring
from board.posts.states import Action

MOST = 3
LONGEST = timedelta(days=91)

# Postgres' name for "whoever decides what is featured".
LOCK = 7_190_464_015

FEATURING = Featuring.__table__


def feature(moderator: Person, question: Question, until: str, note: str = "") -> None:
    """Put it on top of the list until the end of that day. Raises `Refused`, `Invalid`, or
    `Conflict` when there are as many as may be, or somebody was quicker.
    """
    take_turns(LOCK)
    db.session.refresh(question, with_for_update=True)
    states.check(moderator, Action.FEATURE, question)
    end = _end_of(until)
    standing = standing_featuring(question.id)
    if standing is not None and standing.until > now():
        raise Conflict(_already(standing))
    if standing is not None:
        standing.ended_at = standing.until
        db.session.flush()
    if len(featured()) >= MOST:
        raise Conflict(_full())
    note = one_line(note)[:SUMMARY_LENGTH]
    made = Featuring(question_id=question.id, featured_by_id=moderator.id, note=note, until=end)
    db.session.add(made)
    record(moderator, Verb.FEATURED, question)


def end(moderator: Person, question: Question) -> None:
    """It is on top no more; what is not featured stays as it is. Raises `Refused` or `Gone`."""
    db.session.refresh(question, with_for_update=True)
    states.check(moderator, Action.UNFEATURE, question)
    standing = standing_featuring(question.id)
    if standing is not None:
        standing.ended_at, standing.ended_by_id = now(), moderator.id
        record(moderator, Verb.FEATURE_ENDED, question)


def standing_featuring(question_id: int) -> Featuring | None:
    """Who featured this question last and until when, unless somebody took it away."""
    return db.session.scalar(
        select(Featuring).where(Featuring.question_id == question_id, Featuring.ended_at.is_(None))
    )


def featured() -> Sequence[AnyRow]:
    """What stands on top of the list now, the latest first."""
    return db.session.execute(_FEATURED, {"moment": now()}).all()


def _can_be_read() -> ColumnElement[bool]:
    """Neither removed, withheld, merged nor closed."""
    nothing = (POST.c.hidden_at, POST.c.withheld_at, POST.c.merged_into_id, POST.c.closed_as)
    return and_(*(column.is_(None) for column in nothing))


_FEATURED = (
    select(
        POST.c.id,
        POST.c.title,
        POST.c.answer_count,
        POST.c.accepted_id,
        POST.c.standing,
        POST.c.closed_as,
        FEATURING.c.note,
        FEATURING.c.until,
        PERSON.c.name.label("featured_by"),
    )
    .select_from(FEATURING)
    .join(POST, POST.c.id == FEATURING.c.question_id)
    .outerjoin(PERSON, PERSON.c.id == FEATURING.c.featured_by_id)
    .where(
        FEATURING.c.ended_at.is_(None),
        FEATURING.c.until > bindparam("moment", type_=Moment),
        _can_be_read(),
    )
    .order_by(FEATURING.c.featured_at.desc(), FEATURING.c.id.desc())
    .limit(MOST)
)


def _end_of(day: str) -> datetime:
    try:
        end = clock.end_of(date.fromisoformat(day.strip()), settings().time_zone)
    except (ValueError, OverflowError):
        raise Invalid({"until": "Choose the last day on which it stands there."}) from None
    if not now() < end <= now() + LONGEST:
        raise Invalid({"until": f"Choose a day from today on, within {LONGEST.days - 1} days."})
    return end


def _already(standing: Featuring) -> str:
    who = standing.featured_by.name if standing.featured_by else "Somebody"
    until = clock.as_date(standing.until, settings().time_zone)
    return f"{who} has featured this already, until {until}."


def _full() -> str:
    titles = ", ".join(f"“{row.title}”" for row in featured())
    return f"{MOST} are featured already: {titles}. Take one away first."
