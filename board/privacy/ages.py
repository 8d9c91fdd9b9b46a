"""Ages over 89 of one person, in digits and in words."""

import re
from collections.abc import Iterator

from board.privacy import naming
from board.privacy.findings import Finding, Kind
from board.privacy.policy import Policy
from board.privacy.reading import Reading, Word
from board.privacy.vocabulary import any_of

_ONES = "(?:one|two|three|four|five|six|seven|eight|nine)"
_WORDS = (
    rf"(?:ninety(?:[ -]?{_ONES})?|"
    rf"(?:a |one )?hundred(?:[ -](?:and[ -])?(?:{_ONES}|ten|eleven|twelve))?)"
)
_DIGITS = "(?:9[0-9]|1[01][0-9])"
_NUMBER = f"(?:{_DIGITS}|{_WORDS})"
_YEAR = r"(?:yr'?s?\.?|years?|year's)"
_EDGE = r"(?<![\w.,/:<>=+£$-])"
_STOP = r"(?![\w%/:-]|[.,][0-9])"
_OLD = re.compile(
    rf"{_EDGE}{_NUMBER}[ -]?(?:y\.?[/ -]?o\.?[fm]?|yoa|"
    rf"{_YEAR}[ -](?:(?:of[ -])?age|(?:and )?young|old))(?:/[fm])?(?![\w/]|-[0-9])"
)
_YEARS = re.compile(rf"{_EDGE}{_NUMBER}[ -]?{_YEAR}(?![\w/]|-[0-9]| of )")
_SEX = re.compile(rf"{_EDGE}{_DIGITS}(?: ?/? ?|, )(?:[fm]|female|male|♀|♂)(?![\w/'°-])")
_AFTER_SEX = re.compile(
    rf"(?<![\w'/-])(?:(?:fe)?male|lady|gentleman|man|woman)[ ,/]{{1,2}}({_DIGITS}){_STOP}|"
    rf"(?<![\w'/.-])[fm](?:/|, )({_DIGITS}){_STOP}"
)
_AGED = re.compile(rf"\b(?:aged?|age of|age is|age:)[ :=-]{{1,2}}({_NUMBER}){_STOP}")
_IS = re.compile(
    rf"\b(?:he|she|pt|patient|lady|gentleman|man|woman|{any_of('kin')}(?:'s)?|he's|she's|he'll be|"
    r"she'll be|bed [0-9]{1,3}|who(?:'s)?),?(?: (?:is|was|turns|turned|turning|has just turned|"
    r"just turned|nearly|almost|now|is now|about to be|will be|soon|of|aged)){0,3} "
    rf"({_NUMBER}){_STOP}"
)
_NAMED_IS = re.compile(
    rf"([^\W\d_]{{3,20}}) (?:is|was|turned) ({_NUMBER})(?= (?:and|with)\b|[,.;)]|$)"
)
_AT = re.compile(
    rf"\b(?:at|being|only) (?:the (?:ripe |grand )?(?:old )?age of )?({_NUMBER}),? (?:"
    r"(?:is |does |can |should |would |will )?(?:he|she|he's|she's)\b|"
    r"in (?:this|our|my|the|an?) (?:\w{3,10} )?(?:lady|gentleman|man|woman|patient|pt)\b)"
)
_OPENS = re.compile(
    rf"(?:^|[.!?\n]) {{0,2}}({_DIGITS}|ninety[ -]{_ONES}),? (?:with an? |lives|"
    r"living|from (?:a )?(?:home|nursing)|"
    r"frail|c/o|independent|bedbound|immobile|housebound|confused|and (?:frail|fit|indep|fully|"
    r"still|very|lives|living|on |has ))"
)
_TURNED = re.compile(rf"\bturn(?:ed|s|ing)? ({_NUMBER}){_STOP}")
_SPELT = re.compile(rf"(?:\bis|\bwas|'s|\bnow|\bbe) (ninety[ -]?{_ONES}){_STOP}")
_IN_COMMAS = re.compile(
    rf"[a-z][a-z'-]{{1,30}}(?:,| \() ?({_NUMBER})(?=[,;)]| ?\.?$|\. )"
    r"(?!, [0-9]{1,4}(?:,| and| or|%))"
)
_DECADE = re.compile(
    r"\b(?:in|into) (?:his|her) "
    r"((?:mid |late |early |mid-|late-|early-)?(?:nineties|90'?s|hundreds|"
    r"(?:(?:one )?hundredth|ninetieth|ninety[ -]\w{3,8}|"
    r"(?:9[0-9]|1[01][0-9])(?:st|nd|rd|th)) year))"
    r"(?![\w-])"
)
_BIRTHDAY = re.compile(
    r"\b(?:his|her|patient's|pt's) ((?:(?:9[0-9]|1[01][0-9])(?:th|st|nd|rd)|ninetieth|"
    r"ninety[ -]\w{3,8}|(?:one )?hundredth) birthday)"
)
_NOUN = re.compile(r"\b(?:supercentenarian|centenarian|nonagenarian)(?![\w-])")
_BETWEEN = r"[0-9]{1,3} (?:years? )?(?:to|and|or|-)|[a-z]{2,5}ty (?:years? )?(?:to|and|or)"
# Without one of these there is no age over 89, and without these none of that shape.
_OVER_89 = re.compile("9[0-9]|1[01][0-9]|ninet|hundred|narian")
_LITERALS = {
    _OLD: ("y",),
    _DECADE: ("in his ", "in her ", "into his ", "into her "),
    _NOUN: ("narian",),
    _BIRTHDAY: ("birthday",),
    _YEARS: ("y",),
    _SEX: ("f", "m", "\u2640", "\u2642"),
    _AFTER_SEX: ("male", "lady", "man", "f/", "m/", "f, ", "m, "),
    _AGED: ("age",),
    _NAMED_IS: (" is ", " was ", " turned "),
    _TURNED: ("turn",),
    _SPELT: ("ninety",),
    _AT: ("at ", "being ", "only "),
}
_MANY_BEFORE = re.compile(
    rf"\b(?:{any_of('crowds')}|over|above|under|than|up to|least|between|until|before|after|ages|"
    rf"groups?|range|ranging|through|{_BETWEEN})[ ,(]{{1,2}}(?:who are |aged |age |of |the )?$|"
    rf"\b{any_of('crowds')}\b[^.;:?!]{{0,30}}$"
)
_MANY_AFTER = re.compile(
    r"^(?: ?\+| ?(?:and|or|to|&) (?:over|above|older|under|up|below|more|[0-9])| ?- ?[0-9]|"
    r" (?:ago|later|history|experience|service|guarantee|warranty|building|hospital|ward|law|"
    r"guideline|policy|anniversary|survival|follow-?up|study|patients|people|adults|residents)\b)"
)
_SPAN_BEFORE = re.compile(
    r"\b(?:for|in|of|after|before|within|last|past|next|over|about|nearly|almost|every|since|some|"
    r"to|the|up|first|than|approximately|around|roughly|another) (?:a |about |almost |nearly )?$"
)
_UNIT_AFTER = re.compile(
    r"^ ?(?:%|kg|mg|mcg|ml|mmol|mm|cm|bpm|hours?|hrs?|h\b|mins?|minutes?|days?|weeks?|months?|"
    r"units?|/|on (?:air|ra|room|[0-9])|l\b|litres?|percent|per|degrees|beats|systolic|over|x\b|"
    r"breaths|by|iu|g\b|kpa|st\b|stone|lbs?|pounds|times|tablets|doses)"
)
_VITAL_BEFORE = re.compile(
    r"\b(?:sats?|spo2|hr|bp|rr|pulse|rate|weight|wt|weighs?|map|news|score|gcs|temp|temperature|"
    r"below|bpm)\b[^.;]{0,12}$"
)


def find(reading: Reading, policy: Policy) -> Iterator[Finding]:
    """Ages over 89, unless they are those of many or no ages at all."""
    del policy
    if not _OVER_89.search(reading.lower):
        return
    for start, end, confidence in _candidates(reading):
        if not _is_of_many(reading, start, end):
            why = "so few are older than 89 that the age tells"
            yield Finding(Kind.AGE_OVER_89, start, end, confidence, why, "over 89")


def _candidates(reading: Reading) -> Iterator[tuple[int, int, float]]:
    for pattern in (_OLD, _DECADE, _NOUN, _BIRTHDAY):
        for match in _matches(pattern, reading):
            yield *match.span(match.lastindex or 0), 0.8
    yield from _less_sure(reading)
    for pattern in (_SEX, _AFTER_SEX, _AGED, _IS, _TURNED, _SPELT, _AT, _OPENS, _IN_COMMAS):
        for match in _matches(pattern, reading):
            start, end = match.span(match.lastindex or 0)
            if not _is_a_measure(reading, start, end):
                yield start, end, 0.7


def _less_sure(reading: Reading) -> Iterator[tuple[int, int, float]]:
    """Years without the word old: 92 yrs; a name in place of a pronoun: Iris Webb is 96."""
    for match in _matches(_YEARS, reading):
        if not _SPAN_BEFORE.search(reading.before(match.start())):
            yield *match.span(), 0.5
    for match in _matches(_NAMED_IS, reading):
        if naming.is_known(Word(match[1], match[1], *match.span(1))):
            yield *match.span(2), 0.6


def _matches(pattern: re.Pattern[str], reading: Reading) -> Iterator[re.Match[str]]:
    literals = _LITERALS.get(pattern, ("",))
    if any(literal in reading.lower for literal in literals):
        yield from pattern.finditer(reading.lower)


def _is_of_many(reading: Reading, start: int, end: int) -> bool:
    before, after = reading.before(start), reading.after(end, 25)
    return bool(_MANY_BEFORE.search(before) or _MANY_AFTER.match(after))


def _is_a_measure(reading: Reading, start: int, end: int) -> bool:
    before, after = reading.before(start), reading.after(end, 15)
    return bool(_UNIT_AFTER.match(after) or _VITAL_BEFORE.search(before))
