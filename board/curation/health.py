"""How healthy the content is, by tag and by department: figures that each open their list."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from board.core.database import AnyRow, db
from board.people.models import Department
from board.posts.models import RELIABLE, Kind, Post, PostTag, Standing
from board.posts.queries import has_answer
from board.tags.models import Tag

POST, POST_TAG = Post.__table__, PostTag.__table__
TAG, DEPARTMENT = Tag.__table__, Department.__table__

SHOWN = 300


def by_tag() -> Sequence[AnyRow]:
    """A row for each tag that has questions, those with most to do first."""
    return _figures(
        TAG.c.name,
        TAG.c.name,
        POST_TAG.join(TAG, TAG.c.id == POST_TAG.c.tag_id),
        POST_TAG.c.post_id,
    )


def by_department() -> Sequence[AnyRow]:
    """A row for each department that has asked."""
    asked = POST.alias("asked")
    joined = asked.join(DEPARTMENT, DEPARTMENT.c.id == asked.c.department_id)
    return _figures(DEPARTMENT.c.slug, DEPARTMENT.c.name, joined, asked.c.id)


def _figures(
    key: Any, name: Any, grouped: Any, question_id: ColumnElement[int]
) -> Sequence[AnyRow]:
    overdue = _how_many(POST.c.standing == Standing.REVIEW_DUE)
    expired = _how_many(POST.c.standing == Standing.EXPIRED)
    unsafe = _how_many(_has_unsafe())
    return db.session.execute(
        select(
            key.label("key"),
            name.label("name"),
            func.count().label("questions"),
            _how_many(POST.c.standing.in_(RELIABLE)).label("verified"),
            _how_many(POST.c.accepted_id.is_not(None)).label("accepted"),
            _how_many(POST.c.answer_count == 0).label("unanswered"),
            overdue.label("overdue"),
            expired.label("expired"),
            unsafe.label("unsafe"),
        )
        .select_from(grouped.join(POST, POST.c.id == question_id))
        .where(POST.c.kind == Kind.QUESTION, POST.c.hidden_at.is_(None))
        .group_by(key, name)
        .order_by((unsafe + overdue + expired).desc(), func.count().desc(), name)
        .limit(SHOWN)
    ).all()


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _has_unsafe() -> ColumnElement[bool]:
    """An answer of the question is reported as unsafe, and nobody has decided about it."""
    return has_answer(lambda answer: answer.c.standing == Standing.UNSAFE)
