"""Candidates: the questions that may fit, from either engine; `ranking` then puts them in order.

An engine finds questions that may fit and how well their whole text does, roughly. It is never
asked to rank by words that thousands of questions have: such words are looked up in headings, and
where nothing rarer was asked for, the newest questions with all the words are taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType

from sqlalchemy import ColumnElement, FromClause, func, select

from board.core.database import AnySelect, db, is_sqlite
from board.posts.lists import POST
from board.posts.models import OUT_OF_USE, Kind, Standing
from board.posts.queries import has_answer
from board.search import postgres, sqlite
from board.search.indexing import DOCUMENT, NAMES_BETWEEN
from board.search.meanings import Stems
from board.search.wanted import Wanted

MOST_CANDIDATES = 150


@dataclass(frozen=True)
class Candidate:
    """A question that may fit. `text_score` says how well its whole text does, roughly.

    `is_out_of_use`: it has answers, and nobody should follow any of them any more.
    """

    question_id: int
    types: frozenset[str]
    title: Stems
    names: Sequence[Stems]
    tags: frozenset[str]
    is_answered: bool
    is_accepted: bool
    standing: str
    created_at: datetime
    text_score: float
    is_complete: bool
    is_out_of_use: bool


def candidates(wanted: Wanted) -> list[Candidate]:
    """The questions that may fit, in one statement."""
    engine = _engine()
    matching = engine.matching(wanted, MOST_CANDIDATES)
    if matching is None:
        matching = _newest(wanted)
    found = matching.subquery()
    rows = db.session.execute(
        select(
            DOCUMENT.c.question_id,
            DOCUMENT.c.types,
            DOCUMENT.c.title,
            DOCUMENT.c.names,
            DOCUMENT.c.tags,
            POST.c.answer_count,
            POST.c.accepted_id,
            POST.c.standing,
            POST.c.created_at,
            found.c.score,
            engine.is_complete(wanted, DOCUMENT.c.question_id).label("is_complete"),
            has_answer(_may_be_followed).label("has_answer_in_use"),
        )
        .select_from(found)
        .join(DOCUMENT, DOCUMENT.c.question_id == found.c.question_id)
        .join(POST, POST.c.id == found.c.question_id)
    )
    return [
        Candidate(
            row.question_id,
            frozenset(row.types.split()),
            tuple(row.title.split()),
            [tuple(name.split()) for name in row.names.split(NAMES_BETWEEN) if name],
            frozenset(row.tags.split()),
            row.answer_count > 0,
            row.accepted_id is not None,
            row.standing,
            row.created_at,
            row.score,
            bool(row.is_complete),
            row.answer_count > 0 and not row.has_answer_in_use,
        )
        for row in rows
    ]


def _may_be_followed(answer: FromClause) -> ColumnElement[bool]:
    return answer.c.standing.not_in((Standing.EXPIRED, *OUT_OF_USE))


def _engine() -> ModuleType:
    return sqlite if is_sqlite() else postgres


def _newest(wanted: Wanted) -> AnySelect:
    """Without any words: the newest questions that the filters let through."""
    without = [POST.c.id.not_in(_engine().having(stems)) for stems in wanted.without]
    return (
        select(POST.c.id.label("question_id"), func.abs(0.0).label("score"))
        .where(POST.c.kind == Kind.QUESTION, POST.c.hidden_at.is_(None))
        .where(*wanted.conditions, *without)
        .order_by(POST.c.created_at.desc(), POST.c.id.desc())
        .limit(MOST_CANDIDATES)
    )
