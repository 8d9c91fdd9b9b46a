"""Reading groups and who is in them, as rows."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, select

from board.core.database import AnyRow, AnySelect, db
from board.experts.models import ExpertGroup, GroupMember, GroupSeat, Membership, Reachability
from board.experts.reaching import load
from board.people.models import Department, Person
from board.tags.models import Tag

SHOWN = 300

GROUP = (
    ExpertGroup.id,
    ExpertGroup.name,
    ExpertGroup.handle,
    ExpertGroup.line,
    ExpertGroup.description,
)


def groups_of(tag_id: int) -> Sequence[AnyRow]:
    """The groups that answer for a tag."""
    return db.session.execute(with_tags().where(GroupSeat.tag_id == tag_id)).all()


def groups_for(tag_ids: Collection[int]) -> Sequence[AnyRow]:
    """The groups that answer for any of these tags."""
    seated = select(GroupSeat.group_id).where(GroupSeat.tag_id.in_(tag_ids))
    return db.session.execute(
        select(*GROUP, _member_count().label("members"))
        .where(ExpertGroup.id.in_(seated))
        .order_by(ExpertGroup.name)
    ).all()


def groups() -> Sequence[AnyRow]:
    """Every group, with how many members it has."""
    return db.session.execute(
        select(*GROUP, _member_count().label("members")).order_by(ExpertGroup.name).limit(SHOWN)
    ).all()


def groups_with(person_id: int) -> Sequence[AnyRow]:
    """The groups somebody is in or invited into, and which of the two."""
    return db.session.execute(
        select(*GROUP, GroupMember.status)
        .join(GroupMember, GroupMember.group_id == ExpertGroup.id)
        .where(GroupMember.person_id == person_id, GroupMember.status != Membership.LEFT)
        .order_by(ExpertGroup.name)
    ).all()


def members(group_id: int) -> Sequence[AnyRow]:
    """Who is in a group or invited, in order of name."""
    return db.session.execute(
        select(
            Person.id,
            Person.name,
            Person.handle,
            Person.profession,
            Department.name.label("department"),
            GroupMember.status,
            func.coalesce(Reachability.line, "").label("line"),
            Reachability.away_until,
            load().label("load"),
        )
        .join(GroupMember, GroupMember.person_id == Person.id)
        .outerjoin(Department, Department.id == Person.department_id)
        .outerjoin(Reachability, Reachability.person_id == Person.id)
        .where(GroupMember.group_id == group_id, GroupMember.status != Membership.LEFT)
        .where(Person.deactivated_at.is_(None))
        .order_by(Person.name, Person.id)
    ).all()


def tags_of(group_id: int) -> Sequence[str]:
    """The tags a group answers for."""
    names = select(Tag.name).join(GroupSeat, GroupSeat.tag_id == Tag.id)
    return db.session.scalars(names.where(GroupSeat.group_id == group_id).order_by(Tag.name)).all()


def with_tags() -> AnySelect:
    """A row for each tag a group answers for."""
    return (
        select(*GROUP, GroupSeat.tag_id, _member_count().label("members"))
        .join(GroupSeat, GroupSeat.group_id == ExpertGroup.id)
        .order_by(ExpertGroup.name)
    )


def _member_count() -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(GroupMember)
        .join(Person, Person.id == GroupMember.person_id)
        .where(
            GroupMember.group_id == ExpertGroup.id,
            GroupMember.status == Membership.MEMBER,
            Person.deactivated_at.is_(None),
        )
        .correlate(ExpertGroup)
        .scalar_subquery()
    )
