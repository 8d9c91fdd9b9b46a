"""Notations of doses that have harmed people: found in a text, with the correction offered.

A pure function. It never changes a text and never keeps one from being posted: only whoever wrote
it knows what they meant.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What may be misread."""

    UNIT_LETTER = "unit letter"
    TRAILING_ZERO = "trailing zero"
    NAKED_DECIMAL = "naked decimal point"
    MICROGRAM = "microgram sign"
    FREQUENCY = "frequency"
    DRUG_NAME = "drug name"
    CUBIC = "cubic centimetre"
    SIGN = "sign"


@dataclass(frozen=True)
class Notation:
    """A passage from `start` to `end`, why it may be misread, and what to write instead."""

    kind: Kind
    start: int
    end: int
    passage: str
    why: str
    correction: str


_UNITS = (
    r"(?:mg|mcg|micrograms?|milligrams?|µg|μg|ug|g|grams?|kg|ng|ml|mL|millilitres?|l|L|litres?|"
    r"mmol|units?|mg/kg|ml/h)"
)
_START = r"(?<![\w.,/])"
_PLACES = "".join(f"(?<!{word} )" for word in ("ward", "Ward", "bay", "Bay", "level", "Level"))
_FREQUENCIES = {
    "qd": "daily",
    "q.d.": "daily",
    "qod": "every other day",
    "q.o.d.": "every other day",
    "tiw": "three times a week",
    "hs": "at bedtime",
    "qhs": "at bedtime",
}
_DRUGS = {
    "MS": "morphine sulfate",
    "MSO4": "morphine sulfate",
    "MgSO4": "magnesium sulfate",
}
_SIGNS = {">": "more than", "<": "less than", "@": "at"}


def find(text: str) -> list[Notation]:
    """Every notation that may be misread, in order; none overlaps another."""
    found = sorted(
        (each for rule in _RULES for each in rule(text)), key=lambda each: (each.start, -each.end)
    )
    kept: list[Notation] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return [each for each in kept if not _is_quoted_code(text, each)]


def corrected(text: str, notations: list[Notation]) -> str:
    """The text with these corrections, for whoever wrote it to read and save."""
    for each in sorted(notations, key=lambda each: each.start, reverse=True):
        text = text[: each.start] + each.correction + text[each.end :]
    return text


def _rule(
    kind: Kind, pattern: str, why: str, correct: Callable[[re.Match[str]], str], flags: int = 0
) -> Callable[[str], Iterator[Notation]]:
    compiled = re.compile(pattern, flags)

    def rule(text: str) -> Iterator[Notation]:
        for match in compiled.finditer(text):
            yield Notation(kind, match.start(), match.end(), match.group(), why, correct(match))

    return rule


def _without_zero(match: re.Match[str]) -> str:
    return f"{match['whole']}{match['space']}{match['unit']}"


def _is_quoted_code(text: str, notation: Notation) -> bool:
    """Within backticks on its line somebody shows a notation instead of using it."""
    line_start = text.rfind("\n", 0, notation.start) + 1
    return text.count("`", line_start, notation.start) % 2 == 1


_RULES = (
    _rule(
        Kind.UNIT_LETTER,
        rf"{_PLACES}{_START}(?P<amount>\d+(?:\.\d+)?)\s?(?:U|u|IU|iu|I\.U\.)(?!\w|\.\w)",
        "U is read as 0, and IU as IV or 10",
        lambda match: f"{match['amount']} units",
    ),
    _rule(
        Kind.TRAILING_ZERO,
        rf"{_START}(?P<whole>\d+)\.0+(?P<space>\s?)(?P<unit>{_UNITS})(?!\w)",
        "the point is overlooked, and the dose is ten times as high",
        _without_zero,
    ),
    _rule(
        Kind.NAKED_DECIMAL,
        rf"(?<![\w.,/])(?P<amount>\.\d+)(?P<space>\s?)(?P<unit>{_UNITS})(?!\w)",
        "the point is overlooked, and the dose is ten times as high",
        lambda match: f"0{match['amount']}{match['space']}{match['unit']}",
    ),
    _rule(
        Kind.MICROGRAM,
        rf"{_START}(?P<amount>\d+(?:\.\d+)?)\s?(?:ug|µg|\u03bcg)(?!\w)",
        "it is read as mg, a thousand times as much",
        lambda match: f"{match['amount']} micrograms",
    ),
    _rule(
        Kind.FREQUENCY,
        r"(?<![\w./])(?:q\.o\.d\.|q\.d\.|qod|qd|qhs|tiw|(?<=mg )hs)(?![\w])",
        "daily, every other day and four times a day are taken for each other",
        lambda match: _FREQUENCIES[match.group().lower()],
        re.IGNORECASE,
    ),
    _rule(
        Kind.DRUG_NAME,
        r"(?<!\w)(?:MgSO4|MSO4|MS(?=\s(?:\d|IV|PO|SC|infusion|pump)))(?!\w)",
        "morphine and magnesium are taken for each other",
        lambda match: _DRUGS[match.group()],
    ),
    _rule(
        Kind.CUBIC,
        rf"{_START}(?P<amount>\d+(?:\.\d+)?)\s?cc(?!\w)",
        "cc is read as u or 00",
        lambda match: f"{match['amount']} ml",
        re.IGNORECASE,
    ),
    _rule(
        Kind.SIGN,
        rf"(?<![\w>=<|-])(?P<sign>[<>@])\s?(?P<amount>\d+(?:\.\d+)?\s?{_UNITS})(?!\w)",
        "> and < are taken for each other or for 7 and L, @ for 2",
        lambda match: f"{_SIGNS[match['sign']]} {match['amount']}",
    ),
)
