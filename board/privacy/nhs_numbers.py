"""NHS numbers, and those of Scotland and Northern Ireland, which share its check digit.

One in eleven numbers of ten digits has a right check digit by chance, public helplines among
them: a number counts when it is called one, or is grouped as one and lies in a range given out.
"""

import re
from collections.abc import Iterator

from stdnum.gb import nhs

from board.privacy.findings import Finding, Kind
from board.privacy.numbers import is_placeholder, is_something_else
from board.privacy.policy import Policy
from board.privacy.reading import NEAR, SENTENCE, Reading

_TEN = re.compile(r"(?<![\w+/.,-])[0-9]{3}([ .-]?)[0-9]{3}([ .-]?)[0-9]{4}(?![\w/-]|[.,][0-9])")
_NHS_CUE = re.compile(
    r"\b(?:n\.?h\.?s|chi|h&c|hcn|hsc|health and care)(?:\b[^a-z0-9]{0,3})?"
    r"(?:nos?\b|nr\b|num\b|numbers?\b|id\b|#)?[^a-z0-9]{0,3}(?:is|was|reads)?[^a-z0-9]{0,3}$"
)
_CALLED = re.compile("n.?h.?s|chi|h&c|hcn|hsc|health and care")
_NHS_SAID = re.compile(r"\b(?:nhs|chi|h&c)\b")
_NUMBER_SAID = re.compile(
    r"(?:\bnos?\b|\bnum\b|number|#|\bchi\b|h&c)[^a-z0-9]{0,3}(?:is|was)?[^a-z0-9]{0,3}$"
)
_DIALLED = re.compile("call|ring|phone|tel|text|fax|mobile|dial|contact")
_PHONE_CUE = re.compile(rf"\b(?:{_DIALLED.pattern}|telephone)\b.{{0,20}}$")
# A Scottish number below 300 begins with the day and the month of birth.
_BIRTHDAY_FIRST = re.compile("(?:0[1-9]|[12][0-9])(?:0[1-9]|1[0-2])")
_ISSUED = (
    (320_000_001, 320_000_399),
    (400_000_000, 499_999_999),
    (600_000_000, 799_999_999),
    (999_000_000, 999_999_999),
)
_PATIENT = re.compile(
    r"\b(?:pts?|patients?|he|she|him|her|for|results?|bloods|scan|swab|samples?|records?)\.? $"
)


def find(reading: Reading, policy: Policy) -> Iterator[Finding]:
    """NHS, CHI and H&C numbers; where the GB pack is off, those that are called so."""
    for match in _TEN.finditer(reading.text):
        confidence = _confidence(reading, match, policy)
        if confidence:
            why = "an NHS number" if confidence > 0.7 else "it is called an NHS number"
            yield Finding(Kind.NHS_NUMBER, *match.span(), confidence, why, "[NHS number]")


def _confidence(reading: Reading, match: re.Match[str], policy: Policy) -> float:
    start = match.start()
    before = reading.before(start)
    if is_placeholder(match[0]) or is_something_else(reading, start):
        return 0
    if reading.may_mention(_CALLED, start - NEAR, start) and _NHS_CUE.search(before):
        valid = nhs.is_valid(match[0].replace(".", ""))
        return 0.97 if valid else 0.6 if _NUMBER_SAID.search(before) else 0
    if "GB" not in policy.locales or not _is_issued(match[0]):
        return 0
    if reading.may_mention(_DIALLED, start - NEAR, start) and _PHONE_CUE.search(before):
        return 0
    if match[1] and match[1] == match[2] and not _is_american(match, policy):
        return 0.9
    said = reading.may_mention(_CALLED, start - SENTENCE, match.end() + SENTENCE)
    if said and _NHS_SAID.search(reading.sentence(start, match.end())):
        return 0.85
    return 0.85 if _PATIENT.search(before) else 0


def _is_issued(number: str) -> bool:
    """Whether the check digit is right and the number lies in a range that is given out."""
    digits = re.sub(r"[ .-]", "", number)
    if nhs.checksum(digits):
        return False
    if digits < "32":
        return digits >= "300" or bool(_BIRTHDAY_FIRST.match(digits))
    first = int(digits[:9])
    return any(low <= first <= high for low, high in _ISSUED)


def _is_american(match: re.Match[str], policy: Policy) -> bool:
    """Whether the same digits are rather a telephone number: 301-565-2966."""
    if match[1] == " " or not policy.locales & {"US", "CA"}:
        return False
    return match[0][0] in "23456789" and match[0][:3] != "999"
