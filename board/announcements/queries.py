"""The announcement that stands now, as a part of what every page asks; and all of them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, FromClause, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import joinedload

from board.announcements.models import Announcement, Dismissal
from board.core.clock import now
from board.core.database import Moment, db
from board.core.errors import Missing

SHOWN = 100

ANNOUNCEMENT, DISMISSAL = Announcement.__table__, Dismissal.__table__
_OTHER = ANNOUNCEMENT.alias("standing")


def stands_for(person: FromClause) -> ColumnElement[bool]:
    """Which announcement is to be read by this person: at most one. Binds `moment`."""
    moment = bindparam("moment", type_=Moment)
    standing = select(func.max(_OTHER.c.id)).where(
        _OTHER.c.ends_at > moment, _OTHER.c.starts_at <= moment, _OTHER.c.ended_at.is_(None)
    )
    put_away = exists().where(
        DISMISSAL.c.announcement_id == ANNOUNCEMENT.c.id, DISMISSAL.c.person_id == person.c.id
    )
    return and_(ANNOUNCEMENT.c.id == standing.scalar_subquery(), ~put_away)


def announcement_with_id(id: int) -> Announcement:
    """The announcement; raises `Missing`."""
    found = db.session.get(Announcement, id)
    if found is None:
        raise Missing("There is no such announcement.")
    return found


def to_come() -> Sequence[Announcement]:
    """What stands now and what is to come, the next first."""
    found = select(Announcement).where(
        Announcement.ends_at > now(), Announcement.ended_at.is_(None)
    )
    return _with_people(found.order_by(Announcement.starts_at, Announcement.id))


def past() -> Sequence[Announcement]:
    """The last hundred that are over, latest first."""
    over = or_(Announcement.ends_at <= now(), Announcement.ended_at.is_not(None))
    return _with_people(select(Announcement).where(over).order_by(Announcement.id.desc()))


def _with_people(found: Select[Announcement]) -> Sequence[Announcement]:
    people = (Announcement.made_by, Announcement.changed_by, Announcement.ended_by)
    return db.session.scalars(
        found.options(*(joinedload(each) for each in people)).limit(SHOWN)
    ).all()
