"""Ages over 89 of one person, in digits and in words."""

import re
from collections.abc import Iterator

from board.privacy.findings import Finding, Kind
from board.privacy.policy import Policy
from board.privacy.reading import Reading

_ONES = "(?:one|two|three|four|five|six|seven|eight|nine)"
_WORDS = (
    rf"(?:ninety(?:[ -]?{_ONES})?|(?:a |one )?hundred(?: (?:and )?(?:{_ONES}|ten|eleven|twelve))?)"
)
_DIGITS = r"(?:9[0-9]|1[01][0-9])"
_NUMBER = rf"(?:{_DIGITS}|{_WORDS})"
_YEAR = r"(?:yr'?s?\.?|years?|year's)"
_EDGE = r"(?<![\w.,/:<>=+£$-])"
_SURE = re.compile(
    rf"{_EDGE}{_NUMBER}[ -]?(?:y\.?/?o\.?[fm]?|yoa|{_YEAR}[ -](?:(?:of[ -])?age|(?:and )?young|old))(?![\w/]|-[0-9])"
)
_BARE_YEARS = re.compile(rf"{_EDGE}{_NUMBER}[ -]?{_YEAR}(?![\w/]|-[0-9])")
_SPAN = re.compile(
    r"\b(?:for|in|of|after|before|within|last|past|next|over|about|nearly|almost|every|since|some|to|"
    r"the|up|first|than|approximately|around|roughly|another) (?:a |about |almost |nearly )?$"
)
_SEX = re.compile(rf"{_EDGE}{_DIGITS} ?(?:[fm]|female|male|♀|♂)(?![\w/'°-])")
_AGED = re.compile(rf"\b(?:aged?|age of|age is|age:)[ :=-]{{1,2}}({_NUMBER})(?![\w%/-]|[.,:][0-9])")
_IS = re.compile(
    r"\b(?:he|she|pt|patient|lady|gentleman|man|woman|mum|mother|dad|father|nan|gran|grandad|"
    r"husband|wife|he's|she's|he'll be|she'll be|bed [0-9]{1,3}|who)"
    rf",?(?: (?:is|was|turns|turned|turning|has just turned|just turned|nearly|almost|now|is now|"
    rf"about to be|will be|soon|of|aged|aged over)){{0,3}} ({_NUMBER})(?![\w%/:-]|[.,][0-9])"
)
_TURNED = re.compile(
    rf"\b(?:turn(?:ed|s|ing)?|celebrat\w{{2,4}} (?:his|her)) ({_NUMBER})(?![\w%/:-]|[.,][0-9])"
)
_BETWEEN_COMMAS = re.compile(rf"[a-z][a-z'-]{{1,30}}(?:,| \() ?({_NUMBER})(?=[,;)]| ?\.?$|\. )")
_SEX_FIRST = re.compile(
    rf"(?<![\w'/-])(?:(?:fe)?male|lady|gentleman|man|woman)[ ,/]{{1,2}}({_DIGITS})(?![\w%/:-]|[.,][0-9])|"
    rf"(?<![\w'/.-])(?:[fm](?:/|, ))({_DIGITS})(?![\w%/:-]|[.,][0-9])"
)
_DECADE = re.compile(
    r"\b(?:in|into) (?:his|her) ((?:mid |late |early |mid-|late-|early-)?(?:nineties|90'?s|hundreds))(?![\w-])"
)
_BIRTHDAY = re.compile(
    rf"\b(?:his|her|patient's|pt's)( ?(?:9[0-9]|1[01][0-9])(?:th|st|nd|rd) birthday)|"
    rf"\b(?:his|her)( (?:ninetieth|ninety[ -]\w{{3,8}}|hundredth|one hundredth) birthday)"
)
_NOUN = re.compile(r"\b(?:supercentenarian|centenarian|nonagenarian)(?![\w-])")
_MANY = re.compile(
    r"\b(?:patients|people|adults|persons|those|anyone|anybody|individuals|men|women|residents|"
    r"everyone|everybody|over|above|under|than|up to|least|between|until|before|after|ages|groups?|"
    r"range|ranging|through|[0-9]{1,3} (?:years? )?(?:to|and|or|-)|[a-z]{2,5}ty (?:years? )?(?:to|and|or))"
    r"[ ,(]{1,2}(?:who are |aged |age |of |the )?$"
)
_MANY_BEFORE = re.compile(
    r"\b(?:patients|people|adults|persons|those|anyone|anybody|individuals|residents|participants|"
    r"men|women|males|females|children|centenarians)\b[^.;:?!]{0,30}$"
)
_MANY_AFTER = re.compile(
    r"^(?: ?\+| ?(?:and|or|to|&) (?:over|above|older|under|up|below|more|[0-9])| ?- ?[0-9]|"
    r" ago| later| history| experience| service| guarantee| warranty| of (?:experience|service|data|"
    r"follow|records|use|research|study)| (?:building|hospital|ward|law|guideline|policy|anniversary|"
    r"survival|follow-?up|study|patients|people|adults|residents))"
)
_MEASURE = re.compile(
    r"^ ?(?:%|kg|mg|mcg|ml|mmol|mm|cm|bpm|hours?|hrs?|h\b|mins?|minutes?|days?|weeks?|months?|"
    r"units?|/|on (?:air|ra|room|[0-9])|l\b|litres?|percent|per|degrees|beats|systolic|over|x\b|"
    r"breaths|by|iu|g\b|kpa|st\b|stone|lbs?|pounds|times|tablets|doses)"
)
_SATS = re.compile(
    r"\b(?:sats?|spo2|hr|bp|rr|pulse|rate|weight|wt|weighs?|map|news|score|gcs|temp|bpm)\b[^.;]{0,12}$"
)


def find(reading: Reading, policy: Policy) -> Iterator[Finding]:
    """Ages over 89, unless they are those of many."""
    del policy
    for pattern, confidence in ((_SURE, 0.8), (_DECADE, 0.6), (_NOUN, 0.6), (_BIRTHDAY, 0.7)):
        for match in pattern.finditer(reading.lower):
            if not _is_of_many(reading, *_span(match)):
                yield _finding(match, confidence)
    for match in _BARE_YEARS.finditer(reading.lower):
        span = match.span()
        after = reading.after(span[1], 4)
        if not (after == " of " or _SPAN.search(reading.before(span[0]))) and not _is_of_many(
            reading, *span
        ):
            yield _finding(match, 0.5)
    for pattern in (_SEX, _SEX_FIRST, _AGED, _IS, _TURNED, _BETWEEN_COMMAS):
        for match in pattern.finditer(reading.lower):
            span = _span(match)
            if not _is_of_many(reading, *span) and not _is_a_measure(reading, *span):
                yield _finding(match, 0.7)


def _span(match: re.Match[str]) -> tuple[int, int]:
    """The group that matched, or all of it, without space before it."""
    group = match.lastindex or 0
    start, end = match.span(group)
    return start + len(match[group]) - len(match[group].lstrip()), end


def _finding(match: re.Match[str], confidence: float) -> Finding:
    why = "so few are older than 89 that the age tells"
    return Finding(Kind.AGE_OVER_89, *_span(match), confidence, why, "over 89")


def _is_of_many(reading: Reading, start: int, end: int) -> bool:
    before = reading.before(start)
    return bool(
        _MANY.search(before)
        or _MANY_BEFORE.search(before)
        or _MANY_AFTER.match(reading.after(end, 25))
    )


def _is_a_measure(reading: Reading, start: int, end: int) -> bool:
    return bool(_MEASURE.match(reading.after(end, 15)) or _SATS.search(reading.before(start)))
