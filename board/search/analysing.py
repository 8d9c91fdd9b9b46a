"""From text to the stems that are indexed and searched: the same on both databases.

A word is folded (lower case, no accents), then cut to its stem: `Oedematous` is `oedemat`. The
full-text engines get stems with spaces between them and need no language of their own.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from threading import Lock

import snowballstemmer  # type: ignore[import-untyped]

# Raised whenever a text would be cut into other stems or types: every document is made anew then.
VERSION = "1"

# Longer than this is no word; an engine would refuse it.
LONGEST_WORD = 40

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_stemmer = snowballstemmer.stemmer("english")
_one_at_a_time = Lock()  # it keeps the word it works on in itself


def stems(text: str, spelled: dict[str, str] | None = None) -> list[str]:
    """The stems of a text, in order: `Patients' wounds` is `patient`, `wound`.

    `spelled` learns for each stem one of its words.
    """
    found = []
    for word in _WORD.findall(text):
        if stem := stem_of(word):
            found.append(stem)
            if spelled is not None and stem not in spelled:
                spelled[stem] = folded(word)
    return found


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Each stem with where its word begins and ends in the text."""
    for match in _WORD.finditer(text):
        if stem := stem_of(match[0]):
            yield stem, match.start(), match.end()


def replaced(text: str, words: Mapping[str, str]) -> str:
    """The text with other words in the place of some, which are named as they are compared."""

    def other(match: re.Match[str]) -> str:
        word, ending = match[0], match[0][-2:]
        right = words.get(folded(word))
        if right is None:
            return word
        return right + ending if ending in ("'s", "\u2019s") else right

    return _WORD.sub(other, text)


def words(text: str) -> list[str]:
    """The words of a text, folded, not stemmed."""
    return [word for raw in _WORD.findall(text) if (word := folded(raw))]


@lru_cache(maxsize=200_000)
def stem_of(word: str) -> str:
    """The stem of one word; empty for what is no word."""
    with _one_at_a_time:
        return str(_stemmer.stemWord(folded(word)))


def folded(word: str) -> str:
    """A word as it is compared: `Ménière's` is `meniere`."""
    plain = word.lower().replace("\u2019", "'").removesuffix("'s")
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).lower()
    return "".join(filter(str.isalnum, plain))[:LONGEST_WORD]


@cache
def function_words() -> frozenset[str]:
    """Stems that only hold a sentence together: `the`, `of`, `is`."""
    return _stems_in("function.txt")


@cache
def everyday_words() -> frozenset[str]:
    """Stems of every message: `please`, `daughter`, `yesterday`."""
    return _stems_in("everyday.txt") - function_words()


def _stems_in(name: str) -> frozenset[str]:
    lines = (files("board.search") / "language" / name).read_text(encoding="utf-8").splitlines()
    return frozenset(
        stem_of(word) for line in lines if not line.startswith("#") for word in line.split()
    )
