"""Reading seats and requests, as rows."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import aliased

from board.core.database import AnyRow, AnySelect, db
from board.experts.models import (
    LIVE,
    WEEKLY_CAP,
    ExpertGroup,
    Reachability,
    Request,
    Seat,
    State,
    Status,
)
from board.experts.reaching import load
from board.people.models import Department, Person
from board.posts.models import RELIABLE, Answer, Post, PostTag, Question
from board.tags.models import Tag

SHOWN = 300


DEPUTY, NOMINATOR = aliased(Person), aliased(Person)
ASKER, INSTEAD_OF, PASSED_TO = aliased(Person), aliased(Person), aliased(Person)


def expert_seats(question_id: int | None) -> AnySelect:
    """Whose seats these are: of the confirmed experts for the question's tags who work here."""
    return (
        select(Seat.person_id)
        .join(PostTag, PostTag.tag_id == Seat.tag_id)
        .join(Person, Person.id == Seat.person_id)
        .where(
            PostTag.post_id == question_id,
            Seat.status == Status.CONFIRMED,
            Person.deactivated_at.is_(None),
        )
    )


def seats_in(tag_id: int) -> Sequence[AnyRow]:
    """The experts of a tag and those who are nominated, in order of name."""
    chosen = seats().where(
        Seat.tag_id == tag_id, Seat.status.in_(LIVE), Person.deactivated_at.is_(None)
    )
    return db.session.execute(chosen.order_by(Person.name, Seat.id)).all()


def seats_of(person_id: int) -> Sequence[AnyRow]:
    """The seats this person has, in order of the tag."""
    chosen = seats().where(Seat.person_id == person_id, Seat.status.in_(LIVE))
    return db.session.execute(chosen.order_by(Tag.name)).all()


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


def seats() -> AnySelect:
    """Seats with who sits there, their load and their accepted answers."""
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
            _of_answers(func.count(), Answer.standing.in_(RELIABLE)).label("verified"),
            _of_answers(func.coalesce(func.sum(Answer.used_count), 0)).label("used"),
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


def _of_answers(what: ColumnElement[int], *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """Something about the answers of the row's person in the row's tag that can be read."""
    return (
        select(what)
        .select_from(Answer)
        .join(PostTag, PostTag.post_id == Answer.question_id)
        .where(
            Answer.author_id == Person.id,
            Answer.hidden_at.is_(None),
            PostTag.tag_id == Seat.tag_id,
            *conditions,
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
        .outerjoin(
            ASKER,
            and_(
                ASKER.id == Request.asker_id,
                ASKER.id.is_distinct_from(Question.confider_id),
            ),
        )
        .outerjoin(Reachability, Reachability.person_id == Person.id)
        .outerjoin(INSTEAD_OF, INSTEAD_OF.id == Request.instead_of_id)
        .outerjoin(ExpertGroup, ExpertGroup.id == Request.group_id)
        .outerjoin(PASSED_TO, PASSED_TO.id == Request.passed_to_id)
    )
