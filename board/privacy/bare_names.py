"""Names that nothing announces: two words that are a name, or one that is being nursed."""

import re
from collections.abc import Iterator

from board.privacy import naming, vocabulary
from board.privacy.colleagues import is_no_patient
from board.privacy.findings import Finding, Kind
from board.privacy.policy import Policy
from board.privacy.reading import SENTENCE, Reading, Word
from board.privacy.vocabulary import any_of, mention_of

_KIN = rf"(?:{any_of('kin')}|family|parents?|relatives?|visitors?)"
_BELONGS = rf"'s? (?:{_KIN}|{any_of('care')})\b"
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
    r",? (?:our|my|the|an?) (?:[a-z-]{3,12} ){0,2}(?:patient|stayer|resident|gentleman|lady|"
    r"inpatient|boarder|man|woman|boy|girl)\b|"
    rf" (?:{any_of('deeds')}|{any_of('states')})\b| is (?:a )?(?:[0-9]{{1,3}}\b|type [12]))"
)
# A name that no list has needs to do what only people do.
_STRANGER_AFTER = re.compile(rf"^(?:'s {_KIN}\b| {any_of('deeds')}\b)")
_GIVE = re.compile(r"\b(?:give|gave|giving|get|let|help|hand|bring|show|lend|send|feed|wash) $")
_HIS_OR_HER = re.compile(r"^ (?:his|her)\b")
_AGED = re.compile(f"^{_AGE}")
_MAY = re.compile(r"\b(?:can|should|may|could|does|did|will|is|must|shall|has|if|when) $")
_BE_NURSED = re.compile(
    r"^ (?:still )?(?:have|take|get|eat|drink|keep|need|be given|be|go|allowed) "
    rf"(?:an? )?(?:his|her|home|crushed|to (?:eat|drink|go|be)|discharged|fed|moved|given|safe|nbm|"
    rf"on|for|in|seen|allowed|well|{any_of('care')})\b"
)
_HE_OR_SHE = re.compile("he|hi[ms]")
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|hers)\b")
_HOUSEHOLD = re.compile(r"^(?:'s?)? (?:family|twins?|triplets|baby|parents|newborn)\b")
_SUBJECT = re.compile(
    r"^(?:'s\b| (?:has|is|was|needs|wants|keeps|fell|for|due|day [0-9]|"
    r"post|pre|potassium|to|on|nbm|refusing|in)\b)"
)
_DASH = re.compile(r"^(?: -|,? (?:dob|nhs|mrn|bed|needs|has|is|for|due|on|was)\b|:|$)")
_SELDOM_ALONE = vocabulary.words("seldom_alone")
_LIST_GOES_ON = re.compile(r"^(?:,| and\b| or\b| &)")


def find(reading: Reading, policy: Policy) -> Iterator[Finding]:
    """Given name and surname, turned round, an initial and a surname, a household, one alone."""
    for index, word in enumerate(reading.words):
        if len(word.text) > 1 and (word.is_capitalised or naming.is_listed(word)):
            for rule in (_pair, _turned_round, _initialled, _household, _alone):
                finding = rule(reading, index, word)
                if finding and not is_no_patient(reading, finding.start, finding.end, policy):
                    yield finding


def _pair(reading: Reading, index: int, word: Word) -> Finding | None:
    """Jane Smith, jane smith, Oleg Petrenko."""
    if not naming.begins_given(word):
        return _strange_pair(reading, index, word)
    end = naming.end_of(reading, index)
    if end - index == 1 and _is_nursed_pair(reading, index):
        end += 1
    last = reading.words[end - 1]
    if end - index == 2 and vocabulary.is_given(word.lower) and _is_nursed_pair(reading, index):
        return _finding(word.start, last.end, 0.5, "two names, and care")
    if end - index < 2 or (end - index == 2 and len(last.text) == 1):
        return None
    shown = last.is_capitalised or not word.is_capitalised
    if shown and (naming.is_given(word) or naming.is_known(last)):
        return _finding(word.start, last.end, 0.6, "a given name and a surname")
    return None


def _strange_pair(reading: Reading, index: int, word: Word) -> Finding | None:
    """A given name that no list has, and a surname that one has."""
    if not (word.is_capitalised and naming.is_adjacent(reading, index + 1)):
        return None
    last = reading.words[index + 1]
    if not (vocabulary.is_family(last.lower) and naming.is_known(last) and last.is_capitalised):
        return None
    if (
        len(last.text) < 3
        or word.is_shouted
        or not naming.is_strange(word)
        or vocabulary.is_family(word.lower)
    ):
        return None
    if vocabulary.is_eponym(word.lower) or vocabulary.is_eponym(last.lower):
        return None
    return _finding(word.start, last.end, 0.5, "a name and a surname")


def is_nursed(reading: Reading, end: int) -> bool:
    """Whether what stands after here is said of somebody in a bed."""
    after = reading.after(end)
    return bool(_NURSED_AFTER.match(after) or _SUBJECT.match(after))


def _is_nursed_pair(reading: Reading, index: int) -> bool:
    """Dawn French has chest pain: everyday words, but capitalised, and somebody is nursed."""
    first, at = reading.words[index], index + 1
    if not (first.is_capitalised and naming.is_adjacent(reading, at)):
        return False
    last = reading.words[at]
    shown = last.is_capitalised and len(last.text) > 2 and not last.is_shouted
    return shown and bool(_NURSED_AFTER.match(reading.after(last.end)))


def _turned_round(reading: Reading, index: int, word: Word) -> Finding | None:
    """Smith, Alan and OKONJO, Blessing."""
    gaps = (", ", ",") if word.is_capitalised and not word.is_shouted else (", ", ",", " ")
    if not naming.is_adjacent(reading, index, gaps):
        return None
    family = reading.words[index - 1]
    if word.is_shouted and not family.is_shouted:
        return None
    if not word.is_capitalised or not family.is_capitalised:
        return _whispered(reading, family, word)
    if not _may_be_given(reading, family, word):
        return None
    end = reading.words[naming.end_of(reading, index) - 1].end
    listed = _LIST_GOES_ON.match(reading.after(end, 5))
    if family.is_shouted and naming.is_possible(family):
        sure = True
    else:
        sure = not listed and (naming.is_known(family) or _may_be_family(family, word))
    return _finding(family.start, end, 0.7, "a surname and a given name") if sure else None


def _whispered(reading: Reading, family: Word, word: Word) -> Finding | None:
    """pascoe, jean: opening a text, with a dash or nothing after it."""
    known = naming.is_known(family) and vocabulary.is_given(word.lower)
    if not known or reading.text[: family.start].strip():
        return None
    both = naming.is_given(word) and reading.text[family.end] == " "
    if both or _DASH.match(reading.after(word.end)):
        return _finding(family.start, word.end, 0.6, "a surname and a given name")
    return None


def _may_be_given(reading: Reading, family: Word, word: Word) -> bool:
    if naming.begins_given(word):
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
    if vocabulary.is_family(word.lower) and _HOUSEHOLD.match(reading.after(word.end)):
        if not naming.is_known(word):
            return None
        return _finding(word.start, word.end, 0.5, "a family's name", "[name]")
    return None


def _alone(reading: Reading, index: int, word: Word) -> Finding | None:
    """Doris keeps climbing out of bed; can Reginald have his scan."""
    del index
    if len(word.text) > 2 and _may_stand_alone(word) and _is_nursed(reading, word):
        return _finding(word.start, word.end, 0.5, "a name alone, and care")
    return None


@naming.once
def _may_stand_alone(word: Word) -> bool:
    if not word.is_capitalised:
        return vocabulary.is_given(word.lower)
    if word.lower in _SELDOM_ALONE:
        return False
    if vocabulary.is_given(word.lower) or naming.is_known(word):
        return True
    return not word.is_shouted and naming.is_strange(word)


def _is_nursed(reading: Reading, word: Word) -> bool:
    """Whether what is said of this word is said of a person in a bed."""
    before, after = reading.before(word.start, 10), reading.after(word.end)
    if _GIVE.search(before) and _HIS_OR_HER.match(after):
        return True
    if not vocabulary.is_given(word.lower):
        return bool(_STRANGER_AFTER.match(after) or (_is_surname(word) and _AGED.match(after)))
    if not word.is_capitalised and not naming.is_given(word):
        return False
    if _NURSED_AFTER.match(after):
        return True
    if _MAY.search(before) and _BE_NURSED.match(after):
        return True
    return naming.is_given(word) and _is_one(reading, word)


def _is_surname(word: Word) -> bool:
    return naming.is_known(word) and not vocabulary.is_eponym(word.lower)


def _is_one(reading: Reading, word: Word) -> bool:
    """Whether the rest of the sentence is about him or her, and not about work."""
    told = reading.may_mention(_HE_OR_SHE, word.end, word.end + SENTENCE)
    if not (told and _PRONOUN.search(reading.sentence_after(word.end))):
        return False
    return not mention_of("work").search(reading.sentence(word.start, word.end))


def _finding(
    start: int, end: int, confidence: float, why: str, replacement: str = "the patient"
) -> Finding:
    return Finding(Kind.NAME, start, end, confidence, why, replacement)
