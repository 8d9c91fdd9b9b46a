"""The dates of what happened to one patient; those of birth are in `births`."""

import re
from collections.abc import Iterator
from datetime import date

from board.privacy import births
from board.privacy.days import DATE, read
from board.privacy.findings import Finding, Kind
from board.privacy.policy import Policy
from board.privacy.reading import SENTENCE, Reading
from board.privacy.vocabulary import any_of, mention_of, trace_of

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
    known = {birth.start: birth for birth in births.find(reading)}
    yield from known.values()
    yield from _shorts(reading)
    first: date | None = None
    for match in DATE.finditer(reading.lower):
        if match.start() in known:
            continue
        day = read(match[0])
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
