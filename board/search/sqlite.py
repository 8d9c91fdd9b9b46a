"""Full text on SQLite: FTS5 and its bm25, over `search_document`."""

from collections.abc import Sequence

from sqlalchemy import text

from board.core.database import db
from board.search.matching import START, STOP, Match, Term, best_excerpt

_MATCHES = text("""
    SELECT rowid AS question_id,
           (SELECT count(*) FROM search_index WHERE search_index MATCH :query) AS total,
           highlight(search_index, 0, :start, :stop) AS title,
           snippet(search_index, 1, :start, :stop, '…', 32) AS body,
           snippet(search_index, 2, :start, :stop, '…', 32) AS answers
      FROM search_index
     WHERE search_index MATCH :query
     ORDER BY bm25(search_index, 8.0, 2.0, 1.0, 4.0)
     LIMIT :limit OFFSET :offset
""")


def matches(terms: Sequence[Term], *, all_of_them: bool, limit: int, offset: int) -> list[Match]:
    """The best questions with all or any of the terms; the last word may be half typed."""
    query = (" AND " if all_of_them else " OR ").join(
        _expression(term, is_last=term is terms[-1]) for term in terms
    )
    parameters = {"query": query, "limit": limit, "offset": offset, "start": START, "stop": STOP}
    return [
        Match(row.question_id, row.title, best_excerpt(row.answers, row.body), row.total)
        for row in db.session.execute(_MATCHES, parameters)
    ]


def _expression(term: Term, *, is_last: bool) -> str:
    """The term in FTS5's syntax, which reads everything unquoted as its own."""
    word = f'"{term.word}"' + ("*" if is_last else "")
    return "(" + " OR ".join([word, *(f'tags:"t{id}"' for id in term.tag_ids)]) + ")"
