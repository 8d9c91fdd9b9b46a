"""Numbers a patient has in a hospital: record, visit, insurance, implant."""

import re
from collections.abc import Iterator

from board.privacy.findings import Finding, Kind
from board.privacy.policy import Policy
from board.privacy.reading import NEAR, SENTENCE, Reading
from board.privacy.vocabulary import any_of, mention_of, trace_of

_NO = r"(?:\s?(?:nos?|num|numbers?|nr|id|ids|identifier|ref|reference)\b\.?|\s?#)"
_IS = r"\s{0,2}(?:is|was|of|reads|ending|[:=#\u2013-])?\s{0,2}"
_VALUE = r"([a-z]{0,4}[ -]?[0-9](?:[0-9a-z-]{3,18}|[0-9]{1,3}(?:[ -][0-9]{2,4}){1,3}))(?!\w)"

_RECORD = re.compile(
    rf"\b(?:(?:mrn|crn|m\.r\.n|pas|pid|mpi|case[ -]?notes)\b\.?{_NO}?|"
    r"(?:hosp|hospital|unit|case[ -]?notes?|chart|patient|patient's|pat|pt|pt's|mr|"
    r"med(?:ical)?\.? rec(?:ords?)?|records?|district|k|x|rxk|local)"
    rf"\b\.?{_NO}){_IS}{_VALUE}"
)
_BARE = re.compile(r"(?<![\w./#=-])[a-z]{0,4}[0-9]{5,12}(?![\w/-]|\.[0-9])")
_WEAK_CUE = re.compile(
    r"\b(?:pt|pts|patient|lady|gentleman|hosp|hospital|records? for|notes for)\.? $"
)
_VISIT = re.compile(
    rf"\b(?:(?:csn|har|fin|ubrn|visit|encounter|enc|episode|account|acct|a/c)\b\.?{_NO}?|"
    r"(?:admission|attendance|billing|bill|claim|accession|spell|referral|booking|"
    rf"driving licen[cs]e|passport)\b{_NO}){_IS}{_VALUE}"
)
_BILLED = re.compile(r"\b(?:invoice|bill|statement|billing|portal) $")
_PLAN = re.compile(
    rf"\b{any_of('insurers')}\b"
    r"(?: (?:member|membership|subscriber|policy|plan|card|insurance|beneficiary|gold|silver|plus|"
    r"advantage|ppo|hmo|choice|complete|select|basic|dual|rx|part [a-d])){0,3}"
    rf"{_NO}?{_IS}"
    r"([a-z]{0,4}-?[0-9][0-9a-z]{0,22}(?:[ -][a-z]{0,2}[0-9][0-9a-z]{0,4}){0,3})(?!\w)"
)
_MBI = re.compile(
    r"(?<![\w-])[1-9][ac-hj-km-np-rt-y][ac-hj-km-np-rt-y0-9][0-9]-?"
    r"[ac-hj-km-np-rt-y][ac-hj-km-np-rt-y0-9][0-9]-?[ac-hj-km-np-rt-y]{2}[0-9]{2}(?![\w-])"
)
_SERIAL = re.compile(
    rf"(?:\bserial\b{_NO}?|\bs/n\b|\bsn\b|\bdevice id\b)"
    rf"(?: (?:of|on|for|from) (?:\w{{2,15}} ){{1,4}}?(?:is|was))?{_IS}"
    r"((?:[a-z]{2,4} )?[a-z0-9][a-z0-9-]{3,18})(?![\w])"
)
_HERS = re.compile(
    r"\b(?:his|her|hers|patient'?s?|pt'?s?|mr|mrs|ms|miss|implanted|"
    r"home (?:vent|ventilator|concentrator|cpap|bipap|niv|oxygen|pump|suction))\b"
)
_WORN = re.compile(rf"{trace_of('implants').pattern}|{_HERS.pattern}")
_NOT_A_PATIENTS = re.compile(
    rf"(?<!\w){any_of('other_numbers')}\b[ :#.=(-]{{0,3}}(?:no|nos|num|number|id|code|is|was)?"
    r"[ :#.=(-]{0,4}$"
)
_EXAMPLE = re.compile(
    r"\b(?:examples?|e\.?g|formats?|dummy|test|training|sample|template|placeholder|fake|demo|like|"
    r"such as|instead of|rather than|looks|digits|shape|layout|field)\b"
)
_PLACEHOLDERS = re.compile(r"^[^0-9]{0,6}(?:(.)\1{3,20}|0?1234567(?:89?0?)?)$")


def find(reading: Reading, policy: Policy) -> Iterator[Finding]:
    """Record, visit, insurance and implant numbers."""
    yield from _records(reading, policy)
    yield from _visits(reading)
    yield from _plans(reading)
    yield from _serials(reading)


def is_something_else(reading: Reading, start: int) -> bool:
    """Whether the words before say that a number is an order's, a book's or a machine's."""
    near = reading.may_mention(trace_of("other_numbers"), start - NEAR, start)
    return near and bool(_NOT_A_PATIENTS.search(reading.before(start)))


def is_placeholder(number: str) -> bool:
    """Whether nobody has this number: 0000000000, 1234567890."""
    compact = "".join(number.split()).replace("-", "")
    ends_alike = compact[-4:] == compact[-1:] * 4
    return (ends_alike or "1234567" in compact) and bool(_PLACEHOLDERS.match(compact))


def is_example(reading: Reading, start: int, end: int) -> bool:
    """Whether nobody has this number where it stands: 1234567 is one where it is called one."""
    number = reading.lower[start:end]
    if not is_placeholder(number):
        return False
    counted = "1234567" in "".join(number.split()).replace("-", "")
    return not counted or bool(_EXAMPLE.search(reading.sentence(start, end)))


def _records(reading: Reading, policy: Policy) -> Iterator[Finding]:
    for match in _RECORD.finditer(reading.lower):
        if _digits(match[1]) >= 5 and not _is_foreign(reading, match):
            yield _mrn(match, 1, 0.95, "a record number by the word before it")
    shapes = [re.compile(shape, re.IGNORECASE) for shape in policy.mrn_shapes]
    for match in _BARE.finditer(reading.lower):
        if any(shape.fullmatch(match[0]) for shape in shapes):
            yield from _bare(reading, match, policy)


def _bare(reading: Reading, match: re.Match[str], policy: Policy) -> Iterator[Finding]:
    """A number of this hospital's shape, with letters of its own or next to a patient."""
    if is_something_else(reading, match.start()) or is_placeholder(match[0]):
        return
    if match[0][0].isalpha():
        yield _mrn(match, 0, 0.9, "it has the shape of a record number here")
    elif len(match[0]) > policy.extension_length and _WEAK_CUE.search(
        reading.before(match.start())
    ):
        yield _mrn(match, 0, 0.85, "a number straight after the word patient")


def _is_foreign(reading: Reading, match: re.Match[str]) -> bool:
    return is_something_else(reading, match.start()) or is_example(reading, *match.span(1))


def _mrn(match: re.Match[str], group: int, confidence: float, why: str) -> Finding:
    return Finding(Kind.MRN, *match.span(group), confidence, why, "[hospital number]")


def _visits(reading: Reading) -> Iterator[Finding]:
    for match in _VISIT.finditer(reading.lower):
        foreign = _is_foreign(reading, match) and not _is_billed(reading, match)
        if _digits(match[1]) >= 6 and not foreign:
            why = "the number of a visit, an account or a document"
            yield Finding(Kind.ACCOUNT, *match.span(1), 0.8, why, "[account number]")


def _is_billed(reading: Reading, match: re.Match[str]) -> bool:
    """An invoice's account is a patient's, an invoice's number is not."""
    return match[0].startswith("acc") and bool(_BILLED.search(reading.before(match.start(), 12)))


def _plans(reading: Reading) -> Iterator[Finding]:
    why = "a health plan number"
    for match in _MBI.finditer(reading.lower):
        if not is_something_else(reading, match.start()):
            yield Finding(Kind.HEALTH_PLAN, *match.span(), 0.9, why, "[health plan number]")
    for match in _PLAN.finditer(reading.lower):
        if _digits(match[1]) >= 6 and not is_example(reading, *match.span(1)):
            yield Finding(Kind.HEALTH_PLAN, *match.span(1), 0.9, why, "[health plan number]")


def _serials(reading: Reading) -> Iterator[Finding]:
    for match in _SERIAL.finditer(reading.lower):
        if _digits(match[1]) >= 4 and _is_implanted(reading, match):
            why = "the serial number of something a patient wears"
            yield Finding(Kind.DEVICE_SERIAL, *match.span(1), 0.8, why, "[serial number]")


def _is_implanted(reading: Reading, match: re.Match[str]) -> bool:
    if not reading.may_mention(_WORN, match.start() - SENTENCE, match.end() + SENTENCE):
        return False
    before = reading.sentence_before(match.start())
    around = f"{before} {match[0]} {reading.sentence_after(match.end())}"
    if mention_of("implants").search(before):
        return True
    if mention_of("equipment").search(around):
        return False
    return bool(mention_of("implants").search(around) or _HERS.search(around))


def _digits(value: str) -> int:
    return sum(character.isdigit() for character in value)
