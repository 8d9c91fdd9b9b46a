"""Lists of questions: newest, active, unanswered, most votes; whole, or in a tag or department.

Every list seeks in an index that has its order, so a page costs the same on a board of a million
questions as on an empty one. A tag's lists seek in `post_tag`, which carries copies for that.
"""

from enum import StrEnum
from functools import cache

from sqlalchemy import Subquery, bindparam, func, select

from board.core import paging
from board.core.database import AnySelect
from board.core.paging import Listing, Page
from board.people.models import Department, Person
from board.posts import confiding
from board.posts.models import Bookmark, Kind, Post, PostTag
from board.tags.models import Tag


class Tab(StrEnum):
    """The order of a list, and what is in it."""

    NEWEST = "newest"
    ACTIVE = "active"
    UNANSWERED = "unanswered"
    VOTES = "votes"


# Of tables instead of entities: rows of a list are read, never changed.
POST, PERSON, DEPARTMENT = Post.__table__, Person.__table__, Department.__table__
TAG, POST_TAG, BOOKMARK = Tag.__table__, PostTag.__table__, Bookmark.__table__

_IN_ORDER = (
    select(TAG.c.name)
    .join(POST_TAG, POST_TAG.c.tag_id == TAG.c.id)
    .where(POST_TAG.c.post_id == POST.c.id)
    .order_by(POST_TAG.c.position)
    .correlate(POST)
    .subquery()
)

# The names of a question's tags, with commas between them, in the statement that reads the row.
TAGS = select(func.aggregate_strings(_IN_ORDER.c.name, ",")).scalar_subquery().label("tags")

ROW = (
    POST.c.id,
    POST.c.title,
    POST.c.excerpt,
    POST.c.score,
    POST.c.answer_count,
    POST.c.accepted_id,
    POST.c.urgency,
    POST.c.standing,
    POST.c.closed_as,
    POST.c.locked_at,
    POST.c.created_at,
    POST.c.active_at,
    PERSON.c.name.label("author_name"),
    PERSON.c.handle.label("author_handle"),
    PERSON.c.profession.label("author_profession"),
    DEPARTMENT.c.name.label("department_name"),
    confiding.shown(POST),
    TAGS,
)


def questions(
    tab: Tab,
    *,
    tag_id: int | None = None,
    department_id: int | None = None,
    after: str | None = None,
) -> Page:
    """One page of a list; raises `Missing` for a cursor that is none."""
    filters = {"tag_id": tag_id, "department_id": department_id}
    chosen = {name: id for name, id in filters.items() if id is not None}
    return _questions(tab, *(name in chosen for name in filters)).page(after, **chosen)


def saved_by(person_id: int, after: str | None = None) -> Page:
    """One page of what somebody saved, latest first."""
    return _SAVED.page(after, person_id=person_id)


def asked_by(person_id: int, after: str | None = None) -> Page:
    """One page of somebody's questions, latest first."""
    return _ASKED.page(after, person_id=person_id)


def shown(found: Subquery) -> AnySelect:
    """What a list shows of the questions whose ids were found."""
    return (
        select(*ROW, found.c.page_key)
        .select_from(found)
        .join(POST, POST.c.id == found.c.id)
        .outerjoin(PERSON, PERSON.c.id == POST.c.author_id)
        .outerjoin(DEPARTMENT, DEPARTMENT.c.id == POST.c.department_id)
    )


@cache
def _questions(tab: Tab, in_tag: bool, in_department: bool) -> Listing:
    """The list of this order, in a tag or of the whole board, of one department or of all."""
    table = (POST_TAG if in_tag else POST).c
    key = {Tab.ACTIVE: table.active_at, Tab.VOTES: table.score}.get(tab, table.created_at)
    tie = table.post_id if in_tag else table.id
    keys = _keys(key, tie).where(table.hidden_at.is_(None))
    if in_tag:
        keys = keys.where(table.tag_id == bindparam("tag_id"))
    else:
        keys = keys.where(table.kind == Kind.QUESTION)
    if in_department:
        keys = keys.where(table.department_id == bindparam("department_id"))
    if tab is Tab.UNANSWERED:
        keys = keys.where(table.answer_count == 0)
    return Listing(keys, key, tie, shown)


def _keys(key: paging.Key, tie: paging.Key) -> AnySelect:
    return select(key.label("page_key"), tie.label("id"))


_SAVED = Listing(
    _keys(BOOKMARK.c.saved_at, BOOKMARK.c.question_id)
    .join(POST, POST.c.id == BOOKMARK.c.question_id)
    .where(BOOKMARK.c.person_id == bindparam("person_id"), POST.c.hidden_at.is_(None)),
    BOOKMARK.c.saved_at,
    BOOKMARK.c.question_id,
    shown,
)

_ASKED = Listing(
    _keys(POST.c.created_at, POST.c.id).where(
        POST.c.author_id == bindparam("person_id"),
        POST.c.kind == Kind.QUESTION,
        POST.c.hidden_at.is_(None),
    ),
    POST.c.created_at,
    POST.c.id,
    shown,
)
