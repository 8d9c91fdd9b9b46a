"""The whole names of those who work here now, for the rules: kept in memory until people change."""

from datetime import datetime

from flask import current_app
from sqlalchemy import select, text

from board.activity.models import PEOPLE_CHANGED, Activity
from board.core.database import AnySession, glance
from board.people.models import Person
from board.people.queries import is_vouched
from board.privacy.whole_names import whole_name

_KEPT = "board.privacy.staffing"

Version = tuple[int, datetime] | None


def whole_names() -> frozenset[str]:
    """Everybody's who is active, as somebody else entered it: whoever registers by themselves could
    do so under a patient's name. Imported authors only stand above what they once wrote elsewhere.

    In a transaction of its own: asked before the writer's lock is taken.
    """
    with glance() as session:
        version = _version(session)
        kept: tuple[Version, frozenset[str]] | None = current_app.extensions.get(_KEPT)
        if kept is None or kept[0] != version:
            kept = current_app.extensions[_KEPT] = (version, _read(session))
    return kept[1]


def _version(session: AnySession) -> Version:
    """The last time that somebody joined, left, came back or changed their name."""
    latest = select(Activity.id, Activity.at).where(text(PEOPLE_CHANGED))
    row = session.execute(latest.order_by(Activity.id.desc()).limit(1)).first()
    return (row.id, row.at) if row else None


def _read(session: AnySession) -> frozenset[str]:
    names = session.scalars(
        select(Person.name).where(
            Person.deactivated_at.is_(None), Person.is_imported.is_(False), is_vouched()
        )
    )
    return frozenset(filter(None, map(whole_name, names)))
