"""Reading the rota: who is on call now, who is next, and the days to come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select

from board.config import settings
from board.core import clock
from board.core.database import AnyRow, AnySelect, db
from board.experts.models import Duty, ExpertGroup, GroupSeat
from board.people.models import Person
from board.tags.models import Tag

DAYS = 7
AHEAD = timedelta(days=31)
SHOWN = 500


@dataclass
class OnCall:
    """Who is on call for a topic now, and who is the next."""

    now: list[AnyRow] = field(default_factory=list)
    next: AnyRow | None = None


def for_tags(tag_ids: Collection[int]) -> dict[int, OnCall]:
    """By tag: who is on call now and next, for the tag itself or in a group that answers for it."""
    topic = func.coalesce(Duty.tag_id, GroupSeat.tag_id)
    moment = clock.now()
    rows = db.session.execute(
        _duties()
        .add_columns(topic.label("topic_id"))
        .outerjoin(GroupSeat, GroupSeat.group_id == Duty.group_id)
        .where(topic.in_(tag_ids), Duty.ends_at > moment, Duty.starts_at < moment + AHEAD)
        .order_by(Duty.starts_at, Duty.id)
        .limit(SHOWN)
    )
    found: dict[int, OnCall] = {}
    for row in rows:
        _add(found.setdefault(row.topic_id, OnCall()), row, moment)
    return found


def for_groups(group_ids: Collection[int]) -> dict[int, OnCall]:
    """By group: who of it is on call now and next."""
    moment = clock.now()
    rows = db.session.execute(
        _duties()
        .where(Duty.group_id.in_(group_ids), Duty.ends_at > moment)
        .where(Duty.starts_at < moment + AHEAD)
        .order_by(Duty.starts_at, Duty.id)
        .limit(SHOWN)
    )
    found: dict[int, OnCall] = {}
    for row in rows:
        _add(found.setdefault(row.group_id, OnCall()), row, moment)
    return found


def together(found: dict[int, OnCall]) -> OnCall:
    """The same for several topics at once, each entry once."""
    now = {row.id: row for each in found.values() for row in each.now}
    later = sorted(
        (each.next for each in found.values() if each.next is not None),
        key=lambda row: (row.starts_at, row.id),
    )
    return OnCall(list(now.values()), later[0] if later else None)


def by_day(topic: str = "") -> list[tuple[date, Sequence[AnyRow]]]:
    """(day, what begins or goes on then) of today and the days to come, on the site's clock."""
    zone, moment = settings().time_zone, clock.now()
    today = clock.local(moment, zone).date()
    last = clock.from_local(
        datetime.combine(today + timedelta(days=DAYS + 1), datetime.min.time()), zone
    )
    duties = _duties().where(Duty.ends_at > moment, Duty.starts_at < last)
    if topic:
        name = topic.lower().lstrip("@")
        duties = duties.where(or_(Tag.name == name, ExpertGroup.handle == name))
    days: dict[date, list[AnyRow]] = {}
    for row in db.session.execute(duties.order_by(Duty.starts_at, Duty.id).limit(SHOWN)):
        day = max(today, clock.local(row.starts_at, zone).date())
        days.setdefault(day, []).append(row)
    return list(days.items())


def people_on_duty(tag_ids: Collection[int]) -> set[int]:
    """Who is on call by name for one of these tags now."""
    rows = together(for_tags(tag_ids)).now
    return {row.person_id for row in rows if row.person_id is not None}


def _add(found: OnCall, row: AnyRow, moment: datetime) -> None:
    if row.starts_at <= moment:
        found.now.append(row)
    elif found.next is None:
        found.next = row


def _duties() -> AnySelect:
    return (
        select(
            Duty.id,
            Duty.tag_id,
            Duty.group_id,
            Duty.person_id,
            Duty.role,
            Duty.phone,
            Duty.starts_at,
            Duty.ends_at,
            Tag.name.label("tag"),
            ExpertGroup.name.label("group_name"),
            ExpertGroup.handle.label("group_handle"),
            Person.name,
            Person.handle,
            Person.deactivated_at,
        )
        .outerjoin(Tag, Tag.id == Duty.tag_id)
        .outerjoin(ExpertGroup, ExpertGroup.id == Duty.group_id)
        .outerjoin(Person, Person.id == Duty.person_id)
    )
