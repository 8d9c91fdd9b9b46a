"""Dates of birth, and the dates of what happened to one patient."""

import re
from collections.abc import Iterator
from datetime import date

from board.privacy import naming
from board.privacy.findings import Finding, Kind
from board.privacy.policy import Policy
from board.privacy.reading import NEAR, SENTENCE, Reading, Word
from board.privacy.vocabulary import any_of, mention_of, trace_of

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_YEAR = r"(?:(?:19|20)[0-9]{2}|'?[0-9]{2})(?![0-9:])"
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_DATE = re.compile(
    r"(?:(?<![\w/.-])|(?<=\bdob))(?<![0-9]:)(?:"
    r"(?:19|20)[0-9]{2}[-/.][01]?[0-9][-/.][0-3]?[0-9]|"
    r"[0-3]?[0-9] ?([/.-]) ?[0-3]?[0-9] ?\1 ?'?(?:(?:19|20)[0-9]{2}|[0-9]{2})|"
    rf"{_DAY}(?: of)?[ /-]?(?:the )?{_MONTH}(?:[ ,/-]{{0,3}}{_YEAR})?|"
    rf"{_MONTH} {_DAY}(?:,? {_YEAR})?"
    r")(?![\w/]|[.-][0-9]|-[a-z])"
)
# The day and the month only: 17/9. It wants an event right before it.
_SHORT = re.compile(
    r"(?<![\w/.-])[0-3]?[0-9]/[01]?[0-9](?![\w/%-]|[.,:][0-9]| ?(?:ago|x|of|"
    r"tab|dose|strength|pint|bottle|hour|hr|day|cup|normal|patient|occasion|sachet|power|pain|litre|"
    r"unit|ward|bed|staff))"
)
_SHORT_AFTER = re.compile(
    rf"\b(?:{any_of('events')}|doa|taken|given|sent|started|stopped|off|since|level|dressing|"
    r"theatre|icu|itu|admit)(?: (?:on|at|of|in|was|date|again|since|done|off|out|due))?[ :(]{1,2}$"
)
_NO_SHORT = re.compile(
    r"\b(?:gcs|news|mews|pain|score|scored|apgar|power|mmse|amts?|moca|abbey|waterlow|grade|ratio|"
    r"for|every|past|last|next|in|over|x) (?:is |was |of )?$"
)
_DURATION = re.compile("/(?:7|52|12|24)$")
_COMPACT = re.compile(
    r"(?<![\w/.-])(?:[0-9]{8}|[0-9]{6}|[0-9]{1,2} [0-9]{1,2} (?:[0-9]{2}){1,2})(?![\w/-])"
)
_BIRTH = re.compile(
    r"(?:\bd ?\.? ?o ?\.? ?b\b\.?|\b(?:date of birth|birth ?date|birthday|b/?day|born|birth)\b)"
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
    rf"\b(?:{_ORDINAL}(?: of)? {_MONTH}|{_MONTH} (?:the )?{_ORDINAL}|{_DAY}(?: of)? {_MONTH})"
    r",? (?:nineteen|twenty|two thousand)(?:[ -](?:and )?[a-z]{3,9}){0,2}"
)
_BIRTH_AFTER = re.compile(
    r"^\)?,? (?:is|was|as) (?:his|her|their|the|patient's|pt's) "
    r"(?:d\.?o\.?b\b|date of birth|birthday)|"
    r"^[^\w]{1,3}(?:as )?(?:(?:his|her|the) )?(?:\(?d\.?o\.?b\b|date of birth|\(born\))"
)
_ANYBODY_BORN = re.compile(rf"\b{any_of('crowds')}\b(?: \w{{1,12}}){{0,2}} born\b")
_BORN = re.compile(r"b/?day|birth|born|b\.?(?= )|d ?\.? ?o ?\.? ?b")
_NAME_BEFORE = re.compile(r"(?:([^\W\d_]{2,20}),? )?([^\W\d_]{1,20}),? \(?$")
_CENTURY = 31  # 30 may be ahead of us; 31 is when somebody was born
_LONG_AGO = 2015  # next to a name, a date before it is when somebody was born
_SOMEBODY = re.compile(
    r"pt|patient|he|she|his|her|him|hers|mr|mrs|miss|lady|gentleman|man|woman|baby|girl|boy|"
    r"mum|dad|wife|husband|post ?op|lmp|edd|yo|y/o|year old|yr old|pod"
)
_ONE = re.compile(rf"\b(?:{_SOMEBODY.pattern})\b")
_CROWD = re.compile(r"\b(?:patients|people|women|men|children|adults|participants|volunteers)\b")
_LIMITED = re.compile("best before|review|born")
_LIMIT = re.compile(
    r"\b(?:best before|review(?: is| due)? by|"
    r"born (?:after|before|since|between|from|on or after)) $"
)

# Where nothing of all this is near, only the date itself tells.
_DATED = "documents", "occasions"
_TELLING = re.compile(
    "|".join(words.pattern for words in (trace_of(*_DATED, "events"), _LIMITED, _SOMEBODY))
)


def find(reading: Reading, policy: Policy) -> Iterator[Finding]:
    """Dates of birth, then the other dates; the first of those is day 0."""
    del policy
    births = {birth.start: birth for birth in _births(reading)}
    yield from births.values()
    yield from _shorts(reading)
    first: date | None = None
    for match in _DATE.finditer(reading.lower):
        if match.start() in births:
            continue
        day = _read(match[0])
        if _is_a_patients(reading, match, day):
            first = first or day
            why = "the day something happened to a patient"
            yield Finding(Kind.DATE, *match.span(), 0.7, why, _relative(day, first))


def _shorts(reading: Reading) -> Iterator[Finding]:
    """Op 17/9, last dose 3/4: a day and a month, said of something that happens to a patient."""
    for match in _SHORT.finditer(reading.lower):
        before = reading.before(match.start(), 40)
        if not _SHORT_AFTER.search(before) or _NO_SHORT.search(before):
            continue
        if _is_a_day(match[0]) and not _is_a_documents(reading, match, before, ""):
            why = "the day something happened to a patient"
            yield Finding(Kind.DATE, *match.span(), 0.5, why, "[date]")


def _is_a_day(shown: str) -> bool:
    """Whether it may be a day and a month in either order, and is no 3/7 (days) or 2/52 (weeks)."""
    first, second = map(int, shown.split("/"))
    in_order = 0 < first <= 31 and 0 < second <= 12
    turned = 0 < first <= 12 and 0 < second <= 31
    return (in_order or turned) and not _DURATION.search(shown)


def _births(reading: Reading) -> Iterator[Finding]:
    for pattern, confidence in ((_IN_WORDS, 0.9), (_DATE, 0.95), (_COMPACT, 0.85)):
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
    return _is_long_ago(match[0]) and _follows_a_name(reading, match.start())


def _is_long_ago(shown: str) -> bool:
    year = re.search("(?:[0-9]{2}|[^0-9])[0-9]{2}$", shown)
    day = _read(shown) if year and (not year[0].isdigit() or int(year[0]) < _LONG_AGO) else None
    return day is not None and day.year < _LONG_AGO


def _follows_a_name(reading: Reading, start: int) -> bool:
    """Smith, 14/03/1952."""
    before = reading.text[max(0, start - NEAR) : start]
    if before[-1:] not in (" ", "(") or before[-4:].strip(" (0123456789") == "":
        return False
    names = _NAME_BEFORE.search(before)
    if not names:
        return False
    first, last = (Word(name, name.lower(), 0, 0) if name else None for name in names.groups())
    if last and len(last.text) > 2 and naming.is_known(last):
        return True
    initial = last is not None and len(last.text) == 1
    return first is not None and (naming.is_known(first) if initial else naming.is_given(first))


def _is_a_patients(reading: Reading, match: re.Match[str], day: date | None) -> bool:
    """Something happened, to one person, and no document is the nearer thing."""
    if not reading.may_mention(_TELLING, match.start() - SENTENCE, match.end() + SENTENCE):
        return day is not None
    before = reading.sentence_before(match.start())
    after = reading.sentence_after(match.end())
    if _is_a_documents(reading, match, before, after):
        return False
    eventful = reading.may_mention(trace_of("events"), match.start() - 70, match.start())
    if not (eventful and mention_of("events").search(before[-70:])):
        return _stands_alone(reading, match, day)
    if _CROWD.search(before):
        return False
    return _is_nearer(before[-70:]) or bool(_ONE.search(before) or _ONE.search(after))


def _is_a_documents(reading: Reading, match: re.Match[str], before: str, after: str) -> bool:
    start, end = match.span()
    if reading.may_mention(trace_of("documents"), start - 60, end + 25):
        document = mention_of("documents")
        if document.search(before[-60:]) or document.search(after[:25]):
            return True
    limited = reading.may_mention(_LIMITED, start - SENTENCE, start)
    return limited and bool(_LIMIT.search(before))


def _is_nearer(before: str) -> bool:
    """Whether an event stands nearer to the date than a document or an occasion."""
    event = max(match.end() for match in mention_of("events").finditer(before))
    other = [match.end() for match in mention_of(*_DATED).finditer(before)]
    return event >= max(other, default=-1)


def _stands_alone(reading: Reading, match: re.Match[str], day: date | None) -> bool:
    """A date in a sentence about nothing that has dates, if it is full or about somebody."""
    start, end = match.span()
    before, after = reading.sentence_before(start), reading.sentence_after(end)
    dated = reading.may_mention(trace_of(*_DATED), start - 100, end + 100)
    if dated and mention_of(*_DATED).search(before[-100:] + after[:100]):
        return False
    told = reading.may_mention(_SOMEBODY, start - 40, start)
    return (told and bool(_ONE.search(before[-40:]))) or day is not None


def _relative(day: date | None, first: date | None) -> str:
    """A day counted from the first one named: what matters clinically without the calendar."""
    if day is None or first is None:
        return "[date]"
    return f"day {(day - first).days}"


def _read(shown: str) -> date | None:
    """The date, day first where it is all digits; None where a part of it is missing."""
    words = re.findall("[0-9]+|[a-z]+", shown)
    if len(words) < 3:
        return None
    numbers = [int(word) for word in words if word.isdigit()]
    month = next((_MONTHS.index(word[:3]) + 1 for word in words if word[:3] in _MONTHS), 0)
    if month:
        numbers.insert(1, month)
    if len(numbers) != 3:
        return None
    if numbers[0] > 31:
        numbers.reverse()
    return _date(*numbers) or _date(numbers[1], numbers[0], numbers[2])


def _date(day: int, month: int, year: int) -> date | None:
    if year < 100:
        year += 2000 if year < _CENTURY else 1900
    try:
        return date(year, month, day)
    except ValueError:
        return None
