"""Names that are no patient's: staff, authors, places, and what is named after somebody."""

import re
from functools import cache, lru_cache

from board.privacy import vocabulary
from board.privacy.policy import Policy
from board.privacy.reading import Reading

_KIN = re.compile(
    r"\b(?:his|her|their|my|the|pt'?s|patient'?s|'s|older|younger|twin|half)[ -]sister(?:-in-law)?[ ,:(]{1,3}$"
)
_OTHERS_BEFORE = re.compile(
    r"\b(?:saints?|st\.?|royal|mount|lake|fort|port|university of|the late|president|senator|"
    r"king|queen|prince|princess|sir|pope|judge|written by|edited by|named after|named for|"
    r"described by|founded by|by|vs?\.?|minister|actor|actress|singer|author|journalist|"
    r"ask|email|contact|thanks|thank you|cheers|regards|sincerely|hi|hello|dear) $"
)
_LITERATURE = re.compile(
    r"^,?(?: [a-z]{1,3}\b)?(?:,? (?:et al|and colleagues|and co-?workers|& )|"
    r"(?:,|\.| &| and)?[^.;\n]{0,25}\(?\b(?:19|20)[0-9]{2}[;:)a-d])"
)
_DEPARTMENT = re.compile(
    r"^,?[ (]{1,2}(?:(?:who works |works |is |based )?(?:in|from|at|on) )(?:the )?(?:pharmacy|microbiology|radiology|"
    r"it\b|icu|itu|ebme|estates|procurement|infection control|switchboard|theatres?|pathology|"
    r"haematology|the lab|labs?|education|occupational health|physio|hr|finance|security|pals|"
    r"governance|transport|portering|catering|training|outreach|patholog\w+|blood bank|x-?ray)\b"
)
_WORKS = re.compile(
    r"^'s (?:[a-z]{2,14} )?(?:clinics?|list|lists|team|teams|secretary|ward round|round|rounds|protocol|paper|"
    r"chapter|book|firm|patients|trial|study|registrar|book|office|extension|bleep|email|slides|"
    r"teaching|lecture|table|advice|guideline|rota|op list|theatre|theatre list)\b"
)
_SPECIALTY = re.compile(
    r"^,? ?[(-] ?(?:[a-z-]{2,12} )?(?:\w{3,14}(?:ology|opaedics|iatrics|aesthetics)|ortho|gynae|surgery|"
    r"surgical|medicine|vascular|ent|icu|plastics|physio|pharmacy|theatres?|radiographer)\b"
)
_PLACE = re.compile(
    r"^ (?:[a-z'-]{1,15} )?(?:wards?|hospitals?|wing|house|hospice|building|centre|center|clinic)\b(?! ?[0-9])"
)


def is_colleague(reading: Reading, start: int, end: int, policy: Policy, *, titled: bool) -> bool:
    """Whether a name belongs to somebody or something other than a patient."""
    before, after = reading.before(start), reading.after(end)
    if _is_allowed(reading.lower[start:end], policy):
        return True
    if _staff_before().search(before) and not _KIN.search(before):
        return True
    if _staff_after().match(after) or _WORKS.match(after) or _DEPARTMENT.match(after):
        return True
    if _SPECIALTY.match(after):
        return True
    if _PLACE.match(after) and reading.text[end + 1 : end + 2].isupper():
        return True
    return not titled and _is_something(before, after)


def _is_something(before: str, after: str) -> bool:
    """Whether a name without a title is an author's, a disease's or a building's."""
    return bool(
        _OTHERS_BEFORE.search(before) or _LITERATURE.match(after) or _named_after().match(after)
    )


def _is_allowed(name: str, policy: Policy) -> bool:
    words = name.replace(".", "").split()
    return any(_contains(words, allowed) for allowed in _allowed(policy))


@lru_cache(maxsize=32)
def _allowed(policy: Policy) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(name.lower().split()) for name in (*policy.staff, *policy.wards))


def _contains(words: list[str], part: tuple[str, ...]) -> bool:
    """Whether the last words are these, so that "Okafor" allows "Ms Okafor" and no more."""
    return bool(part) and tuple(words[-len(part) :]) == part


@cache
def _staff_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[^\w])(?:{vocabulary.phrases('staff')})(?:'s)?(?: in charge| on duty| on call| today| tonight)?(?: is| was)?(?:[ ,.:(]{{1,3}}|, ?)(?:[a-z]\.? )?(?:[a-z'-]{{3,12}} )?$"
    )


@cache
def _staff_after() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:,| -| \(|,? (?:is|as|was)|,? who is)? ?(?:the |our |my |a |an |one of the |your )?"
        rf"(?:[a-z-]{{3,16}} ){{0,3}}?(?:{vocabulary.phrases('staff')})\b(?!'s (?:told|said|advice))"
    )


@cache
def _named_after() -> re.Pattern[str]:
    return re.compile(rf"^(?:'s?)? (?:{vocabulary.phrases('venues')})\b(?! ?(?:[0-9#]|no\b|num))")
