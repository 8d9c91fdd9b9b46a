"""Dates of birth: what is called one, and what stands where one does."""

import re
from collections.abc import Iterator
from datetime import date

from board.privacy import naming
from board.privacy.days import DATE, DAY, MONTH, read
from board.privacy.findings import Finding, Kind
from board.privacy.reading import NEAR, Reading, Word
from board.privacy.vocabulary import any_of

_COMPACT = re.compile(
    r"(?<![\w/.-])(?:[0-9]{8}|[0-9]{6}|[0-9]{1,2} [0-9]{1,2} (?:[0-9]{2}){1,2})(?![\w/-])"
)
_BIRTH = re.compile(
    r"(?:\bd ?\.? ?o ?\.? ?b\b\.?|\b(?:date of birth|birth ?date|birthday|b[/']?day|born|birth)\b)"
    r"(?:[^\w]{1,3}(?:is|was|as|on|the|at|in|of|her|his|given|recorded|reads|says|about|home|"
    r"abroad|here)\b){0,4}[^\w]{0,4}$|"
    r"\b(?:d\.?o\.?b|date of birth|birth ?date)\b[^0-9.;?!\n]{0,25}"
    r"(?:[0-9][0-9./-]{5,9}[^0-9.;?!\n]{1,30})?$|"
    r"\bb\.? $|\bborn in (?:\w{2,20} ){1,3}(?:on )?(?:the )?$"
)
_ORDINAL = (
    r"(?:(?:twenty|thirty)[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|"
    r"tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|"
    r"twentieth|thirtieth)"
)
# In words: the fifth of October nineteen forty six.
_IN_WORDS = re.compile(
    rf"\b(?:{_ORDINAL}(?: of)? {MONTH}|{MONTH} (?:the )?{_ORDINAL}|{DAY}(?: of)? {MONTH})"
    r",? (?:nineteen|twenty|two thousand)(?:[ -](?:and )?[a-z]{3,9}){0,2}"
)
_BIRTH_AFTER = re.compile(
    r"^\)?,? (?:is|was|as) (?:his|her|their|the|patient's|pt's) "
    r"(?:d\.?o\.?b\b|date of birth|birthday)|"
    r"^[^\w]{1,3}(?:as )?(?:(?:his|her|the) )?(?:\(?d\.?o\.?b\b|date of birth|\(born\))"
)
_ANYBODY_BORN = re.compile(rf"\b{any_of('crowds')}\b(?: \w{{1,12}}){{0,2}} born\b")
_BORN = re.compile(r"b[/']?day|birth|born|b\.?(?= )|d ?\.? ?o ?\.? ?b")
_LONG_AGO = 2015  # next to a name, a date before it is when somebody was born
_OF_ADULTS = 2000
_PERSON_BEFORE = re.compile(r"\b(?:pt|patient|lady|gentleman|man|woman|male|female)[ ,:(]{1,3}$")


def find(reading: Reading) -> Iterator[Finding]:
    """Dates of birth in digits and in words; what is called one is surer."""
    for pattern, confidence in ((_IN_WORDS, 0.9), (DATE, 0.95), (_COMPACT, 0.85)):
        for match in pattern.finditer(reading.lower):
            if _is_birth(reading, match):
                why = "a date of birth"
                yield Finding(Kind.DOB, *match.span(), confidence, why, "[date of birth]")


def _is_birth(reading: Reading, match: re.Match[str]) -> bool:
    if reading.may_mention(_BORN, match.start() - 70, match.start()):
        before = reading.before(match.start(), 70)
        if _BIRTH.search(before):
            return not _ANYBODY_BORN.search(before)
    if _BIRTH_AFTER.match(reading.after(match.end(), 20)):
        return True
    day = _long_ago(match[0])
    if day is None:
        return False
    if _follows_a_name(reading, match.start()):
        return True
    return day.year < _OF_ADULTS and _follows_a_person(reading, match.start())


def _long_ago(shown: str) -> date | None:
    year = re.search("(?:[0-9]{2}|[^0-9])[0-9]{2}$", shown)
    day = read(shown) if year and (not year[0].isdigit() or int(year[0]) < _LONG_AGO) else None
    return day if day is not None and day.year < _LONG_AGO else None


def _follows_a_name(reading: Reading, start: int) -> bool:
    """Smith, 14/03/1952; Whitlock J 14/03/52; joan whitlock (14.3.52)."""
    before = reading.text[max(0, start - NEAR) : start]
    names = before.rstrip(" (,").replace(",", " ").split()[-2:]
    if before[-1:] not in (" ", "(") or not names or not names[-1].isalpha():
        return False
    words = [Word(name, name.lower(), 0, 0) for name in names]
    if len(words[-1].text) > 2 and naming.is_known(words[-1]):
        return True
    is_initial = len(words[-1].text) == 1
    return len(words) == 2 and (naming.is_known if is_initial else naming.is_given)(words[0])


def _follows_a_person(reading: Reading, start: int) -> bool:
    """Pt 04/07/1929: what else happened so long ago?"""
    return bool(_PERSON_BEFORE.search(reading.before(start, 14)))
