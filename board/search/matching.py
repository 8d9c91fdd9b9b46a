"""Whether questions are what a saved search asks for: all of its words, each in any of its ways.

A search on the page also shows what has only some of the words; to be told of that at night would
be noise. What is saved is taken as it stands: its spelling was corrected when it was saved.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, or_, select

from board.core.database import db
from board.posts.lists import DEPARTMENT, POST
from board.search import candidates, grammar
from board.search.finding import as_wanted, has_words
from board.search.grammar import Query
from board.search.understanding import understand
from board.search.wanted import Wanted


def matching(typed: str, filters: str, among: Sequence[int]) -> tuple[set[int], str]:
    """Which of these questions fit, and why nothing can fit any more, if so."""
    query = grammar.parse(typed, filters)
    asked = understand(query.text, correcting=False)
    wanted, notes = as_wanted(query, asked)
    problem = next(iter([*notes, *_gone(query)]), "")
    if wanted is None or problem or (asked.unknown and query.text):
        return set(), problem
    narrowed = _narrowed(wanted, among)
    return {each.question_id for each in candidates.candidates(narrowed)}, ""


def _narrowed(wanted: Wanted, among: Sequence[int]) -> Wanted:
    """Only these questions, and only with everything that was asked about."""
    conditions = [*wanted.conditions, POST.c.id.in_(among)]
    if wanted.all_of or not has_words(wanted):
        return replace(wanted, any_of=(), conditions=conditions)
    return replace(wanted, conditions=conditions)


def _gone(query: Query) -> list[str]:
    """What the search names that is not there any more. (A tag's absence was noted already.)"""
    return [
        f"There is no department called “{name}”."
        for name in query.departments
        if not db.session.scalar(
            select(func.count()).where(
                or_(
                    DEPARTMENT.c.slug == name.lower(),
                    func.lower(DEPARTMENT.c.name) == name.lower(),
                )
            )
        )
    ]
