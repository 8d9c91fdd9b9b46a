"""Names that nothing announces: two words that are a name, or one that is being nursed."""

import re
from collections.abc import Iterator, Set

from board.privacy import alone, naming, vocabulary
from board.privacy.colleagues import is_no_patient
from board.privacy.findings import Finding, Kind
from board.privacy.nursing import NURSED_AFTER, is_nursed
from board.privacy.policy import Policy
from board.privacy.reading import Reading, Word
from board.privacy.vocabulary import mention_of

_HOUSEHOLD = re.compile(r"^(?:'s?)? (?:family|twins?|triplets|baby|parents|newborn)\b")
_DASH = re.compile(r"^(?: -|,? (?:dob|nhs|mrn|bed|needs|has|is|for|due|on|was)\b|:|$)")
_LIST_GOES_ON = re.compile(r"^(?:,| and\b| or\b| &)")


def find(reading: Reading, policy: Policy, announced: Set[int]) -> Iterator[Finding]:
    """Given name and surname, turned round, an initial and a surname, a household, one alone."""
    said = 0
    for index, word in enumerate(reading.words):
        if len(word.text) > 1 and (word.is_capitalised or naming.is_like_a_name(word)):
            for rule in _RULES:
                if rule in _OF_ONE_WORD and (word.start < said or word.start in announced):
                    break  # within a name that was found only a longer one still counts
                finding = rule(reading, index, word)
                if finding and not is_no_patient(reading, finding.start, finding.end, policy):
                    said = max(said, finding.end)
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
    if mention_of("staff").fullmatch(word.lower):
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


def _is_nursed_pair(reading: Reading, index: int) -> bool:
    """Dawn French has chest pain: everyday words, but capitalised, and somebody is nursed."""
    first, at = reading.words[index], index + 1
    if not (first.is_capitalised and naming.is_adjacent(reading, at)):
        return False
    last = reading.words[at]
    shown = last.is_capitalised and len(last.text) > 2 and not last.is_shouted
    return shown and bool(NURSED_AFTER.match(reading.after(last.end)))


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
    if article or not is_nursed(reading, word.end):
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


def _finding(
    start: int, end: int, confidence: float, why: str, replacement: str = "the patient"
) -> Finding:
    return Finding(Kind.NAME, start, end, confidence, why, replacement)


_OF_ONE_WORD = (_household, alone.find)
_RULES = (_pair, _turned_round, _initialled, *_OF_ONE_WORD)
