"""Where a patient lives or lies: addresses, postcodes, beds."""

import re
from collections.abc import Iterator

from board.privacy.findings import Finding, Kind
from board.privacy.numbers import is_something_else
from board.privacy.policy import Policy
from board.privacy.reading import SENTENCE, Reading
from board.privacy.vocabulary import any_of

_STREET = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|close|drive|dr|crescent|cres|court|ct|terrace|place|"
    r"gardens|grove|way|walk|square|hill|row|mews|park|green|view|rise|boulevard|blvd|parade|"
    r"highway|circle|trail|parkway|pkwy|quay|villas|cottages|buildings|house|heights|gate|mount|"
    r"croft|meadows?|fields?|estate)"
)
_SURE_STREET = re.compile(
    r"\b(?:street|road|rd|avenue|ave|lane|close|crescent|terrace|gardens|grove|mews|boulevard|drive|"
    r"court|villas)(?:,? (?:flat|apt|apartment|unit) ?[0-9]{1,4}[a-z]?)?$"
)
_HOUSE = r"(?<![\w./:%-])(?:(?:flat|apt|apartment|unit) ?[0-9]{1,4}[a-z]?,? )?[0-9]{1,5}[a-z]?,? "
_NAMED = r"(?:the |[a-z][a-z'.-]{1,20} (?:[a-z][a-z'.-]{1,20} ){0,2})"
_ADDRESS = re.compile(
    _HOUSE + _NAMED + _STREET + r"\b(?:,? (?:flat|apt|apartment|unit) ?[0-9]{1,4}[a-z]?\b)?"
)
_HOME = re.compile(
    r"\b(?:lives?|living|lived|address|addr|home|house|resid\w{2,5}|moved|discharged|going|sent|"
    r"ambulance|visit(?:ed|s)?|deliver(?:ed|y)?|flat|staying|stays|from|of|at)\b[^.!?\n]{0,25}$"
)
_LIVES = re.compile(
    r"\b(?:lives?|living|lived|resid(?:es|ent|ing)|home|stays|staying|from|address is|address|"
    r"discharged to|going home to)\b (?:(?:alone|with [a-z ]{1,15}|at|in|on|is|to|of|from) ){0,3}"
    r"(?:the )?$|\b(?:he|she|pt|patient|who)(?: is| was|'s)? (?:at|from|in) (?:the )?$"
)
_OWN_ADDRESS = re.compile(
    r"\b(?:lives?(?: alone)?(?: at)?|address(?: is|:)?|addr|flat|apt|moved to|"
    r"discharge(?:d|s)?(?: her| him| them)?(?: home)? to|d/c to|"
    r"dc to|lives in|living at|going (?:back |home )?to|back home to|house at|home is|home at|"
    r"resident at|address (?:as|given as|reads|of)) $"
)
# Streets that nobody means otherwise, whatever the case: no "drive" and no "close".
_PLAIN_STREET = re.compile(
    r"\b(?:street|road|rd|avenue|ave|lane|crescent|terrace|gardens|mews|boulevard)"
    r"(?:,? (?:flat|apt|apartment|unit) ?[0-9]{1,4}[a-z]?)?$"
)
# A house by its number and a name that no street type ends: 5 The Paddocks, 9 Nant-y-Coed.
_OWN_HOUSE = re.compile(
    r"(?<![\w./:%-])[0-9]{1,4}[A-Za-z]?,? (?:The )?[A-Z][a-z'\u2019]{2,15}"
    r"(?:[ -](?:[a-z]{1,3}[ -])?[A-Z][a-z'\u2019]{2,15}){0,2}(?![\w-])"
)
_THE_TREES = re.compile(
    r"(?<![\w./:%-])[0-9]{1,4} The (?:Paddocks?|Willows|Limes|Firs|Elms|Oaks|Beeches|Glebe|Orchard|"
    r"Green|Maltings|Crescent|Ridge|Pines|Laurels|Hollies|Poplars|Cedars|Chestnuts|Larches|Spinney|"
    r"Grange|Lawns|Meadows?|Croft|Moorings|Granary|Stables|Hawthorns|Rowans|Birches|Sycamores|"
    r"Brambles|Dell|Nook|Rise|Parade|Shrubbery|Wharf|Mews|Close|Avenue|Street|Terrace|Gardens)\b"
)
_NO_HOUSE = re.compile(
    r"(?i:[0-9]{1,4} (?:mg|ml|kg|patients|hours|days|weeks|months|years|beds|step|ward|bed|bay|"
    r"unit|rehab|theatre|clinic|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
)
_BETWEEN = re.compile(r" (?:of|on|in|to|for|and|or|at|by|per|off|from|with|way|a|is|are) ")
_FLOOR = re.compile(r"\b(?:level|floor|gate|car park|exit|zone|platform|lift|stop|bus) $")
_NAMED_HOUSE = re.compile(
    r"(?<![\w'-])(?:[A-Z][a-z'\u2019]{2,15} ){1,2}"
    r"(?:Cottage|House|Lodge|Farm|Court|Manor|Close|Lane|Road|Street|Avenue|Terrace|Crescent|"
    r"Parade|Place|Gardens|Mews|Row|Walk|Square|Hill|Estate|Heights|Rise|View|"
    r"Rectory|Vicarage|Barn|Hall|Care Home|Nursing Home|Residential Home|Drive|Grove|Villas)"
    r"(?![\w'-])"
)
_OPEN_TO_ALL = re.compile(
    r"suite|p\.?o\.? box|bethesda|foundation|association|institute|society|university|"
    r"office|headquarters|write to|hospital|clinic|surgery|pharmacy|car park|museum|national|"
    r"department of|center|centre|published|publisher|press|www|http|supplier|returns?|"
    r"stores|depot|courier|labs?|research|samples|taxi firm|opening hours|reception"
)
_PUBLIC = re.compile(rf"\b(?:{_OPEN_TO_ALL.pattern})\b")
_AREAS = (
    "ab|al|b|ba|bb|bd|bh|bl|bn|br|bs|bt|ca|cb|cf|ch|cm|co|cr|ct|cv|cw|da|dd|de|dg|dh|dl|dn|dt|dy|"
    "e|ec|en|ex|fk|fy|g|gl|gu|gy|ha|hd|hg|hp|hr|hs|hu|hx|ig|im|ip|iv|je|ka|kt|kw|ky|l|la|ld|le|ll|"
    "ln|ls|lu|m|me|mk|ml|n|ne|ng|nn|np|nr|nw|ol|ox|pa|pe|ph|pl|po|pr|rg|rh|rm|s|sa|se|sg|sk|sl|sm|"
    "sn|so|sp|sr|ss|st|sw|sy|ta|td|tf|tn|tq|tr|ts|tw|ub|w|wa|wc|wd|wf|wn|wr|ws|wv|yo|ze|zz"
)
_EIRCODE = r"(?:[ac-fhknprtv-y][0-9]{2}|d6w) ?[0-9ac-fhknprtv-y]{4}"
_CANADIAN = r"[abceghj-nprstvxy][0-9][abceghj-nprstv-z][ -]?[0-9][abceghj-nprstv-z][0-9]"
_AUSTRALIAN = r"\b(?:nsw|vic|qld|tas|act|nt)\b,? [0-9]{4}"
_CODES = {
    "GB": rf"(?:{_AREAS})[0-9][0-9a-hjkmnp-y]? ?[0-9][abd-hjlnp-uw-z]{{2}}",
    "CA": _CANADIAN,
    "IE": _EIRCODE,
    "AU": _AUSTRALIAN,
}
_EDGE = r"(?<![\w./@-])(?:{})(?![\w-])"
_CODES_COMPILED = {locale: re.compile(_EDGE.format(code)) for locale, code in _CODES.items()}
_CODE_SAID = re.compile(r"\b(?:post|p/?|zip|postal|area) ?code(?: is|:)? ?$")
_HOME_CODE = re.compile(
    r"\b(?:lives?|home|postcode|post code|p/?code|postal code|"
    r"eircode|address|house|area|from|to|at|in)\b"
)
_OWN_HOME = re.compile(r"\b(?:lives?|living|his|her|their|patient|pt|postcode|home)\b")
_UNITS = re.compile(r"(?i:[0-9](?:hr|wk|nd|rd|st|th|yr|ds|ug|gr|pt|nb|ph))$")
_ZIP = re.compile(r"\bzip(?: ?code)?(?: is|:)? ([0-9]{5}(?:-[0-9]{4})?)(?![\w-])")
_POSTCODE = re.compile(r"\b(?:postcode|post code)(?: is|:)? ([0-9]{4})(?![\w-])")

_COUNT = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty)(?! (?:to|of|at|for|in a|more)\b)"
)
_BED = re.compile(
    r"(?<![\w-])(?:(?:(?:ward|bay|side ?room|sr|room|rm)[ -]?[0-9a-z]{0,3}|[a-z][0-9]{1,2}|"
    r"[0-9]{1,2}[a-z]),? )?"
    r"(?<![\w-])bed(?: ?(?:no\.?|number|space))?[ -]?#?(?:[a-d]?[0-9]{1,3}[a-z]?|"
    + _COUNT
    + r")(?![\w/%-]|[.,:][0-9])|(?<![\w-])b[0-9]{1,2}(?=,? (?:on |in )?ward)"
)  # fmt: skip
_WARD_AFTER = re.compile(r",? (?:(?:on|of|in) )?(?:ward|bay|side ?room|room) [0-9a-z]{1,3}\b")
_ROOM = re.compile(
    r"\b(?:pt|pts|patient|lady|gentleman|man|woman|gent|lad|girl|boy|bloke|chap|someone|he|she)"
    r"(?: is| who is)?(?: now)?,? in "
    r"((?:the )?(?:side ?room|sr|room|rm|cubicle|isolation room)[ -]?[0-9]{1,3}[a-z]?)(?![\w:/%-])"
)
_ROOM_FIRST = re.compile(
    r"(?<![\w-])((?:side ?room|sr|room|rm|cubicle)[ -]?[0-9]{1,3}[a-z]?)(?:'s)?,? "
    rf"(?:pt|patient|lady|gentleman|gent|man|woman|lad|chap|{any_of('deeds')}|keeps|is asking|"
    r"is desat\w{0,6}|is septic|is vomiting|is confused|is bleeding|won't|wont|fell|wants|"
    r"has (?:spiked|fallen|been sick|pulled))\b"
)
_NOT_A_BED = re.compile(
    r"^ ?(?:beds?|bedded|bay(?! (?:[a-d]|[0-9]{1,2})\b)|kg|mg|ml|hours?|"
    r"hrs?|h|days?|weeks?|times|x|minutes?|mins?|per|"
    r"nurses?|staff|of (?:[0-9]|these|those|them)|rails?|"
    r"remote|brakes?|motor|call bell|light|curtains?|socket|table|patients?|"
    r"degrees|cm|units?|a day|models?)\b"
)
_FURNITURE = re.compile(
    r"\b(?:model|order|part|serial|replacement|hire|buy|purchase|type|grade|category|step|"
    r"night|per|each)[ -]?$"
)


def find(reading: Reading, policy: Policy) -> Iterator[Finding]:
    """Addresses, postcodes and beds."""
    yield from _addresses(reading)
    yield from _postcodes(reading, policy)
    yield from _beds(reading)


def _addresses(reading: Reading) -> Iterator[Finding]:
    for match in _ADDRESS.finditer(reading.lower):
        confidence = _address_confidence(reading, match)
        if confidence:
            why = "a house number and a street"
            yield Finding(Kind.ADDRESS, *match.span(), confidence, why, "[address]")
    for match in _OWN_HOUSE.finditer(reading.text):
        own = _OWN_ADDRESS.search(reading.before(match.start()))
        if _THE_TREES.match(match[0]) or (own and not _NO_HOUSE.match(match[0])):
            yield Finding(Kind.ADDRESS, *match.span(), 0.5, "a house by its number", "[address]")
    for match in _NAMED_HOUSE.finditer(reading.text):
        if _LIVES.search(reading.before(match.start())):
            yield Finding(Kind.ADDRESS, *match.span(), 0.6, "where somebody lives", "[address]")


def _address_confidence(reading: Reading, match: re.Match[str]) -> float:
    if _is_public(reading, *match.span()) or _FLOOR.search(reading.before(match.start())):
        return 0
    before, sure = reading.before(match.start()), bool(_SURE_STREET.search(match[0]))
    if _OWN_ADDRESS.search(before):
        return 0.85
    if _HOME.search(before):
        return 0.85 if sure or _is_capitalised(reading, match) else 0
    whispered = _PLAIN_STREET.search(match[0]) and not _BETWEEN.search(match[0])
    return 0.6 if whispered or (sure and _is_capitalised(reading, match)) else 0


def _is_public(reading: Reading, start: int, end: int) -> bool:
    near = reading.may_mention(_OPEN_TO_ALL, start - SENTENCE, end + SENTENCE)
    return near and bool(_PUBLIC.search(reading.sentence(start, end)))


def _is_capitalised(reading: Reading, match: re.Match[str]) -> bool:
    named = [
        word
        for word in reading.text[match.start() : match.end()].split()
        if word[0].isalpha() and word.lower() not in ("flat", "apt", "apartment", "unit")
    ]
    return all(word[0].isupper() for word in named[-2:])


def _postcodes(reading: Reading, policy: Policy) -> Iterator[Finding]:
    for locale in sorted(policy.locales & set(_CODES)):
        for match in _CODES_COMPILED[locale].finditer(reading.lower):
            if _is_postcode(reading, match):
                yield _postcode(match, 0)
    cues = [(_ZIP, "US"), (_POSTCODE, "AU")]
    for cue in (cue for cue, locale in cues if locale in policy.locales):
        yield from (_postcode(match, 1) for match in cue.finditer(reading.lower))


def _is_postcode(reading: Reading, match: re.Match[str]) -> bool:
    """Upper case with a space tells by itself; anything else wants to be called a home."""
    called = _CODE_SAID.search(reading.before(match.start(), 20))
    if is_something_else(reading, match.start()) and not called:
        return False
    public = _is_public(reading, *match.span())
    if public and not _OWN_HOME.search(reading.sentence(*match.span())):
        return False
    shown = reading.text[match.start() : match.end()]
    if " " in shown and (shown.isupper() or not _UNITS.search(shown)):
        return True
    return bool(_HOME_CODE.search(reading.before(match.start(), 30)))


def _postcode(match: re.Match[str], group: int) -> Finding:
    return Finding(Kind.POSTCODE, *match.span(group), 0.7, "a full postcode", "[postcode]")


def _beds(reading: Reading) -> Iterator[Finding]:
    for match in _BED.finditer(reading.lower):
        if _is_bed(reading, match):
            ward = _WARD_AFTER.match(reading.after(match.end()))
            end = match.end() + (ward.end() if ward else 0)
            yield Finding(Kind.BED, match.start(), end, 0.6, "a bed says who lies in it", "[bed]")
    rooms = [*_ROOM.finditer(reading.lower), *_ROOM_FIRST.finditer(reading.lower)]
    for match in rooms:
        yield Finding(Kind.BED, *match.span(1), 0.5, "a room says who lies in it", "[room]")


def _is_bed(reading: Reading, match: re.Match[str]) -> bool:
    return not (
        _NOT_A_BED.match(reading.after(match.end()))
        or _FURNITURE.search(reading.before(match.start()))
    )
