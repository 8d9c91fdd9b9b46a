"""What an engine is asked for, in stems: built here from what a query was understood to mean."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement

from board.search.meanings import Stems
from board.search.understanding import Asked, Concept, Meaning

MOST_TERMS = 24
# A word in more questions than this tells little, and ranking all of them would cost much.
COMMON = 5_000


@dataclass(frozen=True)
class Term:
    """A stem or a phrase to look for, what it weighs, and whether only headings count."""

    stems: Stems
    weight: float
    is_common: bool = False


@dataclass(frozen=True)
class Wanted:
    """What questions have to be to be candidates.

    `any_of` finds them, `all_of` (each inner sequence: one of these) tells which are complete, and
    the rest narrows down.
    """

    any_of: Sequence[Term] = ()
    all_of: Sequence[Sequence[Stems]] = ()
    phrases: Sequence[Stems] = ()
    without: Sequence[Stems] = ()
    tag_ids: Sequence[Sequence[int]] = ()
    conditions: Sequence[ColumnElement[bool]] = field(default=())

    @property
    def must(self) -> Sequence[Sequence[Stems]]:
        """What has to be there: each phrase, and one of the ids of each tag."""
        tags: list[Sequence[Stems]] = [[(f"t{id}",) for id in ids] for ids in self.tag_ids]
        return [*([phrase] for phrase in self.phrases), *tags]


def terms(asked: Asked) -> list[Term]:
    """The terms that find candidates for what was asked, the most telling ones."""
    found = [
        Term(way.stems, way.weight, _questions_with(way, asked) > COMMON)
        for concept in asked.concepts
        for way in _ways(concept)
        if way.weight
    ]
    useful = [
        term
        for term in sorted(found, key=lambda term: -term.weight)
        if not term.is_common or 0 < asked.known.headings_with(term.stems[0]) <= COMMON
    ]
    return useful[:MOST_TERMS]


def all_of(asked: Asked) -> list[Sequence[Stems]]:
    """For each thing asked about the ways to say it."""
    return [
        [*([tuple(concept.literal)] if concept.literal else []), *(o.stems for o in concept.others)]
        for concept in asked.concepts
        if not concept.is_everyday
    ]


def _ways(concept: Concept) -> list[Meaning]:
    literal = [Meaning((stem,), weight) for stem, weight in concept.literal.items()]
    return [*literal, *concept.others]


def _questions_with(way: Meaning, asked: Asked) -> int:
    return way.tagged or min(map(asked.known.questions_with, way.stems))
