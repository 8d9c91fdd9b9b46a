"""Which words look like somebody's name, and how far a name goes on."""

from collections.abc import Sequence

from board.privacy import vocabulary
from board.privacy.reading import Reading, Word

# Words that join parts of a surname: de Souza, van der Berg, al Rashid.
_PARTICLES = frozenset(
    "de da do dos du la le van der den von al el bin ibn abu ould o mac mc st ter ap".split()
)
# Everyday words too common for a surname where nothing is capitalised.
_NEVER = frozenset(
    "may will best long short page park cross wall little ward ng ma can has is was and or who "
    "young white black green brown".split()
) - frozenset("young white black green brown".split())
TITLES = frozenset(
    "mr mrs ms miss mx master mstr mister missus mme mlle madame senora señora señor senor signora signor herr frau".split()
)
LONGEST_NAME = 4


def is_known(word: Word) -> bool:
    """A given name or surname that is not an everyday word."""
    return any(
        (vocabulary.is_given(part) or vocabulary.is_family(part))
        and part not in vocabulary.words("everyday")
        for part in _parts(word)
    )


def is_given(word: Word) -> bool:
    """A given name that is not an everyday word."""
    return any(
        vocabulary.is_given(part) and part not in vocabulary.words("everyday")
        for part in _parts(word)
    )


def is_listed(word: Word) -> bool:
    """A given name or surname, whatever else it may mean."""
    return any(vocabulary.is_given(p) or vocabulary.is_family(p) for p in _parts(word))


def is_strange(word: Word) -> bool:
    """No word we know and no abbreviation: in the right place, a name."""
    if len(word.text) < 3 or (word.is_shouted and len(word.text) < 5):
        return False
    if word.text[1:] != word.text[1:].lower() and not _is_cased_like_a_name(word):
        return False
    return not any(vocabulary.is_everyday(part) for part in _parts(word))


def is_name_after_title(word: Word) -> bool:
    """A surname where one is expected."""
    if word.lower in _PARTICLES:
        return True
    if word.is_capitalised:
        return is_strange(word) or is_listed(word)
    return is_strange(word) or (is_listed(word) and word.lower not in _NEVER)


def is_name_after_cue(word: Word) -> bool:
    """A name where one may be expected: after "pt", after "his wife"."""
    if word.is_capitalised and (is_strange(word) or is_listed(word)):
        return not vocabulary.is_eponym(word.lower) or is_known(word)
    return is_known(word)


def goes_on(reading: Reading, index: int) -> int:
    """Where a name ends that begins at this word: the index after its last word."""
    words = reading.words
    end = index + 1
    while end < len(words) and end - index < LONGEST_NAME and is_adjacent(reading, end):
        joined = words[end - 1].lower in _PARTICLES
        if not (joined or _continues(words, index, end)):
            break
        end += 1
    while end - index > 1 and words[end - 1].lower in _PARTICLES:
        end -= 1
    return end


def is_adjacent(reading: Reading, index: int, gaps: Sequence[str] = (" ",)) -> bool:
    """Whether only a space stands between this word and the one before."""
    words = reading.words
    if not 0 < index < len(words):
        return False
    return reading.text[words[index - 1].end : words[index].start] in gaps


def _continues(words: Sequence[Word], index: int, end: int) -> bool:
    word, first = words[end], words[index]
    if word.lower in _PARTICLES:
        follows = end + 1 < len(words) and words[end + 1]
        return bool(follows) and word.lower not in ("do", "la", "st", "o")
    if first.is_capitalised:
        if len(word.text) == 1:
            return word.is_capitalised and word.text not in "AI"
        return word.is_capitalised and (is_strange(word) or is_listed(word))
    return is_known(word) or (
        end - index == 1 and is_given(first) and not word.is_capitalised and is_strange(word)
    )


def _parts(word: Word) -> list[str]:
    return [part for part in word.lower.split("-") if part] or [word.lower]


def _is_cased_like_a_name(word: Word) -> bool:
    """Shouted, or with capitals where names have them: McTavish, O'Brien, Grant-Hughes."""
    if word.is_shouted:
        return True
    inner = [i for i, letter in enumerate(word.text) if letter.isupper() and i]
    return all(not word.text[i - 1].isalpha() or i <= 3 for i in inner) and len(inner) <= 2
