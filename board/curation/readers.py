"""Who had a question open while an answer said what it does not say any more.

View records know somebody's first and last time on a page: whoever came before and came back after
may have read it in between. Only for what is out of use or has been changed, and each look is on
record (`web/readers.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from board.config import settings
from board.core.clock import now
from board.core.database import AnyRow, db
from board.core.errors import Missing, Refused, require
from board.curation import viewing
from board.curation.models import Removal, ViewRecord
from board.curation.rules import may_see_readers
from board.people import queries as people
from board.people.models import Member, Person
from board.posts.models import OUT_OF_USE, Answer, Revision

MOST = 1000
REFUSAL = "Only a moderator sees who had a question open."
IN_USE = "This is what the answer says now, and it is in use: nobody looks at who read it."


@dataclass(frozen=True)
class Span:
    """How long a revision was what readers found; `ended` is empty while it still stands there."""

    number: int
    began: datetime
    ended: datetime | None

    def __contains__(self, moment: datetime) -> bool:
        return self.began <= moment and (self.ended is None or moment < self.ended)


@dataclass(frozen=True)
class Reader:
    """Somebody who had it open then, with when; or who may have, because they came before it and
    after it.
    """

    row: AnyRow
    at: datetime | None


@dataclass(frozen=True)
class Readers:
    """Who saw a revision, latest first, and who may have. `is_cut`: there are more than these."""

    saw: Sequence[Reader]
    may_have: Sequence[Reader]
    is_cut: bool


def span_of(person: Member, answer: Answer, number: int) -> Span:
    """From when to when this revision stood. Raises `Refused` or `Missing`."""
    require(may_see_readers(person), REFUSAL)
    if not 1 <= number <= answer.revision_number:
        raise Missing("There is no such revision.")
    if number == answer.revision_number and answer.standing not in OUT_OF_USE:
        raise Refused(IN_USE)
    began = answer.created_at if number == 1 else _edited_at(answer, number)
    if number < answer.revision_number:
        return Span(number, began, _edited_at(answer, number + 1))
    removed = select(Removal.removed_at).filter_by(answer_id=answer.id, ended_at=None)
    return Span(number, began, db.session.scalar(removed))


def readers(answer: Answer, span: Span) -> Readers | None:
    """Who had the question open then; None where the site does not keep that."""
    if not settings().view_records_months:
        return None
    found = _rows(answer, span)
    all_of_them = [Reader(row, _when(row, span)) for row in found[:MOST]]
    saw = [reader for reader in all_of_them if reader.at is not None]
    latest = sorted(saw, key=lambda reader: reader.at or span.began, reverse=True)
    who = _once(latest)
    may_have = [reader for reader in all_of_them if reader.row.handle not in who]
    return Readers(list(who.values()), list(_once(may_have).values()), len(found) > MOST)


def _rows(answer: Answer, span: Span) -> Sequence[AnyRow]:
    return db.session.execute(
        people.named(ViewRecord.person_id, ViewRecord.first_seen, ViewRecord.last_seen)
        .where(
            viewing.opened(answer),
            ViewRecord.last_seen >= span.began,
            ViewRecord.first_seen < (span.ended or now()),
        )
        .order_by(ViewRecord.last_seen.desc(), Person.id)
        .limit(MOST + 1)
    ).all()


def _once(found: Sequence[Reader]) -> dict[str, Reader]:
    """Each person once: they may have had it open before and after a merge."""
    once: dict[str, Reader] = {}
    for reader in found:
        once.setdefault(reader.row.handle, reader)
    return once


def _when(row: AnyRow, span: Span) -> datetime | None:
    known = [moment for moment in (row.first_seen, row.last_seen) if moment in span]
    return max(known, default=None)


def _edited_at(answer: Answer, number: int) -> datetime:
    revision = db.session.get(Revision, (answer.id, number))
    if revision is None:
        raise Missing("There is no such revision.")
    return revision.edited_at
