"""Names that are no patient's: staff, authors, places, and what is named after somebody."""

import re
from functools import lru_cache

from board.privacy.policy import Policy
from board.privacy.reading import NEAR, Reading
from board.privacy.vocabulary import any_of, mention_of
from board.privacy.whole_names import is_on_the_staff

_STAFF_BEFORE = re.compile(
    rf"(?:^|[^\w]){any_of('staff')}(?:'s)?(?: in charge| on duty| on call| today| tonight)?"
    r"(?: is| was)?[ ,.:(]{1,3}(?:[a-z]\.? )?"
    r"(?:(?!says|said|told|asked|asks|wants|thinks|about|for|has|saw|sees?|rang|by|with|from|giv|gave|"
    r"help|take|took|walk|hoist|prescrib|stop|start|discharg|clerk|"
    r"examin|intubat|cannulat|bled|move|let|put|send|sent|feed|fed|wash|turn|review|assess|visit|meet|met|check|"
    r"call|tell|moved|treat|scan|consent)"
    r"[a-z'-]{3,12} )?$|"
    r"\bunder (?:the care of )?$|"
    r"\b(?:list|clinic|team|theatre|firm|secretary|round|rota) (?:for|of|with|by) $"
)
_STAFF = re.compile(rf"{any_of('staff')}|list|clinic|team|theatre|firm|secretary|round|rota|under")
_STAFF_AFTER = re.compile(
    r"^(?:(?:,| -| \(|,? (?:is|as|was|who is)\b) ?(?:still )?"
    r"(?:the |our |my |an? |one of the |your )?"
    r"(?:[a-z-]{2,16} ){0,3}?|(?: the| our| my| your)? (?:[a-z-]{3,16} )?)"
    rf"{any_of('staff')}\b"
)
_KIN = re.compile(
    r"\b(?:his|her|their|my|the|pt'?s|patient'?s|'s|older|younger|twin|half)[ -]"
    r"sister(?:-in-law)?[ ,:(]{1,3}$"
)
_DEPARTMENT = re.compile(
    r"^,?(?: ?[(-] ?(?:[a-z-]{2,12} )?|"
    r"(?: who works| works| is| based)? (?:in|from|at|on) (?:the )?)"
    + any_of("departments")
    + r"\b"
)
_AT_WORK = re.compile(
    r"^'s (?:[a-z]{2,14} )?(?:clinics?|lists?|teams?|secretary|(?:ward )?rounds?|protocol|paper|"
    r"chapter|book|firm|patients|trial|study|registrar|office|extension|bleep|email|slides|"
    r"teaching|lecture|table|advice|guideline|rota|theatre)\b"
)
_PLACE = re.compile(
    r"^ (?:[a-z'-]{1,15} )?(?:wards?|hospitals?|wing|house|hospice|building|centre|center|clinic)"
    r"\b(?! ?[0-9])"
)
_NAMED_AFTER = re.compile(
    rf"^(?:'s?)? {any_of('venues')}\b(?! ?(?:[0-9#]|no\b|num))|"
    r"^(?:[ -][a-z-]{3,15}){0,3} (?:type\b|syndrome|disease|dystrophy|anomaly|dysplasia|deficiency)"
)
_FAMOUS = re.compile(
    r"saints?|st\.?|royal|mount|lake|fort|port|university of|(?<!to )the late|president|senator|"
    r"king|queen|prince|princess|sir|pope|judge|written by|edited by|named after|named for|"
    r"described by|founded by|(?<!goes )by|vs?\.?|minister|actor|actress|singer|author|journalist|"
    r"ask|email|contact|thanks|thank you|cheers|regards|sincerely|hi|hello|dear"
)
_FAMOUS_BEFORE = re.compile(rf"\b(?:{_FAMOUS.pattern}) $")
_LITERATURE = re.compile(
    r"^,?(?: [a-z]{1,3}\b)?(?:,? (?:et al|and colleagues|and co-?workers|& )|"
    r"(?:,|\.| &| and)?[^.;\n]{0,25}\(?(?<![0-9][/.-])\b(?:19|20)[0-9]{2}[;:)a-d])"
)
# No citation without one of these.
_CITED = re.compile("et al|and co|& |19[0-9]{2}|20[0-9]{2}")


def is_colleague(reading: Reading, start: int, end: int, policy: Policy) -> bool:
    """Whether this is somebody who works here, or whom the site allows to be named."""
    before, after = reading.before(start), reading.after(end)
    if _is_allowed(reading.lower[start:end], policy):
        return True
    near = reading.may_mention(_STAFF, start - NEAR, start)
    if near and _STAFF_BEFORE.search(before) and not _KIN.search(before):
        return True
    if _PLACE.match(after) and reading.text[end + 1 : end + 2].isupper():
        return True
    if reading.may_mention(_STAFF, end, end + NEAR) and _STAFF_AFTER.match(after):
        return True
    return bool(_AT_WORK.match(after) or _DEPARTMENT.match(after))


def is_no_patient(reading: Reading, start: int, end: int, policy: Policy) -> bool:
    """Whether a name without a title is a colleague's, an author's, a disease's, a building's."""
    after = reading.after(end)
    return bool(
        is_colleague(reading, start, end, policy)
        or is_on_the_staff(reading, start, end, policy)
        or mention_of("named_things").search(reading.lower[start:end].replace("-", " "))
        or _is_famous(reading, start)
        or (reading.may_mention(_CITED, end, end + NEAR) and _LITERATURE.match(after))
        or _NAMED_AFTER.match(after)
    )


def _is_famous(reading: Reading, start: int) -> bool:
    near = reading.may_mention(_FAMOUS, start - NEAR, start)
    return near and bool(_FAMOUS_BEFORE.search(reading.before(start)))


def _is_allowed(name: str, policy: Policy) -> bool:
    if not (policy.staff or policy.wards):
        return False
    words = name.replace(".", "").split()
    return any(_ends_with(words, allowed) for allowed in _allowed(policy))


@lru_cache(maxsize=32)
def _allowed(policy: Policy) -> tuple[list[str], ...]:
    return tuple(name.lower().split() for name in (*policy.staff, *policy.wards) if name.strip())


def _ends_with(words: list[str], part: list[str]) -> bool:
    """So that "Okafor" allows "Ms Okafor" and "Ada Okafor", not "Okafor Smith"."""
    return words[-len(part) :] == part
