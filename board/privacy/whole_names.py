"""Whole names of those who work here, as the directory has them: no patient's, unless nursed.

A surname alone is never enough, for a patient may have the same; nor is a name after "pt" or before
a date of birth, for a patient may have that one too.
"""

import re
from functools import lru_cache
from itertools import combinations, product

from board.privacy.policy import Policy
from board.privacy.reading import Reading
from board.privacy.vocabulary import any_of, plain, words

_TITLES = words("titles") | {"dr", "doctor", "prof", "professor", "sister", "matron", "nurse", "sr"}
_WORDS_BEFORE = re.compile(r"(?<![\w'-])([\w'-]{1,30} )?([\w'-]{1,30} )$")
_WORDS_AFTER = re.compile(r"( [^\W\d_][\w'-]{0,29})( [^\W\d_][\w'-]{0,29})?(?![\w-])")
_PATIENT_BEFORE = re.compile(
    rf"(?:\b(?:{any_of('people')}|{any_of('kin')}|{any_of('titles')}\.?|"
    r"(?:sur)?names?(?: is|'s)?|called|named|known as|seen|reviewing|admitted|admitting|"
    r"discharging|transferring|nursing|handing over|looking after|caring for|re|regarding|"
    rf"concerning|(?:relatives|family|parents) of|{any_of('care')} (?:of|for|on|from)|"
    r"(?:bed|bay|room|cubicle) ?[0-9]{1,2}[a-d]?|dob|nhs|mrn)|[0-9]{3})"
    r"(?:[ ,:\"'(-]| - ){1,3}$"
)
_PATIENT_AFTER = re.compile(
    r"^(?:'s? |,? (?:still )?(?:needs|has|is on|wants|requires|is due|is for|is having) )"
    r"(?:an? |his |her |some |more |to be |to have |new |low |high |no )?"
    rf"{any_of('care')}\b|"
    rf"^ {any_of('deeds')}\b|^'s? {any_of('kin')}\b|"
    r"^[ ,(:-]{1,3}(?:aged?\b|d\.?o\.?b\b|date of birth|born\b|nhs\b|mrn\b|hosp|[0-9]{6}|"
    r"[0-9]{3}[ -][0-9]{3}|[0-9]{1,2}[/.][0-9]|[0-9]{2}[,)]|"
    r"[0-9]{1,3}[ -]?(?:yo\b|y/o|yrs?\b|years?\b|months?\b|[mf]\b))|"
    r"^,? (?:who is |is )?(?:in|from|by|on) (?:the )?(?:\w{3,6} )?"
    r"(?:bed|bay|side ?room|cubicle|chair)\b|"
    r"^,? (?:is )?(?:our|my|the|an?) (?:[a-z-]{3,12} ){0,2}(?:patient|resident|inpatient)\b"
)


def whole_name(name: str) -> str:
    """A name of the directory as it is looked for: without titles, accents and capitals; empty for
    one that has no forename and surname.
    """
    parts = plain(name.replace("\u2019", "'").lower()).replace(".", " ").split()
    while parts and parts[0] in _TITLES:
        parts.pop(0)
    is_whole = len(parts) > 1 and min(len(parts[0]), len(parts[-1])) > 1
    return " ".join(parts) if is_whole else ""


def is_on_the_staff(reading: Reading, start: int, end: int, policy: Policy) -> bool:
    """Whether this is the whole name of somebody who works here, or a part of it where it stands
    whole, said of no patient.
    """
    if plain(reading.lower[start:end]) not in _parts(policy.directory):
        return False
    for first, last in product(_starts(reading, start), _ends(reading, end)):
        if plain(reading.lower[first:last]) in policy.directory:
            is_patient = _PATIENT_BEFORE.search(reading.before(first))
            return not (is_patient or _PATIENT_AFTER.match(reading.after(last)))
    return False


@lru_cache(maxsize=8)
def _parts(directory: frozenset[str]) -> frozenset[str]:
    """Each name and each part of one: what is none of these need not be looked at more closely."""
    found = set[str]()
    for name in directory:
        parts = name.split()
        for first, last in combinations(range(len(parts) + 1), 2):
            found.add(" ".join(parts[first:last]))
    return frozenset(found)


def _starts(reading: Reading, start: int) -> list[int]:
    """Where the name may begin: here, or one or two words earlier, as Mary Ann Smith's does."""
    before = _WORDS_BEFORE.search(reading.before(start))
    lengths = [len(word or "") for word in before.groups()] if before else [0, 0]
    return [start, start - lengths[1], start - sum(lengths)]


def _ends(reading: Reading, end: int) -> list[int]:
    """Where it may end: here, or one or two words later."""
    after = _WORDS_AFTER.match(reading.after(end))
    lengths = [len(word or "") for word in after.groups()] if after else [0, 0]
    return [end, end + lengths[0], end + sum(lengths)]
