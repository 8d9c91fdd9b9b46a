"""Names of patients and their families, from what stands around them."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from board.privacy import bare_names, naming, vocabulary
from board.privacy.colleagues import is_colleague
from board.privacy.findings import Finding, Kind
from board.privacy.policy import Policy
from board.privacy.reading import Reading, Word

_LOOSE_TITLES = frozenset("baby twin infant newborn lady lord sir dame".split())
_NOT_A_TITLE_AFTER = frozenset(
    "to not you we they i will would may might can cannot don't never if often don often nurses "
    "and or easily people did could".split()
)
_PERSON = (
    r"(?:pt|pts|patient|patients|lady|gentleman|gent|man|woman|girl|boy|child|toddler|baby|resident|"
    r"chap|bloke|bloke|someone|somebody|client|visitor|relative|teenager|guy|lad|in ?patient|person|"
    r"he is|she is|he's|she's|who is)"
)
_KIN = (
    r"(?:wife|husband|partner|son|daughter|mum|mom|mother|dad|father|brother|sister|niece|nephew|"
    r"aunt|uncle|granddaughter|grandson|grandson|gran|nan|neighbour|carer|cousin|fianc[eé]e?|"
    r"friend|guardian|next of kin|nok|sister-in-law|brother-in-law|mother-in-law|son-in-law|daughter-in-law|stepson|stepdaughter|ex-wife|"
    r"ex-husband|lasting power of attorney)"
)
_CUES = re.compile(
    rf"\b(?:{_PERSON}(?: is| was| who is)?,? (?:called|named|known as|by the name of)|"
    r"(?:his|her|their|patient'?s|pt'?s|baby'?s|child'?s|whose|full|real) (?:full |first |last |sur|preferred )?names?(?: is| was|:|,)?(?: now)?|"
    r"surname(?: is| was|:)?|(?:first|last|full|given) name(?: is| was|:)?|(?<!brand )name is|"
    r"(?:pt|pts|patient|client|pt's|patient's name|inpatient)(?: name)?(?: is|:| -)?|"
    r"(?:lady|gentleman|gent|chap|bloke)|"
    rf"(?:his|her|their|the|with|pt'?s|patient'?s|\w{{2,15}}'s|^|\n|[.,:;] ?|by|from|to)? ?{_KIN}(?: is|:)?(?: called| named)?|"
    r"re|regarding|concerning)[ ,:\"'(]{1,3}"
)  # fmt: skip
_REPLACED_BY_PLACE = re.compile(r"\b(?:re|regarding|concerning)[ ,:]{1,3}$")
_ANCHOR = re.compile(
    r"[ ,(:-]{1,3}(?:d\.?o\.?b\b|date of birth|nhs\b|mrn\b|hosp(?:ital)? (?:no|num)|chi [0-9]|born [0-9]|"
    r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}\b|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}|"
    r"\(?(?:aged? )?[0-9]{2,3} ?(?:yo\b|y/o|yrs? old|years? old|year-old)|[0-9]{2}(?:,|\))|bed [0-9]|hosp no)"
)
_NUMBER_ANCHOR = re.compile(r"^[ ,(:-]{1,3}(?:d|nhs|mrn|hosp|chi|born)")


def find(reading: Reading, policy: Policy) -> Iterator[Finding]:
    """Names with a title, after a cue, or next to a number; then those that stand bare."""
    for index, word in enumerate(reading.words):
        yield from _titled(reading, index, word, policy)
    yield from _cued(reading, policy)
    yield from _anchored(reading, policy)
    yield from bare_names.find(reading, policy)


def _titled(reading: Reading, index: int, word: Word, policy: Policy) -> Iterator[Finding]:
    """Mr Okafor, mrs de souza, Baby Adeyemi, Twin 2 Kaur."""
    loose = word.lower in _LOOSE_TITLES
    if not (loose or word.lower in naming.TITLES) or not _is_title(reading, index, word):
        return
    name = _after_title(reading, index, loose=loose)
    if name is None:
        return
    end = reading.words[naming.goes_on(reading, name) - 1].end
    if not is_colleague(reading, word.start, end, policy, titled=True):
        confidence = 0.7 if loose else 0.85
        yield Finding(Kind.NAME, word.start, end, confidence, "a title and a name", "the patient")


def _is_title(reading: Reading, index: int, word: Word) -> bool:
    before = reading.words[index - 1].lower if index else ""
    if word.lower == "miss" and not word.is_capitalised and before in _NOT_A_TITLE_AFTER:
        return False
    if word.lower in ("lady", "lord", "sir", "dame", "master"):
        return word.is_capitalised
    return True


def _after_title(reading: Reading, index: int, *, loose: bool) -> int | None:
    """The word where the name begins, after initials, "boy" or the number of a twin."""
    words, title = reading.words, reading.words[index]
    gaps = (" ", ". ", ".", "  ") if not loose else (" ", " 1 ", " 2 ", " 3 ")
    at = index + 1
    for _ in range(3):
        if not naming.is_adjacent(reading, at, gaps):
            return None
        skipped = words[at].lower in ("boy", "girl", "of", "one", "two") if loose else False
        if not skipped and len(words[at].text) > 1:
            break
        at, gaps = at + 1, (" ", ". ", ".", "' ")
    return at if at < len(words) and _fits_title(title, words[at], loose=loose) else None


def _fits_title(title: Word, word: Word, *, loose: bool) -> bool:
    if len(word.text) < 2 or not word.text[0].isalpha():
        return False
    if loose and vocabulary.is_eponym(word.lower):
        return False
    if loose:
        known = naming.is_known(word)
        return known or (word.is_capitalised and not word.is_shouted and naming.is_strange(word))
    if title.text in ("MR", "MS"):  # magnetic resonance, multiple sclerosis
        return word.is_shouted and (naming.is_known(word) or naming.is_strange(word))
    return naming.is_name_after_title(word)


def _cued(reading: Reading, policy: Policy) -> Iterator[Finding]:
    """pt jane smith, a lady called Doris, his wife Claire."""
    starts = [word.start for word in reading.words]
    for match in _CUES.finditer(reading.lower):
        index = bisect_left(starts, match.end())
        if index == len(starts) or starts[index] != match.end():
            continue
        first = reading.words[index]
        if not naming.is_name_after_cue(first) or first.lower in naming.TITLES:
            continue
        end = naming.goes_on(reading, index)
        if _REPLACED_BY_PLACE.search(match[0]) and end - index < 2:
            continue
        stop = reading.words[end - 1].end
        if not _is_named_thing(reading, first, stop, policy):
            yield Finding(
                Kind.NAME, first.start, stop, 0.75, "it follows a word for a person", "[name]"
            )


def _is_named_thing(reading: Reading, first: Word, stop: int, policy: Policy) -> bool:
    return is_colleague(reading, first.start, stop, policy, titled=False)


def _anchored(reading: Reading, policy: Policy) -> Iterator[Finding]:
    """Any two strange words right before a date of birth or a number."""
    ends = [word.end for word in reading.words]
    for match in _ANCHOR.finditer(reading.lower):
        index = bisect_left(ends, match.start())
        if index == len(ends) or ends[index] != match.start():
            continue
        numbered = bool(_NUMBER_ANCHOR.match(match[0]))
        first = _run_back(reading, index, numbered=numbered)
        if first is None:
            continue
        start, end = reading.words[first].start, reading.words[index].end
        if not is_colleague(reading, start, end, policy, titled=False):
            yield Finding(Kind.NAME, start, end, 0.65, "a name next to a number", "the patient")


def _run_back(reading: Reading, index: int, *, numbered: bool) -> int | None:
    """Where a name begins that ends here: two words, or one that is surely a name."""
    word = reading.words[index]
    if not _is_nameish(word):
        return None
    if naming.is_adjacent(reading, index, (" ", ", ")):
        before = reading.words[index - 1]
        both = before.is_capitalised and word.is_capitalised
        if _is_nameish(before) and (both or (numbered and before.lower not in naming.TITLES)):
            return index - 1
    alone = naming.is_given(word) or (numbered and (naming.is_known(word) or word.is_capitalised))
    return index if alone or (word.is_capitalised and naming.is_known(word)) else None


def _is_nameish(word: Word) -> bool:
    if vocabulary.is_eponym(word.lower) and not naming.is_known(word):
        return False
    return naming.is_known(word) or naming.is_strange(word)
