"""Full text on Postgres: tsvector and ts_rank_cd, over `search_document`."""

from collections.abc import Sequence

from sqlalchemy import text

from board.core.database import db
from board.search.matching import START, STOP, Match, Term, best_excerpt

_OPTIONS = f"StartSel={START}, StopSel={STOP}, MaxWords=36, MinWords=18, MaxFragments=1"
_WHOLE = f"StartSel={START}, StopSel={STOP}, HighlightAll=true"

_MATCHES = """
    WITH asked AS (SELECT {query} AS query),
         best AS (
        SELECT d.question_id, count(*) OVER () AS total, ts_rank_cd(d.words, asked.query) AS rank
          FROM search_document d, asked
         WHERE d.words @@ asked.query
         ORDER BY rank DESC, d.question_id
         LIMIT :limit OFFSET :offset
    )
    SELECT best.question_id, best.total,
           ts_headline('english', d.title, asked.query, :whole) AS title,
           ts_headline('english', d.body, asked.query, :options) AS body,
           ts_headline('english', d.answers, asked.query, :options) AS answers
      FROM asked, best JOIN search_document d USING (question_id)
     ORDER BY best.rank DESC, best.question_id
"""


def matches(terms: Sequence[Term], *, all_of_them: bool, limit: int, offset: int) -> list[Match]:
    """The best questions with all or any of the terms; the last word may be half typed."""
    query = (" && " if all_of_them else " || ").join(
        _expression(number, term) for number, term in enumerate(terms)
    )
    words = {f"word_{number}": _quoted(term.word) for number, term in enumerate(terms)}
    words[f"word_{len(terms) - 1}"] += ":*"
    rows = db.session.execute(
        text(_MATCHES.format(query=query)),
        words | {"limit": limit, "offset": offset, "options": _OPTIONS, "whole": _WHOLE},
    )
    return [
        Match(row.question_id, row.title, best_excerpt(row.answers, row.body), row.total)
        for row in rows
    ]


def _expression(number: int, term: Term) -> str:
    """The term in SQL; only names of parameters and ids, never what was typed."""
    tags = [f"to_tsquery('simple', 't{id:d}')" for id in term.tag_ids]
    return "(" + " || ".join([f"to_tsquery('english', :word_{number})", *tags]) + ")"


def _quoted(word: str) -> str:
    """The word in tsquery's quotes, which reads everything unquoted as its own syntax."""
    return "'" + word.replace("\\", " ").replace("'", "''") + "'"
