"""What a department wants to see at a handover: newly accepted, still open, changed since.

Nobody is named: the same is shown on a wall and printed. Each list is one statement that seeks in
the department's own index, and says how many there are beyond those it shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, literal, select, union_all

from board.core.database import AnyRow, AnySelect, Moment, db
from board.posts.lists import POST
from board.posts.models import Kind
from board.posts.records import Acceptance
from board.posts.rules import seen_by_anybody

SHOWN = 30
MOST_COUNTED = 500
# Lines that fit on one printed page beside its headings.
ON_PAPER = 16

ACCEPTANCE = Acceptance.__table__
LATER = POST.alias("later")


class Change(StrEnum):
    """What happened to something people may have read before."""

    EDITED = "edited"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Some:
    """The first of some questions, how many there are in all, and how many fit on paper."""

    rows: Sequence[AnyRow]
    total: int
    on_paper: int = 0

    @property
    def beyond(self) -> int:
        return self.total - len(self.rows)

    @property
    def beyond_paper(self) -> int:
        return self.total - self.on_paper


@dataclass(frozen=True)
class Overview:
    """A department's page."""

    accepted: Some
    open: Some
    changed: Some

    @property
    def is_empty(self) -> bool:
        return not (self.accepted.total or self.open.total or self.changed.total)


def overview(department_id: int, since: datetime, shown: int = SHOWN) -> Overview:
    """What was accepted, asked and changed in a department since then, in three statements."""
    parameters = {"department_id": department_id, "since": since, "shown": shown}
    lists = [_some(statement, parameters) for statement in (_ACCEPTED, _OPEN, _CHANGED)]
    paper = share([len(each.rows) for each in lists], ON_PAPER)
    accepted, waiting, changed = (
        Some(each.rows, each.total, room) for each, room in zip(lists, paper, strict=True)
    )
    return Overview(accepted, waiting, changed)


def share(wanted: Sequence[int], room: int) -> list[int]:
    """Give each list as much room as it wants, as long as there is some for the others."""
    given = [0] * len(wanted)
    while room > 0 and any(has < wants for has, wants in zip(given, wanted, strict=True)):
        for place, wants in enumerate(wanted):
            if given[place] < wants and room > 0:
                given[place] += 1
                room -= 1
    return given


def _some(statement: AnySelect, parameters: dict[str, Any]) -> Some:
    rows = db.session.execute(statement, parameters).all()
    return Some(rows, rows[0].total if rows else 0)


_SINCE = bindparam("since", type_=Moment)
_OF_DEPARTMENT = (
    POST.c.kind == Kind.QUESTION,
    POST.c.department_id == bindparam("department_id"),
    POST.c.hidden_at.is_(None),
    seen_by_anybody(POST),
)


def _with_total(found: AnySelect, *order: ColumnElement[Any]) -> AnySelect:
    """The first rows, each with the number of all: at most as many as are worth counting."""
    counted = found.limit(MOST_COUNTED).subquery()
    total = select(func.count()).select_from(counted).scalar_subquery()
    return found.add_columns(total.label("total")).order_by(*order).limit(bindparam("shown"))


def _accepted() -> AnySelect:
    """An acceptance makes its question active, so the search begins with those."""
    found = (
        select(POST.c.id, POST.c.title, ACCEPTANCE.c.accepted_at.label("at"))
        .join(ACCEPTANCE, ACCEPTANCE.c.question_id == POST.c.id)
        .join(LATER, LATER.c.id == ACCEPTANCE.c.answer_id)
        .where(
            *_OF_DEPARTMENT,
            POST.c.active_at >= _SINCE,
            ACCEPTANCE.c.accepted_at >= _SINCE,
            ACCEPTANCE.c.ended_at.is_(None),
            seen_by_anybody(LATER),
        )
    )
    return _with_total(found, ACCEPTANCE.c.accepted_at.desc(), POST.c.id.desc())


def _open() -> AnySelect:
    """No answer is accepted: the unanswered first, then who waits longest, as the index is."""
    found = select(
        POST.c.id, POST.c.title, POST.c.answer_count, POST.c.created_at.label("at")
    ).where(*_OF_DEPARTMENT, POST.c.accepted_id.is_(None))
    return _with_total(found, POST.c.answer_count, POST.c.created_at, POST.c.id)


def _changed() -> AnySelect:
    changes = union_all(_edited(), _withdrawn()).subquery()
    found = (
        select(POST.c.id, POST.c.title, changes.c.what, func.max(changes.c.at).label("at"))
        .join(changes, changes.c.question_id == POST.c.id)
        .where(*_OF_DEPARTMENT)
        .group_by(POST.c.id, POST.c.title, changes.c.what)
    )
    return _with_total(found, func.max(changes.c.at).desc(), POST.c.id.desc())


def _edited() -> AnySelect:
    """A question or an answer that was edited; an edit makes its question active."""
    active = select(POST.c.id).where(*_OF_DEPARTMENT, POST.c.active_at >= _SINCE)
    question = active.subquery()
    return (
        select(
            LATER.c.question_id.label("question_id"),
            literal(Change.EDITED.value).label("what"),
            LATER.c.edited_at.label("at"),
        )
        .join(question, question.c.id == LATER.c.question_id)
        .where(
            LATER.c.kind.in_([Kind.QUESTION, Kind.ANSWER]),
            LATER.c.edited_at >= _SINCE,
            seen_by_anybody(LATER),
        )
    )


def _withdrawn() -> AnySelect:
    """An acceptance ended, and no other answer was accepted instead."""
    return (
        select(
            ACCEPTANCE.c.question_id.label("question_id"),
            literal(Change.WITHDRAWN.value).label("what"),
            ACCEPTANCE.c.ended_at.label("at"),
        )
        .join(LATER, LATER.c.id == ACCEPTANCE.c.question_id)
        .where(
            ACCEPTANCE.c.ended_at >= _SINCE,
            LATER.c.department_id == bindparam("department_id"),
            LATER.c.accepted_id.is_(None),
        )
    )


# Built once.
_ACCEPTED, _OPEN, _CHANGED = _accepted(), _open(), _changed()
