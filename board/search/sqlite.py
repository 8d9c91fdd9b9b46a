"""Full text on SQLite: FTS5 and its bm25, over `search_document`."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Integer, column, func, literal, select, table, text, true

from board.core.database import AnySelect
from board.posts.lists import POST
from board.search.meanings import Stems
from board.search.wanted import Term, Wanted

INDEX = table("search_index", column("rowid", Integer), column("search_index"))

# title, names, tags, body, accepted, answers, comments
WEIGHTS = (5.0, 5.0, 2.0, 1.0, 1.5, 1.0, 0.5)
HEADING = "{title names tags}"


def matching(wanted: Wanted, limit: int) -> AnySelect | None:
    """(question_id, score) of the best matches; None where no words are wanted."""
    query = _query(wanted)
    if query is None:
        return None
    found = select(INDEX.c.rowid.label("question_id"), _score(wanted).label("score")).where(
        INDEX.c.search_index.op("MATCH")(query)
    )
    if wanted.conditions:
        found = found.join(POST, POST.c.id == INDEX.c.rowid).where(*wanted.conditions)
    order = text("score DESC") if wanted.any_of else INDEX.c.rowid.desc()
    return found.order_by(order).limit(limit)


def having(stems: Stems) -> AnySelect:
    """The ids of the questions that have these stems in a row."""
    return select(INDEX.c.rowid).where(INDEX.c.search_index.op("MATCH")(_quoted(stems)))


def is_complete(wanted: Wanted, question_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a question has everything that was asked about."""
    if len(wanted.all_of) < 2:
        return true()
    complete = INDEX.c.search_index.op("MATCH")(_all(wanted.all_of))
    return question_id.in_(select(INDEX.c.rowid).where(complete))


def _score(wanted: Wanted) -> ColumnElement[float]:
    if not wanted.any_of:
        return literal(0.0)
    weights = [literal(weight) for weight in WEIGHTS]
    return -func.bm25(text("search_index"), *weights)


def _query(wanted: Wanted) -> str | None:
    """The query in FTS5's syntax, which reads everything unquoted as its own."""
    parts = [_any(ways) for ways in wanted.must]
    if wanted.any_of:
        parts.append("(" + " OR ".join(_term(term) for term in wanted.any_of) + ")")
    elif wanted.all_of:
        parts.append(_all(wanted.all_of))
    if not parts:
        return None
    query = "(" + " AND ".join(parts) + ")"
    return query + "".join(f" NOT {_quoted(stems)}" for stems in wanted.without)


def _all(things: Sequence[Sequence[Stems]]) -> str:
    return "(" + " AND ".join(_any(ways) for ways in things) + ")"


def _any(ways: Iterable[Stems]) -> str:
    return "(" + " OR ".join(_quoted(stems) for stems in ways) + ")"


def _term(term: Term) -> str:
    return f"{HEADING} : {_quoted(term.stems)}" if term.is_common else _quoted(term.stems)


def _quoted(stems: Stems) -> str:
    """Stems in a row, as a phrase; a stem has only letters and digits."""
    return '"' + " ".join(stems) + '"'
