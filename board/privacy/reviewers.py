"""Who looks through what was held or reported: those with the right, but never what they wrote.

Where nobody has the right but whoever wrote it, administrators stand in: a case never waits for
somebody who does not exist.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from board.core.clock import now
from board.core.database import db
from board.people.models import Member, Person, Role


def has_any(but: int | None = None) -> bool:
    """Whether anybody with access has this right, whoever wrote it left out."""
    return bool(db.session.scalar(select(_another(but))))


def open_to(person: Member, writer_id: Any) -> ColumnElement[bool]:
    """Beside a row of what waits, written by this column: whether this person looks at it."""
    if person.is_privacy_reviewer:
        return true()
    return ~_another(writer_id) if person.is_administrator else false()


def of(writer_id: int | None) -> Sequence[int]:
    """The ids of those who decide about what this person wrote."""
    may = _may_review() if has_any(but=writer_id) else Person.role == Role.ADMINISTRATOR
    people = select(Person.id).where(
        may, Person.deactivated_at.is_(None), Person.id.is_distinct_from(writer_id)
    )
    return db.session.scalars(people.order_by(Person.id)).all()


def _another(writer_id: Any) -> ColumnElement[bool]:
    person = Person.__table__.alias("reviewer")
    return exists(
        select(person.c.id).where(_may_review(person.c), person.c.id.is_distinct_from(writer_id))
    )


def _may_review(person: Any = Person) -> ColumnElement[bool]:
    """The right, somebody who still works here, and nobody who is suspended."""
    is_free = or_(person.suspended_until.is_(None), person.suspended_until <= now())
    return and_(person.reviews_privacy, person.deactivated_at.is_(None), is_free)
