"""Lists of questions: newest, active, unanswered, most votes; whole, or in a tag or department.

Every list seeks in an index that has its order, so a page costs the same on a board of a million
questions as on an empty one. A tag's lists seek in `post_tag`, which carries copies for that.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from board.core import paging
from board.core.database import AnySelect, db
from board.core.paging import Page
from board.people.models import Department, Person
from board.posts.models import Bookmark, Kind, PostTag, Question
from board.tags.models import Tag


class Tab(StrEnum):
    """The order of a list, and what is in it."""

    NEWEST = "newest"
    ACTIVE = "active"
    UNANSWERED = "unanswered"
    VOTES = "votes"


ROW = (
    Question.id,
    Question.title,
    Question.excerpt,
    Question.score,
    Question.answer_count,
    Question.accepted_id,
    Question.created_at,
    Question.active_at,
    Person.name.label("author_name"),
    Person.handle.label("author_handle"),
    Person.profession.label("author_profession"),
    Department.name.label("department_name"),
)


def questions(
    tab: Tab,
    *,
    tag_id: int | None = None,
    department_id: int | None = None,
    after: str | None = None,
    size: int = paging.PAGE_SIZE,
) -> Page:
    """One page of a list; raises `Missing` for a cursor that is none."""
    table: Any = Question if tag_id is None else PostTag
    key = {Tab.ACTIVE: table.active_at, Tab.VOTES: table.score}.get(tab, table.created_at)
    tie = Question.id if tag_id is None else PostTag.post_id
    query = _rows(key, tag_id)
    if department_id is not None:
        query = query.where(table.department_id == department_id)
    if tab is Tab.UNANSWERED:
        query = query.where(table.answer_count == 0)
    return paging.page(query, key, tie, after, size)


def saved_by(person_id: int, after: str | None = None) -> Page:
    """One page of what somebody saved, latest first."""
    query = (
        _with_people(select(*ROW, Bookmark.saved_at.label("page_key")))
        .join(Bookmark, Bookmark.question_id == Question.id)
        .where(Bookmark.person_id == person_id, Question.hidden_at.is_(None))
    )
    return paging.page(query, Bookmark.saved_at, Bookmark.question_id, after, paging.PAGE_SIZE)


def asked_by(person_id: int, after: str | None = None) -> Page:
    """One page of somebody's questions, latest first."""
    query = _with_people(select(*ROW, Question.created_at.label("page_key"))).where(
        Question.author_id == person_id,
        Question.kind == Kind.QUESTION,
        Question.hidden_at.is_(None),
    )
    return paging.page(query, Question.created_at, Question.id, after, paging.PAGE_SIZE)


def tags_of(question_ids: Sequence[int]) -> dict[int, list[str]]:
    """The names of these questions' tags, in their order, in one statement."""
    names: dict[int, list[str]] = {id: [] for id in question_ids}
    rows = db.session.execute(
        select(PostTag.post_id, Tag.name)
        .join(Tag, Tag.id == PostTag.tag_id)
        .where(PostTag.post_id.in_(question_ids))
        .order_by(PostTag.post_id, PostTag.position)
    )
    for row in rows:
        names[row.post_id].append(row.name)
    return names


def _rows(key: paging.Key, tag_id: int | None) -> AnySelect:
    """The rows of a list, before its order; the tables' names stand in the order of seeking."""
    query = select(*ROW, key.label("page_key"))
    if tag_id is None:
        return _with_people(query).where(
            Question.kind == Kind.QUESTION, Question.hidden_at.is_(None)
        )
    return (
        query.select_from(PostTag)
        .join(Question, Question.id == PostTag.post_id)
        .outerjoin(Person, Person.id == Question.author_id)
        .outerjoin(Department, Department.id == Question.department_id)
        .where(PostTag.tag_id == tag_id, PostTag.hidden_at.is_(None))
    )


def _with_people(query: AnySelect) -> AnySelect:
    return (
        query.select_from(Question)
        .outerjoin(Person, Person.id == Question.author_id)
        .outerjoin(Department, Department.id == Question.department_id)
    )
