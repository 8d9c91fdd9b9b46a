"""Finding what may identify a patient: `find("Pt NHS 999 012 3454")`.

Pure functions of a text and a site's policy: nothing is kept, nothing is logged.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from board.privacy import ages, contacts, dates, names, national, nhs_numbers, numbers, places
from board.privacy.findings import Finding, Kind
from board.privacy.plain_reading import plain
from board.privacy.policy import DEFAULT, Policy
from board.privacy.reading import Reading

__all__ = ["DEFAULT", "Finding", "Kind", "Policy", "find"]

Rule = Callable[[Reading, Policy], Iterator[Finding]]
RULES: Sequence[Rule] = (
    contacts.find, nhs_numbers.find, national.find, numbers.find, dates.find, ages.find,
    places.find, names.find,
)  # fmt: skip
OF_DIGITS = frozenset({nhs_numbers.find, national.find, numbers.find})

# Identifiers of papers, books and substances are long numbers that are nobody's.
_PUBLISHED = re.compile(
    r"\b(?:doi:? ?)?10\.[0-9]{4,9}/[^\s]{1,200}|\bisbn(?:-1[03])?:? ?[0-9x -]{9,20}|"
    r"\bissn:? ?[0-9]{4}-[0-9x]{4}|\bpm(?:id|cid|c):? ?[0-9]{4,10}|\bnct ?[0-9]{8}|"
    r"\b(?:gtin|ean|sku|snomed|nsv|ndc)(?: ?ct)?(?: code)?:? ?[0-9-]{6,18}"
)
# Where two findings overlap, the earlier kind here says more.
_PRECEDENCE = {kind: place for place, kind in enumerate(Kind)}


def find(text: str, policy: Policy = DEFAULT) -> list[Finding]:
    """What may identify a patient in this text as it will be read, in order, without overlaps."""
    shown = plain(text)
    if shown is None:
        return _find(text, policy)
    found: list[Finding] = []
    for finding in _find(shown.text, policy):
        start, end = shown.typed(finding.start, finding.end)
        start = max(start, found[-1].end if found else 0)
        found.append(replace(finding, start=start, end=end))
    return found


def _find(text: str, policy: Policy) -> list[Finding]:
    reading = Reading(text)
    taken = _silent(reading, policy)
    kept = []
    for finding in sorted(_found(reading, policy), key=_rank):
        if not any(taken[finding.start : finding.end]):
            _take(taken, finding.start, finding.end)
            kept.append(finding)
    return sorted(kept, key=lambda finding: finding.start)


def _found(reading: Reading, policy: Policy) -> Iterator[Finding]:
    for rule in RULES:
        if reading.has_digits or rule not in OF_DIGITS:
            yield from rule(reading, policy)


def _silent(reading: Reading, policy: Policy) -> bytearray:
    """The characters taken by passages that are never a patient's, whatever they look like."""
    taken = bytearray(len(reading.text))
    for pattern in (_PUBLISHED, _allowed(policy)):
        for match in pattern.finditer(reading.lower):
            _take(taken, *match.span())
    return taken


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\1" * (end - start)


def _rank(finding: Finding) -> tuple[int, int, int]:
    """The telling kinds first, then the longer finding."""
    return (_PRECEDENCE[finding.kind], finding.start - finding.end, finding.start)


@lru_cache(maxsize=32)
def _allowed(policy: Policy) -> re.Pattern[str]:
    """Helplines however they are grouped, and the site's own passages."""
    lines = [r"[ .()-]{0,2}".join(re.findall("[0-9]", line)) for line in policy.helplines]
    own = [re.escape(passage.lower()) for passage in policy.allowed]
    alternatives = "|".join(filter(None, [*lines, *own])) or r"(?!)"
    return re.compile(rf"(?<!\w)\+?\(?(?:{alternatives})(?!\w)")
