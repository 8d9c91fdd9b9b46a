"""Names that nothing announces: two words that are a name, or one that is being nursed."""

import re
from collections.abc import Iterator

from board.privacy import naming, vocabulary
from board.privacy.colleagues import is_no_patient
from board.privacy.findings import Finding, Kind
from board.privacy.policy import Policy
from board.privacy.reading import Reading, Word
from board.privacy.vocabulary import any_of, mention_of

_KIN = rf"(?:{any_of('kin')}|family|parents?|relatives?|visitors?)"
_BELONGS = rf"'s (?:{_KIN}|{any_of('care')})\b"
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
_NURSED_AFTER = re.compile(
    rf"^(?:{_BELONGS}|{_NEEDS}{any_of('care')}\b|{_IN_BED}|{_AGE}|"
    rf" (?:{any_of('deeds')}|{any_of('states')})\b| is (?:a )?(?:[0-9]{{1,3}}\b|type [12]))"
)
# A name that no list has needs to do what only people do.
_STRANGER_AFTER = re.compile(rf"^(?:'s {_KIN}\b| {any_of('deeds')}\b)")
_MAY = re.compile(r"\b(?:can|should|may|could|does|will|is|must|shall) $")
_BE_NURSED = re.compile(
    r"^ (?:still )?(?:have|take|get|eat|drink|keep|need|be given|be|go|allowed) "
    rf"(?:an? )?(?:his|her|home|crushed|to (?:eat|drink|go|be)|discharged|fed|moved|given|safe|nbm|"
    rf"well|{any_of('care')})\b"
)
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|hers)\b")
_HOUSEHOLD = re.compile(r"^(?:'s?)? (?:family|twins?|triplets|baby|parents|newborn)\b")
_SUBJECT = re.compile(r"^(?:'s\b| (?:has|is|was|needs|wants|keeps|fell|for|due)\b)")
_LIST_GOES_ON = re.compile(r"^(?:,| and\b| or\b| &)")


def find(reading: Reading, policy: Policy) -> Iterator[Finding]:
    """Given name and surname, turned round, an initial and a surname, a household, one alone."""
    for index, word in enumerate(reading.words):
        if len(word.text) > 1:
            for rule in (_pair, _turned_round, _initialled, _household, _alone):
                finding = rule(reading, index, word)
                if finding and not is_no_patient(reading, finding.start, finding.end, policy):
                    yield finding


def _pair(reading: Reading, index: int, word: Word) -> Finding | None:
    """Jane Smith, jane smith."""
    if not vocabulary.is_given(word.lower.split("-")[0]):
        return None
    end = naming.end_of(reading, index)
    last = reading.words[end - 1]
    if end - index < 2 or (end - index == 2 and len(last.text) == 1):
        return None
    shown = last.is_capitalised or not word.is_capitalised
    if (naming.is_given(word) and shown) or (word.is_capitalised and naming.is_known(last)):
        return _finding(word.start, last.end, 0.6, "a given name and a surname")
    return None


def _turned_round(reading: Reading, index: int, word: Word) -> Finding | None:
    """Smith, Alan and OKONJO, Blessing."""
    if not (word.is_capitalised and naming.is_adjacent(reading, index, (", ", ","))):
        return None
    family = reading.words[index - 1]
    if not family.is_capitalised or not _may_be_given(reading, family, word):
        return None
    listed = _LIST_GOES_ON.match(reading.after(word.end, 5))
    if family.is_shouted and naming.is_possible(family):
        sure = True
    else:
        sure = not listed and (naming.is_known(family) or _may_be_family(family, word))
    return _finding(family.start, word.end, 0.7, "a surname and a given name") if sure else None


def _may_be_given(reading: Reading, family: Word, word: Word) -> bool:
    if vocabulary.is_given(word.lower.split("-")[0]):
        return True
    opens = reading.text[: family.start].rstrip(" \t")[-1:] in ("", "\n")
    return opens and naming.is_known(family) and naming.is_strange(word)


def _may_be_family(family: Word, word: Word) -> bool:
    return naming.is_strange(family) and naming.is_given(word)


def _initialled(reading: Reading, index: int, word: Word) -> Finding | None:
    """K. Mensah has, K Mensah's bloods."""
    if not naming.is_known(word) or not naming.is_adjacent(reading, index, (" ", ". ", ".")):
        return None
    initial = reading.words[index - 1]
    if len(initial.text) > 1 or initial.is_capitalised != word.is_capitalised:
        return None
    article = initial.lower in ("a", "i") and not word.is_capitalised
    if article or not _SUBJECT.match(reading.after(word.end)):
        return None
    return _finding(initial.start, word.end, 0.5, "an initial and a surname")


def _household(reading: Reading, index: int, word: Word) -> Finding | None:
    """The Patterson twins, the Smith baby."""
    del index
    if word.is_capitalised and naming.is_known(word) and _HOUSEHOLD.match(reading.after(word.end)):
        return _finding(word.start, word.end, 0.5, "a family's name", "[name]")
    return None


def _alone(reading: Reading, index: int, word: Word) -> Finding | None:
    """Doris keeps climbing out of bed; can Reginald have his scan."""
    del index
    if len(word.text) > 2 and _may_stand_alone(word) and _is_nursed(reading, word):
        return _finding(word.start, word.end, 0.5, "a name alone, and care")
    return None


def _may_stand_alone(word: Word) -> bool:
    if not word.is_capitalised:
        return naming.is_given(word)
    given = vocabulary.is_given(word.lower)
    return word.lower not in vocabulary.words("seldom_alone") and (given or naming.is_strange(word))


def _is_nursed(reading: Reading, word: Word) -> bool:
    """Whether what is said of this word is said of a person in a bed."""
    after = reading.after(word.end)
    if not vocabulary.is_given(word.lower):
        return bool(_STRANGER_AFTER.match(after))
    if _NURSED_AFTER.match(after):
        return True
    if _MAY.search(reading.before(word.start, 10)) and _BE_NURSED.match(after):
        return True
    return word.is_capitalised and naming.is_given(word) and _is_one(reading, word)


def _is_one(reading: Reading, word: Word) -> bool:
    """Whether the rest of the sentence is about him or her, and not about work."""
    if not _PRONOUN.search(reading.sentence_after(word.end)):
        return False
    return not mention_of("work").search(reading.sentence(word.start, word.end))


def _finding(
    start: int, end: int, confidence: float, why: str, replacement: str = "the patient"
) -> Finding:
    return Finding(Kind.NAME, start, end, confidence, why, replacement)
