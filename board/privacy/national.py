"""Numbers a country gives people, checked the way that country checks them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stdnum.au import tfn
from stdnum.ca import bc_phn, sin
from stdnum.gb import nhs
from stdnum.ie import pps
from stdnum.us import ssn

from board.privacy.findings import Finding, Kind
from board.privacy.numbers import is_placeholder, is_something_else
from board.privacy.policy import Policy
from board.privacy.reading import Reading

_TEN = re.compile(r"(?<![\w+/.,-])[0-9]{3}([ .-]?)[0-9]{3}([ .-]?)[0-9]{4}(?![\w/-]|[.,][0-9])")
_NHS_CUE = re.compile(
    r"\b(?:n\.?h\.?s|chi|h&c|hcn|hsc|health and care)(?:\b[^a-z0-9]{0,3})?"
    r"(?:nos?\b|nr\b|num\b|numbers?\b|id\b|#)?[^a-z0-9]{0,3}(?:is|was|reads)?[^a-z0-9]{0,3}$"
)
_NHS_SAID = re.compile(r"\b(?:nhs|chi|h&c)\b")
_NUMBER_SAID = re.compile(
    r"(?:\bnos?\b|\bnum\b|number|#|\bchi\b|h&c)[^a-z0-9]{0,3}(?:is|was)?[^a-z0-9]{0,3}$"
)
_PHONE_CUE = re.compile(
    r"\b(?:call|ring|phone|tel|telephone|text|fax|mobile|dial|contact)\b.{0,20}$"
)
_ISSUED = ((10_100_000, 311_299_999), (320_000_001, 320_000_399), (400_000_000, 499_999_999),
           (600_000_000, 799_999_999), (999_000_000, 999_999_999))  # fmt: skip


def find(reading: Reading, policy: Policy) -> Iterator[Finding]:
    """NHS numbers where the GB pack is on, and each pack's own numbers."""
    if "GB" in policy.locales:
        yield from _nhs(reading, policy)
    for rule in RULES:
        if rule.locale in policy.locales:
            yield from rule.find(reading)


def _nhs(reading: Reading, policy: Policy) -> Iterator[Finding]:
    for match in _TEN.finditer(reading.text):
        confidence = _nhs_confidence(reading, match, policy)
        if confidence:
            why = "an NHS number" if confidence > 0.7 else "it is called an NHS number"
            yield Finding(Kind.NHS_NUMBER, *match.span(), confidence, why, "[NHS number]")


def _nhs_confidence(reading: Reading, match: re.Match[str], policy: Policy) -> float:
    before = reading.before(match.start())
    if is_placeholder(match[0]) or is_something_else(reading, match.start()):
        return 0
    if _NHS_CUE.search(before):
        valid = nhs.is_valid(match[0].replace(".", ""))
        return 0.97 if valid else 0.6 if _NUMBER_SAID.search(before) else 0
    if not _is_issued(match[0]) or _PHONE_CUE.search(before):
        return 0
    if match[1] and match[1] == match[2] and not _is_american(match, policy):
        return 0.9
    near = before + reading.after(match.end())
    return 0.85 if _NHS_SAID.search(near) or _PATIENT.search(before) else 0


_PATIENT = re.compile(
    r"\b(?:pts?|patients?|he|she|him|her|for|results?|bloods|scan|swab|samples?|records?)\.? $"
)


def _is_issued(number: str) -> bool:
    """Whether the check digit is right and the number lies in a range that is given out."""
    digits = re.sub(r"[ .-]", "", number)
    first = int(digits[:9])
    return nhs.is_valid(digits) and any(low <= first <= high for low, high in _ISSUED)


def _is_american(match: re.Match[str], policy: Policy) -> bool:
    """Whether the same digits are rather a telephone number: 301-565-2966."""
    if match[1] == " " or not policy.locales & {"US", "CA"}:
        return False
    return match[0][0] in "23456789" and match[0][:3] != "999"


@dataclass(frozen=True)
class Rule:
    """A country's number: its shape, its check, the words that announce it."""

    locale: str
    kind: Kind
    shape: re.Pattern[str]
    check: Callable[[str], bool]
    cue: re.Pattern[str]
    alone: bool
    name: str

    def find(self, reading: Reading) -> Iterator[Finding]:
        """Where the shape is right and either a cue or the shape itself is telling."""
        for match in self.shape.finditer(reading.lower):
            cued = bool(self.cue.search(reading.before(match.start(), 60)))
            if is_placeholder(match[0]) or not (cued or self._tells(reading, match)):
                continue
            if self.check(re.sub(r"[ .-]", "", match[0]).upper()):
                confidence = 0.95 if cued else 0.85
                why = f"a {self.name}"
                yield Finding(self.kind, *match.span(), confidence, why, f"[{self.name}]")

    def _tells(self, reading: Reading, match: re.Match[str]) -> bool:
        grouped = "-" in match[0] or not match[0].isdigit()
        return self.alone and grouped and not is_something_else(reading, match.start())


def is_medicare_card(number: str) -> bool:
    """Whether an Australian Medicare number has its check digit, the ninth of ten or eleven."""
    weights = (1, 3, 7, 9, 1, 3, 7, 9)
    if not number.isdigit() or len(number) not in (10, 11) or number[0] not in "23456":
        return False
    total = sum(weight * int(digit) for weight, digit in zip(weights, number, strict=False))
    return total % 10 == int(number[8])


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/.+-])(?:{pattern})(?![\w/-]|\.[0-9])")


def _cue(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b[^0-9]{{0,40}}(?:[0-9][0-9 -]{{6,11}}[^0-9]{{1,12}})?$")


def _any(_: str) -> bool:
    return True


RULES = (
    Rule(
        "US", Kind.SSN, _shape(r"[0-9]{3}-[0-9]{2}-[0-9]{4}"), ssn.is_valid,
        _cue("ssns?|social|soc sec"), True, "social security number",
    ),
    Rule(
        "US", Kind.SSN, _shape(r"[0-9]{3}[ .]?[0-9]{2}[ .]?[0-9]{4}"), ssn.is_valid,
        _cue("ssns?|social|soc sec"), False, "social security number",
    ),
    Rule(
        "US", Kind.SSN, _shape("[0-9]{4}"), _any,
        re.compile(r"\b(?:ssn|social security(?: number| no)?|social)\.? (?:is |was )?ending(?: in)? $|"
                   r"\blast (?:4|four) (?:digits )?(?:of |on )?(?:(?:his|her|the|their|my) )?(?:ssn|social)"
                   r"[a-z ]{0,20}[:=]? ?$"),
        False, "social security number",
    ),
    Rule(
        "GB", Kind.SSN, _shape("[a-ceghj-prtw-z][a-ceghj-nprtw-z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[a-d]"),
        _any, _cue("ni|nino|national insurance"), True, "National Insurance number",
    ),
    Rule(
        "IE", Kind.SSN, _shape("[0-9]{7}[a-w][abhtwxz]?"), pps.is_valid,
        _cue("pps|ppsn|personal public service"), True, "PPS number",
    ),
    Rule(
        "CA", Kind.SSN, _shape("[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}"), sin.is_valid,
        _cue("sin|social insurance"), True, "social insurance number",
    ),
    Rule(
        "CA", Kind.HEALTH_PLAN, _shape("[0-9]{4}[ -]?[0-9]{3}[ -]?[0-9]{3}"), bc_phn.is_valid,
        _cue("phn|personal health number|care ?card|health card"), True, "health number",
    ),
    Rule(
        "CA", Kind.HEALTH_PLAN, _shape("[0-9]{4}[ -]?[0-9]{3}[ -]?[0-9]{3}(?:[ -]?[a-z]{2})?"), _any,
        _cue("ohip|health card|rama?q|versicode"), False, "health card number",
    ),
    Rule(
        "AU", Kind.HEALTH_PLAN, _shape("[2-6][0-9]{3}[ -]?[0-9]{5}[ -]?[0-9](?:[ /-]?[0-9])?"),
        is_medicare_card, _cue("medicare|mcare"), True, "Medicare number",
    ),
    Rule(
        "AU", Kind.SSN, _shape("[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}"), tfn.is_valid,
        _cue("tfn|tax file"), False, "tax file number",
    ),
    Rule(
        "AU", Kind.MRN, _shape("(?:ur|urn)[ -]?[0-9]{6,8}"), _any,
        _cue("ur|urn"), True, "UR number",
    ),
)  # fmt: skip
