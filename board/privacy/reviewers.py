"""Who looks through what was held or reported."""

from sqlalchemy import select

from board.core.database import db
from board.people.models import Person


def has_any() -> bool:
    """Whether anybody with access has this right."""
    return db.session.scalar(_REVIEWER) is not None


_PERSON = Person.__table__
_REVIEWER = (
    select(_PERSON.c.id)
    .where(_PERSON.c.reviews_privacy, _PERSON.c.deactivated_at.is_(None))
    .limit(1)
)
