"""Numbers a country gives people, checked the way that country checks them.

NHS numbers have a module of their own: far more look like one than are one.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stdnum.au import tfn
from stdnum.ca import bc_phn, sin
from stdnum.ie import pps
from stdnum.us import ssn

from board.privacy.findings import Finding, Kind
from board.privacy.numbers import is_example, is_placeholder, is_something_else
from board.privacy.policy import Policy
from board.privacy.reading import Reading


def find(reading: Reading, policy: Policy) -> Iterator[Finding]:
    """The numbers of the countries that the site has switched on."""
    for rule in RULES:
        if rule.locale in policy.locales:
            yield from rule.find(reading)


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
            if not (cued or self._tells(reading, match)):
                continue
            if is_example(reading, *match.span()) or (not cued and is_placeholder(match[0])):
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


_LAST_FOUR = re.compile(
    r"\b(?:ssn|social security(?: number| no)?|social)\.? (?:is |was )?ending(?: in)? $|"
    r"\blast (?:4|four) (?:digits )?(?:of |on )?(?:(?:his|her|the|their|my) )?(?:ssn|social)"
    r"[a-z ]{0,20}[:=]? ?$"
)
_INSURANCE = "(?:[a-ceghj-prtw-z][a-ceghj-nprtw-z]|qq) ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[a-d]"
_ONTARIO = "[0-9]{4}[ -]?[0-9]{3}[ -]?[0-9]{3}(?:[ -]?[a-z]{2})?"
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
        _LAST_FOUR, False, "social security number",
    ),
    Rule(
        "GB", Kind.SSN, _shape(_INSURANCE), _any,
        _cue("ni|nino|national insurance"), True, "National Insurance number",
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
        "CA", Kind.HEALTH_PLAN, _shape(_ONTARIO), _any,
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
