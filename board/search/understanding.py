"""What a query is about: its words weighed, with what means the same and what was misspelled."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from board.search import meanings, vocabulary
from board.search.analysing import everyday_words, function_words, replaced, stems
from board.search.meanings import Same, Stems
from board.search.question_types import types_of, words_of_any_type, words_of_types
from board.search.vocabulary import Known

LONGEST = 1_500  # characters of a message: its end is rarely what it is about
LONG = 12  # different words; more is a message, not a query
SHORTEST_BEGINNING = 3

EVERYDAY = 0.15  # what "please" or "daughter" weighs of what its rarity says
OF_TYPE = 0.6  # what "treatment" or "dose" weighs: it says what is asked, not what about
NUMBER = 0.3  # "82": a bed, an age, a year
ASKED = 1.5  # a sentence with a question mark, among others
AGAIN = 0.5  # how much saying it again adds
TERM = 0.25  # what each further word of a term adds
MEANT = 0.85  # a synonym, of what the literal words weigh
BEGUN = 0.8  # a word somebody is still typing

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Meaning:
    """Another way to say something: its stems, all of them needed, and what they weigh together."""

    stems: Stems
    weight: float
    tagged: int = 0  # how many questions have it, if it is a tag


@dataclass(frozen=True)
class Concept:
    """One thing a query is about: its literal stems with their weights, and other ways to say it.

    What is everyday need not be there.
    """

    literal: Mapping[str, float]
    others: Sequence[Meaning] = ()
    is_everyday: bool = False

    @property
    def weight(self) -> float:
        """What a text is worth that has all of it."""
        return sum(self.literal.values()) or max((each.weight for each in self.others), default=0)


@dataclass(frozen=True)
class Asked:
    """A query, understood. `corrected` maps misspelled words to the known words meant; `unknown`
    are telling words that no question and no synonym has, `named` those of synonyms and tags.
    """

    concepts: Sequence[Concept]
    types: frozenset[str]
    known: Known
    corrected: Mapping[str, str]
    unknown: Sequence[str]
    named: frozenset[str]

    @property
    def stems(self) -> frozenset[str]:
        """Every stem that counts as a match, literal or meant."""
        literal = {stem for concept in self.concepts for stem in concept.literal}
        meant = {s for c in self.concepts for other in c.others for s in other.stems}
        return frozenset(literal | meant)


def understand(text: str, *, still_typing: bool = False, correcting: bool = True) -> Asked:
    """Weigh the words of a text. Two statements; up to five more for words nobody has used."""
    text = text[:LONGEST]
    spelled: dict[str, str] = {}
    said = stems(text, spelled)
    meant = meanings.of(said, [spelled[stem] for stem in said])
    alternatives = {stem for others in meant.values() for other in others for stem in other.stems}
    known = vocabulary.known({*said, *alternatives})
    unknown = [stem for stem in spelled if not known.questions_with(stem) and (stem,) not in meant]
    begun = _begun(said, spelled, unknown, still_typing, known)
    doubtful = [stem for stem in unknown if not (begun and stem == said[-1])]
    if correcting and (right := _corrections(doubtful, spelled)):
        better = understand(corrected(text, right), correcting=False)
        return replace(better, corrected=right)
    weights = _weights(text, said, known)
    concepts = _concepts(weights, said, meant, begun, known)
    found = {stem for concept in concepts for stem in concept.literal}
    lost = [stem for stem in weights if stem not in found and stem not in everyday_words()]
    named = frozenset(stem for phrase in meant for stem in phrase)
    return Asked(concepts, _types(text), known, {}, lost, named)


def _types(text: str) -> frozenset[str]:
    """What is asked: in a long message what its questions ask, else what any of it does."""
    questions = [stems(sentence) for sentence in _SENTENCE.split(text) if "?" in sentence]
    asked = frozenset[str]().union(*map(types_of, questions))
    return asked or types_of(stems(text))


def _corrections(unknown: Sequence[str], spelled: Mapping[str, str]) -> dict[str, str]:
    """The known words that unknown ones were meant to be; in a long message only what questions
    are about is looked at: it is full of words that no question has and that are spelled rightly.
    """
    ordinary = everyday_words() | words_of_any_type()
    doubtful = [spelled[stem] for stem in unknown if stem not in ordinary]
    rows = vocabulary.spelled_like(doubtful, in_message=len(spelled) > LONG)
    return {word: row.word for word, row in rows.items()}


def _begun(
    said: Sequence[str],
    spelled: Mapping[str, str],
    unknown: Sequence[str],
    still_typing: bool,
    known: Known,
) -> list[Meaning]:
    """What the last word may become, if somebody is still typing it or no question has it."""
    if not said or not (still_typing or said[-1] in unknown):
        return []
    word = spelled[said[-1]]
    if len(word) < SHORTEST_BEGINNING:
        return []
    rows = vocabulary.beginning_with(word)
    return [
        Meaning((row.stem,), BEGUN * known.greatest_rarity) for row in rows if row.stem != said[-1]
    ]


def corrected(text: str, words: Mapping[str, str]) -> str:
    """The text as it was probably meant: misspelled words replaced by the right ones."""
    return replaced(text, words)


def _weights(text: str, said: Sequence[str], known: Known) -> dict[str, float]:
    """What each stem tells: how rare it is, how often and in what sentence it was said."""
    emphasis = _emphasis(text)
    telling = [stem for stem in emphasis if stem not in function_words()] or list(emphasis)
    of_type, everyday = words_of_types(said), everyday_words()
    weights = {}
    for stem in telling:
        weight = emphasis[stem] * known.rarity(stem)
        if stem in everyday:
            weight *= EVERYDAY
        elif stem.isdecimal():
            weight *= NUMBER
        elif stem in of_type:
            weight *= OF_TYPE
        weights[stem] = weight
    return weights


def _emphasis(text: str) -> dict[str, float]:
    """How often each stem is said, and whether in a question among other sentences."""
    sentences = _SENTENCE.split(text)
    said, asked = Counter[str](), set[str]()
    for sentence in sentences:
        in_sentence = stems(sentence)
        said.update(in_sentence)
        if len(sentences) > 1 and "?" in sentence:
            asked.update(in_sentence)
    return {
        stem: (1 + AGAIN * math.log(times)) * (ASKED if stem in asked else 1)
        for stem, times in said.items()
    }


def _concepts(
    weights: Mapping[str, float],
    said: Sequence[str],
    meant: Mapping[Stems, Sequence[Same]],
    begun: Sequence[Meaning],
    known: Known,
) -> list[Concept]:
    """Phrases of the synonym table first, the longest ones; then every other word by itself."""
    concepts, left = [], dict(weights)
    for phrase in sorted(meant, key=lambda phrase: -len(phrase)):
        literal = _as_one({stem: left.pop(stem) for stem in phrase if stem in left})
        if literal:
            others = [_meaning(other, literal, known) for other in meant[phrase]]
            concepts.append(Concept(literal, [other for other in others if other.weight]))
    for stem, weight in left.items():
        becoming = begun if stem == said[-1] else []
        concepts.append(Concept({stem: weight}, becoming, stem in everyday_words()))
    return [concept for concept in concepts if concept.weight]


def _as_one(literal: Mapping[str, float]) -> dict[str, float]:
    """A term of several words is one thing: it weighs little more than its most telling word."""
    together = sum(literal.values())
    most = max(literal.values(), default=0.0)
    share = most * (1 + TERM * (len(literal) - 1)) / together if together else 0.0
    return {stem: weight * min(share, 1.0) for stem, weight in literal.items()}


def _meaning(other: Same, literal: Mapping[str, float], known: Known) -> Meaning:
    """Another way to say it, never worth more than the literal words; 0 where nobody says it."""
    rarities = [known.rarity(stem) for stem in other.stems]
    if other.tagged:
        rarities = [known.rarity_of(other.tagged)]
    if not all(rarities):
        return Meaning(other.stems, 0.0)
    weight = sum(literal.values())
    most = min(weight, sum(rarities)) if weight else sum(rarities)
    return Meaning(other.stems, MEANT * most, other.tagged)
