"""Names that something announces: a title, a word for a person, a number beside them."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from board.privacy import bare_names, naming, nursing, vocabulary
from board.privacy.colleagues import is_colleague, is_no_patient
from board.privacy.findings import Finding, Kind
from board.privacy.policy import Policy
from board.privacy.reading import Reading, Word
from board.privacy.vocabulary import any_of

_TITLES = vocabulary.words("titles")
_LOOSE_TITLES = vocabulary.words("loose_titles")
_CAPITALISED_TITLES = frozenset(["lady", "lord", "sir", "dame", "master"])
_NO_SURNAME_YET = frozenset(["boy", "girl", "of", "one", "two"])
_CUES = re.compile(
    rf"\b(?:{any_of('people')}(?: is| was| who is)?,? (?:called|named|known as|by the name of|"
    r"goes by|goes by the name of|answers to|likes to be called|prefers to be called|prefers)|"
    r"(?:call|called|calls) (?:him|her)|"
    r"(?:his|her|their|patient'?s|pt'?s|baby'?s|child'?s|whose|full|real) "
    r"(?:full |first |last |sur|preferred )?names?(?:'s| is| was|:|,)?(?: now)?|"
    r"(?:surname|first name|last name|full name|given name)(?: is| was|:)?|"
    r"(?<!brand )(?<!my )name is|(?<![a-z] )name ?[:=-]|"
    r"(?:pt|pts|patient|client|pt's|inpatient)(?: name)?(?: is|:| -)?|lady|gentleman|gent|chap|"
    rf"bloke|{any_of('kin')}(?: is|:| of)?(?: called| named)?|(?:relatives|family|parents) of|"
    r"(?:bed|bay|side ?room|sr|room|rm|cubicle)[ -]?[0-9]{1,3}[a-z]?(?: is| -|:)?|"
    rf"twins|re|regarding|concerning|{any_of('care')} (?:of|for|on|from)|admitted|admitting|"
    r"discharging|transferring|nursing|handing over|looking after|caring for|seen|reviewing)"
    r"[ ,:\"'(]{1,3}"
)
# After these, one strange word may be a thing; two are a name.
_ABOUT = re.compile(
    rf"^(?:bed|bay|side|sr|room|rm|cubicle|re|regarding|concerning|"
    rf"{any_of('care')} (?:of|for|on|from)|admitt|discharging|transferring|nursing|"
    r"handing|looking|caring|seen|reviewing)"
)
_ANCHOR = re.compile(
    r"[ ,(:-]{1,3}(?:(d\.?o\.?b\b|date of birth|nhs\b|mrn\b|hosp(?:ital)? (?:no|num)|chi [0-9]|"
    r"born [0-9])|[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}\b|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}|"
    r"\(?(?:aged? )?[0-9]{2,3} ?(?:yo\b|y/o|yrs? old|years? old|year-old)|[0-9]{2}[,)]|bed [0-9])"
)


def find(reading: Reading, policy: Policy) -> Iterator[Finding]:
    """Names with a title, after a cue, or next to a number; then those that stand bare."""
    announced = list(_announced(reading, policy))
    yield from announced
    yield from bare_names.find(reading, policy, {finding.start for finding in announced})


def _announced(reading: Reading, policy: Policy) -> Iterator[Finding]:
    for index, word in enumerate(reading.words):
        if word.lower in _TITLES or word.lower in _LOOSE_TITLES:
            yield from _titled(reading, index, policy)
    yield from _cued(reading, policy)
    yield from _anchored(reading, policy)


def _titled(reading: Reading, index: int, policy: Policy) -> Iterator[Finding]:
    """Mr Okafor, mrs de souza, Baby Adeyemi, Twin 2 Kaur."""
    title = reading.words[index]
    if not _is_title(reading, index):
        return
    name = _after_title(reading, index)
    if name is None or not _fits(reading, title, reading.words[name]):
        return
    end = reading.words[naming.end_of(reading, name) - 1].end
    if not is_colleague(reading, title.start, end, policy):
        confidence = 0.7 if title.lower in _LOOSE_TITLES else 0.85
        why = "a title and a name"
        yield Finding(Kind.NAME, title.start, end, confidence, why, "the patient")


def _is_title(reading: Reading, index: int) -> bool:
    title = reading.words[index]
    if title.lower == "miss" and index and not title.is_capitalised:
        return reading.words[index - 1].lower not in vocabulary.words("before_a_verb")
    return title.is_capitalised or title.lower not in _CAPITALISED_TITLES


def _after_title(reading: Reading, index: int) -> int | None:
    """The word where the surname begins, after initials, "boy" or the number of a twin."""
    words = reading.words
    loose = words[index].lower in _LOOSE_TITLES
    gaps = (" ", " 1 ", " 2 ", " 3 ") if loose else (" ", ". ", ".", "  ")
    for at in range(index + 1, index + 4):
        if not naming.is_adjacent(reading, at, gaps):
            return None
        if len(words[at].text) > 1 and not (loose and words[at].lower in _NO_SURNAME_YET):
            return at
        gaps = (" ", ". ", ".", "' ")
    return None


def _fits(reading: Reading, title: Word, word: Word) -> bool:
    if title.lower in _LOOSE_TITLES:
        shown = word.is_capitalised and not word.is_shouted and naming.is_strange(word)
        return not vocabulary.is_eponym(word.lower) and (shown or naming.is_known(word))
    if title.text in ("MR", "MS"):  # magnetic resonance, multiple sclerosis
        strange = naming.is_known(word) or naming.is_strange(word)
        return word.is_shouted and (strange or _is_called(reading, word, shown=False))
    if naming.fits_title(word):
        return True
    shown = word.is_capitalised and not word.is_shouted
    plain_title = title.lower in ("mr", "mrs") and not title.is_shouted
    if plain_title and vocabulary.is_family(word.lower) and len(word.text) > 2:
        return True
    return _is_called(reading, word, shown=shown)


def _is_called(reading: Reading, word: Word, *, shown: bool) -> bool:
    """Mrs Day needs, mr long has: a word that is a name only because somebody is nursed."""
    return (shown or vocabulary.is_family(word.lower)) and nursing.is_nursed(reading, word.end)


def _cued(reading: Reading, policy: Policy) -> Iterator[Finding]:
    """pt jane smith, a lady called Doris, his wife Claire."""
    starts = [word.start for word in reading.words]
    for match in _CUES.finditer(reading.lower):
        index = bisect_left(starts, match.end())
        if index == len(starts) or starts[index] != match.end():
            continue
        first = reading.words[index]
        if (
            len(first.text) == 1
            and first.text not in "aAI"
            and naming.is_adjacent(reading, index + 1, (" ", ". ", "."))
        ):
            index += 1  # pt C. Bloom
        if first.lower in _TITLES or not naming.fits_cue(reading.words[index]):
            continue
        end = naming.end_of(reading, index)
        stop = reading.words[end - 1].end
        about_a_thing = end - index < 2 and _is_about_a_thing(match[0], first)
        if not about_a_thing and not is_no_patient(reading, first.start, stop, policy):
            why = "it follows a word for a person"
            yield Finding(Kind.NAME, first.start, stop, 0.75, why, "[name]")


def _is_about_a_thing(cue: str, word: Word) -> bool:
    """Nursing Baxter, care of Hickman: one word that is no given name."""
    return bool(_ABOUT.match(cue)) and (cue.endswith("from ") or not naming.is_given(word))


def _anchored(reading: Reading, policy: Policy) -> Iterator[Finding]:
    """Any two strange words right before a date of birth or a number."""
    ends = [word.end for word in reading.words]
    for match in _ANCHOR.finditer(reading.lower):
        index = bisect_left(ends, match.start())
        if index == len(ends) or ends[index] != match.start():
            continue
        first = _run_back(reading, index, sure=bool(match[1]))
        if first is not None and not is_no_patient(reading, first, ends[index], policy):
            why = "a name next to a number"
            yield Finding(Kind.NAME, first, ends[index], 0.65, why, "the patient")


def _run_back(reading: Reading, index: int, *, sure: bool) -> int | None:
    """Where a name begins that ends here: two words, or one that is surely a name."""
    last = reading.words[index]
    if naming.is_adjacent(reading, index, (" ", ", ")):
        first = reading.words[index - 1]
        if sure and naming.is_given(first):
            return first.start
        shown = first.is_capitalised and last.is_capitalised
        if (
            _is_nameish(first)
            and _is_nameish(last)
            and first.lower not in _TITLES
            and (shown or sure)
        ):
            return first.start
    if not _is_nameish(last):
        return None
    known = naming.is_given(last) or (naming.is_known(last) and (sure or last.is_capitalised))
    return last.start if known or (sure and last.is_capitalised) else None


def _is_nameish(word: Word) -> bool:
    if naming.is_known(word):
        return True
    return naming.is_strange(word) and not vocabulary.is_eponym(word.lower)
