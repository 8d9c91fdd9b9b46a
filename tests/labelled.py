"""The labelled sentences, and how the detector does on them.

`cases.tsv` must come out exactly. Half of `sentences.tsv` was written before the rules and is never
tuned on ("held-out"); what the rules were tuned on is the other half. All of it is invented.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from board.privacy.detecting import find

HERE = Path(__file__).parent / "privacy"


@dataclass(frozen=True)
class Sentence:
    """A sentence, what it gives away, and which half it belongs to."""

    half: str
    kinds: frozenset[str]
    text: str


@dataclass
class Score:
    """How often a kind was found, found for nothing, and missed."""

    found: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def recall(self, *kinds: str) -> float:
        """The share of what is there that was found; of all kinds where none is named."""
        found, missed = self._sum(self.found, kinds), self._sum(self.missed, kinds)
        return found / (found + missed) if found + missed else 1.0

    def precision(self, *kinds: str) -> float:
        """The share of what was found that is there."""
        found, false = self._sum(self.found, kinds), self._sum(self.false, kinds)
        return found / (found + false) if found + false else 1.0

    @staticmethod
    def _sum(counts: Counter[str], kinds: Sequence[str]) -> int:
        return sum(counts[kind] for kind in kinds) if kinds else counts.total()


def cases() -> list[Sentence]:
    """The sixty sentences the specification names."""
    return [Sentence("cases", _kinds(row["expected"]), row["text"]) for row in _rows("cases.tsv")]


def sentences(half: str) -> list[Sentence]:
    """One half of the labelled set: "held-out" or "tuned"."""
    rows = [row for row in _rows("sentences.tsv") if row["half"] == half]
    return [Sentence(half, _kinds(row["kinds"]), row["text"]) for row in rows]


def found_in(text: str) -> frozenset[str]:
    """The kinds the detector finds."""
    return frozenset(str(finding.kind) for finding in find(text))


def score(labelled: Iterable[Sentence]) -> Score:
    """What the detector finds and misses in these."""
    result = Score()
    for sentence in labelled:
        found = found_in(sentence.text)
        result.found.update(found & sentence.kinds)
        result.false.update(found - sentence.kinds)
        result.missed.update(sentence.kinds - found)
    return result


def _kinds(named: str) -> frozenset[str]:
    return frozenset() if named in ("none", "clean") else frozenset(named.split(","))


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
