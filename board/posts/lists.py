"""Lists of questions: newest, active, unanswered, most votes; whole, or in a tag or department.

Every list seeks in an index that has its order, so a page costs the same on a board of a million
questions as on an empty one. A tag's lists seek in `post_tag`, which carries copies for that.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import Subquery, select

from board.core import paging
from board.core.database import AnySelect, db
from board.core.paging import Page
from board.people.models import Department, Person
from board.posts.models import Bookmark, Kind, Post, PostTag, Question
from board.tags.models import Tag


class Tab(StrEnum):
    """The order of a list, and what is in it."""

    NEWEST = "newest"
    ACTIVE = "active"
    UNANSWERED = "unanswered"
    VOTES = "votes"


POST = Post.__table__

ROW = (
    POST.c.id,
    POST.c.title,
    POST.c.excerpt,
    POST.c.score,
    POST.c.answer_count,
    POST.c.accepted_id,
    POST.c.created_at,
    POST.c.active_at,
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
    keys = _keys(key, tie).where(table.hidden_at.is_(None))
    if tag_id is None:
        keys = keys.where(Question.kind == Kind.QUESTION)
    else:
        keys = keys.where(PostTag.tag_id == tag_id)
    if department_id is not None:
        keys = keys.where(table.department_id == department_id)
    if tab is Tab.UNANSWERED:
        keys = keys.where(table.answer_count == 0)
    return paging.page(keys, key, tie, after, size, shown)


def saved_by(person_id: int, after: str | None = None) -> Page:
    """One page of what somebody saved, latest first."""
    key, tie = Bookmark.saved_at, Bookmark.question_id
    keys = (
        _keys(key, tie)
        .join(Question, Question.id == Bookmark.question_id)
        .where(Bookmark.person_id == person_id, Question.hidden_at.is_(None))
    )
    return paging.page(keys, key, tie, after, paging.PAGE_SIZE, shown)


def asked_by(person_id: int, after: str | None = None) -> Page:
    """One page of somebody's questions, latest first."""
    key, tie = Question.created_at, Question.id
    keys = _keys(key, tie).where(
        Question.author_id == person_id,
        Question.kind == Kind.QUESTION,
        Question.hidden_at.is_(None),
    )
    return paging.page(keys, key, tie, after, paging.PAGE_SIZE, shown)


def shown(found: Subquery) -> AnySelect:
    """What a list shows of the questions whose ids were found."""
    return (
        select(*ROW, found.c.page_key)
        .select_from(found)
        .join(POST, POST.c.id == found.c.id)
        .outerjoin(Person, Person.id == POST.c.author_id)
        .outerjoin(Department, Department.id == POST.c.department_id)
    )


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


def _keys(key: paging.Key, tie: paging.Key) -> AnySelect:
    return select(key.label("page_key"), tie.label("id"))
