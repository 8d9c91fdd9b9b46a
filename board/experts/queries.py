"""Reading seats and requests, as rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import aliased

from board.core.database import AnyRow, AnySelect, db
from board.experts.models import (
    LIVE,
    WEEKLY_CAP,
    ExpertGroup,
    GroupMember,
    GroupSeat,
    Membership,
    Reachability,
    Request,
    Seat,
    State,
    Status,
)
from board.experts.reaching import load
from board.people.models import Department, Person
from board.posts.models import Answer, Post, PostTag, Question
from board.tags.models import Tag

SHOWN = 300
TAGS_SHOWN = 60

GROUP = (
    ExpertGroup.id,
    ExpertGroup.name,
    ExpertGroup.handle,
    ExpertGroup.line,
    ExpertGroup.description,
)

DEPUTY, NOMINATOR = aliased(Person), aliased(Person)
ASKER, INSTEAD_OF, PASSED_TO = aliased(Person), aliased(Person), aliased(Person)


@dataclass(frozen=True)
class Topic:
    """A tag with its experts and the groups that answer for it."""

    id: int
    name: str
    experts: Sequence[AnyRow]
    groups: Sequence[AnyRow]


def directory(words: str = "", after: str = "") -> tuple[list[Topic], str | None]:
    """A page of the tags that have experts or groups, or of those in whose name or experts'
    names this stands; and the name after which the next page begins.
    """
    tags = _topics(words, after)
    shown = tags[:TAGS_SHOWN]
    ids = [tag.id for tag in shown]
    people = _by_tag(
        _matching(words).where(Seat.tag_id.in_(ids)).order_by(Person.name, Seat.id), "tag_id"
    )
    groups = _by_tag(_groups().where(GroupSeat.tag_id.in_(ids)), "tag_id")
    topics = [Topic(t.id, t.name, people.get(t.id, []), groups.get(t.id, [])) for t in shown]
    return topics, shown[-1].name if len(tags) > TAGS_SHOWN else None


def groups_of(tag_id: int) -> Sequence[AnyRow]:
    """The groups that answer for a tag."""
    return db.session.execute(_groups().where(GroupSeat.tag_id == tag_id)).all()


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


def requests_to_group(group_id: int) -> Sequence[AnyRow]:
    """What waits for this group, longest first."""
    return db.session.execute(
        _requests()
        .where(
            Request.group_id == group_id,
            Request.state == State.OPEN,
            Question.hidden_at.is_(None),
        )
        .order_by(Request.id)
        .limit(SHOWN)
    ).all()


def _topics(words: str, after: str) -> Sequence[AnyRow]:
    """The tags of a page, and one more."""
    matching = _matching(words).with_only_columns(Seat.tag_id)
    grouped = select(GroupSeat.tag_id).join(Tag, Tag.id == GroupSeat.tag_id)
    grouped = grouped.join(ExpertGroup, ExpertGroup.id == GroupSeat.group_id)
    for like in _words(words):
        grouped = grouped.where(
            or_(
                func.lower(Tag.name).contains(like, autoescape=True),
                func.lower(ExpertGroup.name).contains(like, autoescape=True),
            )
        )
    return db.session.execute(
        select(Tag.id, Tag.name)
        .where(or_(Tag.id.in_(matching), Tag.id.in_(grouped)), Tag.name > after)
        .order_by(Tag.name)
        .limit(TAGS_SHOWN + 1)
    ).all()


def _words(words: str) -> list[str]:
    return [word.lower() for word in words.split()[:5]]


def _by_tag(statement: AnySelect, name: str) -> dict[int, list[AnyRow]]:
    found: dict[int, list[AnyRow]] = {}
    for row in db.session.execute(statement):
        found.setdefault(row._mapping[name], []).append(row)
    return found


def _groups() -> AnySelect:
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


def _matching(words: str) -> AnySelect:
    """The confirmed seats of those who work here, in which these words stand."""
    seats = _seats().where(Seat.status == Status.CONFIRMED, Person.deactivated_at.is_(None))
    for like in _words(words):
        seats = seats.where(
            or_(
                func.lower(Tag.name).contains(like, autoescape=True),
                func.lower(Person.name).contains(like, autoescape=True),
                Person.handle.contains(like, autoescape=True),
            )
        )
    return seats


def seats_in(tag_id: int) -> Sequence[AnyRow]:
    """The experts of a tag and those who are nominated, in order of name."""
    seats = _seats().where(
        Seat.tag_id == tag_id, Seat.status.in_(LIVE), Person.deactivated_at.is_(None)
    )
    return db.session.execute(seats.order_by(Person.name, Seat.id)).all()


def seats_of(person_id: int) -> Sequence[AnyRow]:
    """The seats this person has, in order of the tag."""
    seats = _seats().where(Seat.person_id == person_id, Seat.status.in_(LIVE))
    return db.session.execute(seats.order_by(Tag.name)).all()


def requests_on(question_id: int) -> Sequence[AnyRow]:
    """Who was asked about this question, in the order they were."""
    return db.session.execute(
        _requests().where(Request.question_id == question_id).order_by(Request.id)
    ).all()


def requests_to(person_id: int) -> Sequence[AnyRow]:
    """What this person was asked: what waits, longest first, then the latest of the rest."""
    is_open = case((Request.state == State.OPEN, 0), else_=1)
    age = case((Request.state == State.OPEN, Request.id), else_=-Request.id)
    return db.session.execute(
        _requests()
        .where(Request.person_id == person_id, Question.hidden_at.is_(None))
        .order_by(is_open, age)
        .limit(SHOWN)
    ).all()


def _seats() -> AnySelect:
    return (
        select(
            Seat.id,
            Seat.person_id,
            Seat.tag_id,
            Seat.status,
            Seat.nominated_at,
            Tag.name.label("tag"),
            Person.name,
            Person.handle,
            Person.profession,
            Department.name.label("department"),
            func.coalesce(Reachability.line, "").label("line"),
            func.coalesce(Reachability.weekly_cap, WEEKLY_CAP).label("weekly_cap"),
            Reachability.away_until,
            DEPUTY.name.label("deputy"),
            NOMINATOR.name.label("nominator"),
            load().label("load"),
            _waiting().label("waiting"),
            _accepted().label("accepted"),
        )
        .join(Tag, Tag.id == Seat.tag_id)
        .join(Person, Person.id == Seat.person_id)
        .outerjoin(Department, Department.id == Person.department_id)
        .outerjoin(Reachability, Reachability.person_id == Person.id)
        .outerjoin(DEPUTY, DEPUTY.id == Reachability.deputy_id)
        .outerjoin(NOMINATOR, NOMINATOR.id == Seat.nominated_by_id)
    )


def _waiting() -> ColumnElement[int]:
    """How many requests wait for the person of the row."""
    return (
        select(func.count())
        .where(Request.person_id == Person.id, Request.state == State.OPEN)
        .correlate(Person)
        .scalar_subquery()
    )


def _accepted() -> ColumnElement[int]:
    """How many answers of the row's person stand accepted in the row's tag."""
    asked = Post.__table__.alias("asked")
    return (
        select(func.count())
        .select_from(Answer)
        .join(asked, asked.c.accepted_id == Answer.id)
        .join(PostTag, PostTag.post_id == asked.c.id)
        .where(
            Answer.author_id == Person.id,
            PostTag.tag_id == Seat.tag_id,
            asked.c.hidden_at.is_(None),
        )
        .correlate(Person, Seat)
        .scalar_subquery()
    )


def _requests() -> AnySelect:
    return (
        select(
            Request.id,
            Request.question_id,
            Request.asker_id,
            Request.person_id,
            Request.state,
            Request.asked_at,
            Request.closed_at,
            Request.reason,
            Request.group_id,
            ExpertGroup.name.label("group"),
            ExpertGroup.handle.label("group_handle"),
            Question.title,
            Question.author_id,
            Person.name,
            Person.handle,
            Person.profession,
            Reachability.line,
            ASKER.name.label("asker"),
            Question.urgency,
            INSTEAD_OF.name.label("instead_of"),
            PASSED_TO.name.label("passed_to"),
        )
        .join(Question, Question.id == Request.question_id)
        .join(Person, Person.id == Request.person_id)
        .join(ASKER, ASKER.id == Request.asker_id)
        .outerjoin(Reachability, Reachability.person_id == Person.id)
        .outerjoin(INSTEAD_OF, INSTEAD_OF.id == Request.instead_of_id)
        .outerjoin(ExpertGroup, ExpertGroup.id == Request.group_id)
        .outerjoin(PASSED_TO, PASSED_TO.id == Request.passed_to_id)
    )
