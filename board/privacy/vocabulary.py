"""The words the rules know, from the plain lists in `words/`."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The words of one list, wherever they stand in its lines."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def any_of(name: str) -> str:
    """A pattern for any line of one list; a * stands for the rest of a word."""
    return f"(?:{_tree(_lines(name))})"


@cache
def mention_of(*names: str) -> re.Pattern[str]:
    """A pattern for any line of these lists where it is a word of its own."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(any_of(name) for name in names)})(?!\w)")


@cache
def trace_of(*names: str) -> re.Pattern[str]:
    """A pattern for what every mention of these lists has in it, within longer words too."""
    return re.compile("|".join(any_of(name) for name in names))


def is_everyday(word: str) -> bool:
    """Whether this lower-case word means something before it names somebody."""
    known = words("everyday")
    if word in known or word.endswith(_endings("grammatical")) or is_plainly_everyday(word):
        return True
    return word.endswith("s") and (word[:-1] in known or word[:-2] in known)


def is_plainly_everyday(word: str) -> bool:
    """Whether it is so as it stands, not by its ending: neither Ewing nor Banks is."""
    return word in words("everyday") or word.endswith(_endings("medical"))


@cache
def _endings(kind: str) -> tuple[str, ...]:
    return tuple(words(f"{kind}_endings"))


def plain(word: str) -> str:
    """A name as the lists spell it: without accents."""
    return unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()


def is_eponym(word: str) -> bool:
    """Whether it names a disease, a score or a tool far more often than a patient."""
    return word in words("eponyms")


def is_given(word: str) -> bool:
    """Whether it is a given name."""
    return (word if word.isascii() else plain(word)) in words("first_names")


def is_family(word: str) -> bool:
    """Whether it is a surname."""
    return (word if word.isascii() else plain(word)) in words("surnames")


def _tree(endings: Iterable[str]) -> str:
    """A pattern for any of these that looks at each letter once; the longest comes first."""
    branches: dict[str, list[str]] = {}
    for ending in endings:
        branches.setdefault(ending[:1], []).append(ending[1:])
    may_stop = branches.pop("", None) is not None
    patterns = [_letter(letter) + _tree(rest) for letter, rest in sorted(branches.items())]
    if not patterns:
        return ""
    one = patterns[0] if len(patterns) == 1 and not may_stop else f"(?:{'|'.join(patterns)})"
    return f"{one}?" if may_stop else one


def _letter(letter: str) -> str:
    return r"\w{0,9}" if letter == "*" else re.escape(letter)


def _lines(name: str) -> frozenset[str]:
    """The lines of a list but those that begin with #, which say what it is."""
    text = (files("board.privacy") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
