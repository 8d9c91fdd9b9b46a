"""What is said of somebody in a bed, and of nobody and nothing else."""

import re

from board.privacy.reading import Reading
from board.privacy.vocabulary import any_of

_KIN = rf"(?:{any_of('kin')}|family|parents?|relatives?|visitors?)"
_SOME = r"(?:only |main |eldest |elderly |own |other |new |two |last |next |latest |repeat )?"
_BELONGS = rf"'s? {_SOME}(?:{_KIN}|{any_of('care')})\b"
_NEEDS = (
    r" (?:still )?(?:needs|has|is on|wants|requires|is due|is for|is having) "
    r"(?:an? |his |her |some |more |two |help |to be |to have |new |low |high |no |type )?"
)
_IN_BED = (
    r",? (?:who is |is |who's )?(?:in|from|by|on|near) (?:the |our )?(?:\w{3,6} )?"
    r"(?:bed|bay|side ?room|room|corner|cubicle|window|ward|chair)\b"
)
_AGE = (
    r",? \(?(?:aged? [0-9]{1,3}\b|(?:is )?[0-9]{1,3} (?:days|weeks|months|years) old|"
    r"[0-9]{1,3} ?(?:yo|y/o|yrs?|years?|months?|m|f)\b|dob\b|d\.o\.b|nhs\b|mrn\b|hosp\b)"
)
NURSED_AFTER = re.compile(
    rf"^(?:{_BELONGS}|{_NEEDS}{any_of('care')}\b|{_IN_BED}|{_AGE}|"
    r",? (?:our|my|the|an?) (?:[a-z-]{3,12} ){0,2}(?:patient|stayer|resident|gentleman|lady|"
    r"inpatient|boarder|man|woman|boy|girl)\b|"
    rf" (?:{any_of('deeds')}|{any_of('states')})\b| is (?:a )?(?:[0-9]{{1,3}}\b|type [12]))"
)
# A name that no list has needs to do what only people do.
STRANGER_AFTER = re.compile(rf"^(?:'s {_KIN}\b| {any_of('deeds')}\b)")
GIVE = re.compile(r"\b(?:give|gave|giving|get|let|help|hand|bring|show|lend|send|feed|wash) $")
HIS_OR_HER = re.compile(r"^ (?:his|her)\b")
AGED = re.compile(f"^{_AGE}")
MAY = re.compile(r"\b(?:can|should|may|could|does|did|will|is|must|shall|has|if|when) $")
BE_NURSED = re.compile(
    r"^ (?:still )?(?:have|take|get|eat|drink|keep|need|be given|be|go|allowed) "
    rf"(?:an? )?(?:his|her|home|crushed|to (?:eat|drink|go|be)|discharged|fed|moved|given|safe|nbm|"
    rf"on|for|in|seen|allowed|well|{any_of('care')})\b"
)
SUBJECT = re.compile(
    r"^(?:'s\b| (?:has|is|was|needs|wants|keeps|fell|for|due|day [0-9]|"
    r"post|pre|potassium|to|on|nbm|refusing|in)\b)"
)


def is_nursed(reading: Reading, end: int) -> bool:
    """Whether what stands after here is said of somebody in a bed."""
    after = reading.after(end)
    return bool(NURSED_AFTER.match(after) or SUBJECT.match(after))
