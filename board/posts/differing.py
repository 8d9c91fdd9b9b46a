"""What an edit changed, word by word, as a reader would mark it on paper."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")

# A changed stretch longer than this is shown whole, removed and added: nobody reads it by words,
# and comparing it would take the square of its length.
LONGEST_BY_WORDS = 4_000

Change = Literal["same", "removed", "added"]


@dataclass(frozen=True)
class Piece:
    """A stretch of text and what happened to it."""

    change: Change
    text: str


def difference(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in reading order; those not removed, joined, are `new`."""
    return list(_joined(_by_lines(_LINES.findall(old), _LINES.findall(new))))


def _by_lines(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        removed, added = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal":
            yield Piece("same", removed)
        elif len(removed) + len(added) > LONGEST_BY_WORDS or not (removed and added):
            yield from _replaced(removed, added)
        else:
            yield from _by_words(_WORDS.findall(removed), _WORDS.findall(added))


def _by_words(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        removed, added = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal":
            yield Piece("same", removed)
        else:
            yield from _replaced(removed, added)


def _replaced(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece("removed", removed)
    if added:
        yield Piece("added", added)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours with the same fate as one piece."""
    last: Piece | None = None
    for piece in pieces:
        if last is not None and last.change == piece.change:
            last = Piece(last.change, last.text + piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
