"""The order of results: what a question is about counts most, then what it asks, then its text.

Every number is in units of rarity (see `vocabulary`), so that it means the same on a board of a
hundred questions as on one of a million. docs/search.md says how they were found.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from board.posts.models import RELIABLE
from board.search.analysing import everyday_words, function_words
from board.search.candidates import Candidate
from board.search.meanings import Stems
from board.search.question_types import words_of_types
from board.search.understanding import Asked, Concept

PRECISION = 0.6  # how much of a heading's worth depends on how little else it is about
WHOLE_NAME = 1.15  # everything the heading is about was asked for
TEXT = 0.15  # the engine's score of the whole text
# These as shares of what the rarest word weighs:
SAME_TYPE = 0.55
GENERAL = 0.15  # nothing special was asked, and the question asks nothing special
ANSWERED = 0.14
ACCEPTED = 0.03
VERIFIED = 0.3
COMPLETE = 0.25

ENOUGH = 0.4  # of the best score, for a question that has only some of the words


@dataclass(frozen=True)
class Ranked:
    """A question in its place."""

    candidate: Candidate
    score: float


def ranked(candidates: Iterable[Candidate], asked: Asked) -> list[Ranked]:
    """The candidates worth showing, best first; of those that have all that was asked about, and of
    the others, last the ones whose answers nobody should follow any more.
    """
    scored = [Ranked(candidate, _score(candidate, asked)) for candidate in candidates]
    scored.sort(key=lambda each: (-each.score, -each.candidate.question_id))
    if not scored:
        return []
    least = scored[0].score * ENOUGH
    worth = [each for each in scored if is_complete(each, asked) or each.score >= least]
    return _out_of_use_last(worth, asked)


def _out_of_use_last(in_order: Sequence[Ranked], asked: Asked) -> list[Ranked]:
    """Each below every other question that matches as wholly."""
    lowest = {
        is_complete(each, asked): each.score
        for each in in_order
        if not each.candidate.is_out_of_use
    }

    def place(each: Ranked) -> tuple[float, bool]:
        if not each.candidate.is_out_of_use:
            return -each.score, False
        return -min(each.score, lowest.get(is_complete(each, asked), each.score)), True

    return sorted(in_order, key=place)


def is_complete(ranked: Ranked, asked: Asked) -> bool:
    """Whether a question has everything that was asked about."""
    return ranked.candidate.is_complete and not asked.unknown


def _score(candidate: Candidate, asked: Asked) -> float:
    unit = asked.known.greatest_rarity
    # A rare synonym in the text is worth no more than the common word that was typed.
    most = sum(concept.weight for concept in asked.concepts)
    score = _heading(candidate, asked) + TEXT * min(candidate.text_score, most)
    score += unit * _about_type(candidate, asked)
    score += unit * (ANSWERED * candidate.is_answered + ACCEPTED * candidate.is_accepted)
    score += unit * VERIFIED * (candidate.standing in RELIABLE)
    return score + unit * COMPLETE * candidate.is_complete


def _heading(candidate: Candidate, asked: Asked) -> float:
    """How well the title, or another name of what the question is about, says what was asked."""
    names = (_topic(candidate.title), *candidate.names)
    return max(_named(name, candidate.tags, asked.concepts) for name in names)


def _topic(title: Stems) -> Stems:
    """What a title is about, without what it asks and what every title has."""
    of_type = words_of_types(title)
    topic = tuple(
        stem
        for stem in dict.fromkeys(title)
        if stem not in of_type and stem not in function_words() and stem not in everyday_words()
    )
    return topic or title


def _named(name: Stems, tags: frozenset[str], concepts: Sequence[Concept]) -> float:
    """What a name is worth: what it has of what was asked, less for what else it is about."""
    own = frozenset(name)
    if not own:
        return 0.0
    present, matched, score = own | tags, set[str](), 0.0
    for concept in concepts:
        literal = [stem for stem in concept.literal if stem in present]
        worth, said = sum(concept.literal[stem] for stem in literal), literal
        for other in concept.others:
            if other.weight > worth and present.issuperset(other.stems):
                worth, said = other.weight, list(other.stems)
        score += worth
        matched.update(said)
    precision = len(matched & own) / len(own)
    return score * (1 - PRECISION + PRECISION * precision) * (WHOLE_NAME if precision == 1 else 1)


def _about_type(candidate: Candidate, asked: Asked) -> float:
    if asked.types:
        return SAME_TYPE * math.sqrt(len(asked.types & candidate.types) / len(asked.types))
    return GENERAL * (not candidate.types)
