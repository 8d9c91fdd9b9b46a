"""Full text on Postgres: tsvector over `search_document`. Its ranks know no rarity: ours do."""

from collections.abc import Iterable, Sequence

from sqlalchemy import (
    ColumnElement,
    Float,
    and_,
    cast,
    column,
    func,
    literal,
    not_,
    select,
    table,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from board.core.database import AnySelect
from board.posts.lists import POST
from board.search.meanings import Stems
from board.search.wanted import Wanted

DOCUMENT = table(
    "search_document",
    column("question_id"),
    column("heading", TSVECTOR),
    column("words", TSVECTOR),
)

# What a match in the heading is worth beside one in the text, as near to bm25 as it gets.
IN_HEADING = 1.2


def matching(wanted: Wanted, limit: int) -> AnySelect | None:
    """(question_id, score) of the best matches; None where no words are wanted."""
    if not (wanted.any_of or wanted.all_of or wanted.must):
        return None
    if not wanted.any_of:
        found = _only(select(DOCUMENT.c.question_id, literal(0.0).label("score")), wanted)
        if wanted.all_of:
            found = found.where(_matches(DOCUMENT.c.words, _all(wanted.all_of)))
        return found.order_by(DOCUMENT.c.question_id.desc()).limit(limit)
    hits = union_all(*_hits(wanted)).subquery()
    score = func.sum(hits.c.weight)
    found = (
        select(hits.c.question_id, score.label("score"))
        .group_by(hits.c.question_id)
        .order_by(score.desc(), hits.c.question_id.desc())
        .limit(limit)
    )
    if not (wanted.must or wanted.without or wanted.conditions):
        return found
    found = found.join(DOCUMENT, DOCUMENT.c.question_id == hits.c.question_id)
    return _only(found, wanted)


def having(stems: Stems) -> AnySelect:
    """The ids of the questions that have these stems in a row."""
    return select(DOCUMENT.c.question_id).where(_matches(DOCUMENT.c.words, _quoted(stems)))


def is_complete(wanted: Wanted, question_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a question has everything that was asked about."""
    if len(wanted.all_of) < 2:
        return true()
    whole = DOCUMENT.alias("whole")
    return (
        select(whole.c.question_id)
        .where(whole.c.question_id == question_id, _matches(whole.c.words, _all(wanted.all_of)))
        .exists()
    )


def _hits(wanted: Wanted) -> Iterable[AnySelect]:
    """One row for each word that a question has, so that no large vector has to be read."""
    for term in wanted.any_of:
        query = _quoted(term.stems)
        yield _hit(DOCUMENT.c.heading, query, term.weight * IN_HEADING)
        if not term.is_common:
            yield _hit(DOCUMENT.c.words, query, term.weight)


def _hit(vector: ColumnElement[str], query: str, weight: float) -> AnySelect:
    worth = literal(weight, Float).label("weight")
    return select(DOCUMENT.c.question_id, worth).where(_matches(vector, query))


def _only(found: AnySelect, wanted: Wanted) -> AnySelect:
    """Only what has what must be there, has not what must not, and passes the filters."""
    found = found.where(
        *(_matches(DOCUMENT.c.words, _any(ways)) for ways in wanted.must),
        *(not_(_matches(DOCUMENT.c.words, _quoted(stems))) for stems in wanted.without),
    )
    if wanted.conditions:
        found = found.join(POST, POST.c.id == DOCUMENT.c.question_id).where(
            and_(*wanted.conditions)
        )
    return found


def _matches(vector: ColumnElement[str], query: str) -> ColumnElement[bool]:
    return vector.bool_op("@@")(cast(literal(query), TSQUERY))


def _all(things: Sequence[Sequence[Stems]]) -> str:
    return " & ".join(f"({_any(ways)})" for ways in things)


def _any(ways: Iterable[Stems]) -> str:
    return " | ".join(_quoted(stems) for stems in ways)


def _quoted(stems: Stems) -> str:
    """Stems in a row, as a phrase; a stem has only letters and digits."""
    return "(" + " <-> ".join(f"'{stem}'" for stem in stems) + ")"
