"""Which words look like somebody's name, and how far a name goes on."""

from collections.abc import Callable, Sequence
from functools import wraps

from board.privacy import vocabulary
from board.privacy.reading import Reading, Word

LONGEST = 4
_PARTICLES = vocabulary.words("particles")


def once(fact: Callable[[Word], bool]) -> Callable[[Word], bool]:
    """Ask this about a spelling once in a text: several rules ask it about every word."""

    @wraps(fact)
    def asked(word: Word) -> bool:
        known = word.facts.get(fact)
        if known is None:
            known = word.facts[fact] = fact(word)
        return known

    return asked


@once
def is_known(word: Word) -> bool:
    """A given name or surname that is not an everyday word."""
    return is_listed(word) and any(
        _is_listed(part) and part not in _everyday() for part in _parts(word)
    )


@once
def is_listed(word: Word) -> bool:
    """A given name or surname, whatever else it means."""
    if "-" not in word.lower:  # as nearly every word is, and every word is asked
        return _is_listed(word.lower)
    return any(map(_is_listed, _parts(word)))


@once
def is_like_a_name(word: Word) -> bool:
    """A listed name, or one with the s of a possessive."""
    return is_listed(word) or (word.lower.endswith("s") and vocabulary.is_given(word.lower[:-1]))


@once
def is_given(word: Word) -> bool:
    """A given name that is not an everyday word."""
    return any(vocabulary.is_given(p) and p not in _everyday() for p in _parts(word))


@once
def begins_given(word: Word) -> bool:
    """Whether it is a given name or begins with one: Mary, Mary-Jane."""
    return vocabulary.is_given(word.lower.split("-")[0])


@once
def is_strange(word: Word) -> bool:
    """No word we know and no abbreviation: in the right place, a name."""
    if len(word.text) < 3 or (word.is_shouted and len(word.text) < 5):
        return False
    if not _is_cased_like_a_name(word):
        return False
    return not any(vocabulary.is_everyday(part) for part in _parts(word))


def is_possible(word: Word) -> bool:
    """A name we know or a word we do not."""
    return is_strange(word) or is_listed(word)


def fits_title(word: Word) -> bool:
    """A surname where one is expected: after "Mrs"."""
    if word.lower in _PARTICLES:
        return True
    if word.is_capitalised and len(word.text) > 2 and _is_cased_like_a_name(word):
        return not all(map(vocabulary.is_plainly_everyday, _parts(word))) or is_possible(word)
    return is_possible(word) and (
        word.is_capitalised or word.lower not in vocabulary.words("seldom_surnames")
    )


def fits_cue(word: Word) -> bool:
    """A name where one may be expected: after "pt", after "his wife"."""
    if is_known(word):
        return True
    return word.is_capitalised and is_possible(word) and not vocabulary.is_eponym(word.lower)


def is_adjacent(reading: Reading, index: int, gaps: Sequence[str] = (" ",)) -> bool:
    """Whether only such a gap stands between this word and the one before."""
    words = reading.words
    if not 0 < index < len(words):
        return False
    return reading.text[words[index - 1].end : words[index].start] in gaps


def end_of(reading: Reading, index: int) -> int:
    """The index after the last word of the name that begins at this one."""
    words = reading.words
    end = index + 1
    while end - index < LONGEST and is_adjacent(reading, end):
        if words[end - 1].lower not in _PARTICLES and not _continues(words, index, end):
            break
        end += 1
    while end - index > 1 and words[end - 1].lower in _PARTICLES:
        end -= 1
    return end


def _continues(words: Sequence[Word], index: int, end: int) -> bool:
    first, word = words[index], words[end]
    if word.lower in _PARTICLES:
        return word.lower not in ("do", "la", "st", "o")
    if not first.is_capitalised:
        return is_known(word) or (end - index == 1 and _is_second(first, word))
    if len(word.text) == 1:
        return word.is_capitalised and word.text not in "AI"
    return word.is_capitalised and (is_possible(word) or (is_given(first) and fits_title(word)))


def _is_second(first: Word, word: Word) -> bool:
    """siobhan + a surname that no list has, all in lower case."""
    return is_given(first) and not word.is_capitalised and is_strange(word)


def _parts(word: Word) -> list[str]:
    return word.lower.split("-")


def _is_listed(part: str) -> bool:
    return vocabulary.is_given(part) or vocabulary.is_family(part)


def _everyday() -> frozenset[str]:
    return vocabulary.words("everyday")


def _is_cased_like_a_name(word: Word) -> bool:
    """All of one case, or with capitals where names have them: McTavish, O'Brien, Grant-Hughes."""
    if word.is_shouted:
        return True
    if word.text[1:].islower():
        return True
    inner = [place for place, letter in enumerate(word.text) if letter.isupper() and place]
    return len(inner) <= 2 and all(i in (2, 3) or not word.text[i - 1].isalpha() for i in inner)
