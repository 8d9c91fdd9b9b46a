"""Finding questions: `find("how long does a started insulin pen keep")`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape
from sqlalchemy import or_, select

from board.core.database import AnyRow, db, is_sqlite
from board.core.errors import Missing
from board.core.text import one_line
from board.posts.lists import DEPARTMENT, PERSON, POST, ROW
from board.search import postgres, sqlite
from board.search.matching import START, STOP, Match, Term
from board.tags.models import Tag, TagSynonym

PAGE_SIZE = 10
FURTHEST = 1_000
MOST_WORDS = 32
LONGEST = 500

_WORD = re.compile(r"\w+(?:[.'-]\w+)*")


@dataclass(frozen=True)
class Result:
    """A question found, ready to be shown."""

    question: AnyRow
    title: Markup
    excerpt: Markup


@dataclass(frozen=True)
class Found:
    """One page of results, how many there are in all, and where the next page begins."""

    query: str
    total: int
    results: Sequence[Result]
    next: int | None


def find(query: str, after: int = 0) -> Found:
    """The questions that fit these words best, ten at a time.

    Questions with all the words come first; only where there are none, those with some of them.
    Raises `Missing` for a page that cannot be.
    """
    if not 0 <= after <= FURTHEST:
        raise Missing("That page does not exist. Start again from the first one.")
    query = one_line(query)[:LONGEST]
    terms = _terms(query)
    matches = _matches(terms, after) if terms else []
    more = len(matches) > PAGE_SIZE
    results = _results(matches[:PAGE_SIZE])
    total = matches[0].total if matches else 0
    return Found(query, total, results, after + PAGE_SIZE if more else None)


def _matches(terms: Sequence[Term], after: int) -> list[Match]:
    engine = sqlite.matches if is_sqlite() else postgres.matches
    for all_of_them in (True, False):
        found = engine(terms, all_of_them=all_of_them, limit=PAGE_SIZE + 1, offset=after)
        if found:
            return found
    return []


def _terms(query: str) -> list[Term]:
    words = list(dict.fromkeys(_WORD.findall(query.lower())))[:MOST_WORDS]
    named: dict[str, list[int]] = {}
    for name, tag_id in _tags_named(words):
        named.setdefault(name, []).append(tag_id)
    return [Term(word, named.get(word, [])) for word in words]


def _tags_named(words: Sequence[str]) -> list[tuple[str, int]]:
    """Which of the words are tags or synonyms of tags, merged ones included."""
    if not words:
        return []
    main = select(Tag.id, Tag.name.label("word")).where(Tag.name.in_(words))
    other = select(TagSynonym.tag_id, TagSynonym.name).where(TagSynonym.name.in_(words))
    named = main.union_all(other).subquery()
    rows = db.session.execute(
        select(named.c.word, Tag.id).join(
            Tag, or_(Tag.id == named.c.id, Tag.merged_into_id == named.c.id)
        )
    )
    return [(row.word, row.id) for row in rows]


def _results(matches: Sequence[Match]) -> list[Result]:
    rows = db.session.execute(
        select(*ROW)
        .select_from(POST)
        .outerjoin(PERSON, PERSON.c.id == POST.c.author_id)
        .outerjoin(DEPARTMENT, DEPARTMENT.c.id == POST.c.department_id)
        .where(POST.c.id.in_([match.question_id for match in matches]))
    )
    questions = {row.id: row for row in rows}
    return [
        Result(questions[match.question_id], _marked(match.title), _marked(match.excerpt))
        for match in matches
        if match.question_id in questions
    ]


def _marked(text: str) -> Markup:
    """The text safe for a page, its matching words in <mark>."""
    safe = str(escape(text))
    return Markup(safe.replace(START, "<mark>").replace(STOP, "</mark>"))  # noqa: S704 - escaped
