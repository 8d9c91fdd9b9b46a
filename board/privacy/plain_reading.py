"""A text as it will be read, with where each character stands in what was typed.

`943 **476** 5919`, `943&nbsp;476 5919` and a number with invisible characters in it are read as one
number, so the rules are shown them so. What a page shows unchanged stays unchanged here.
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from html import unescape

# Emphasis: not the star of a list or of 5 * 3, not the underscore within a name or an address.
_EMPHASIS = (
    r"(?<=[^*\s])\*{1,3}|\*{1,3}(?![*\s])|(?<!\w)_{1,3}(?=\w)|(?<=\w)_{1,3}(?!\w)|~~|"
    r"(?<=[0-9 ])`(?=[0-9])|(?<=[0-9])`(?=[0-9 ])"
)
_INVISIBLE = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u2060-\u2064\u3164\ufe00-\ufe0f\ufeff]"
)
_ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}[0-9]{0,2});"
_ESCAPED = r"\\[!-/:-@\[-`{-~]"
_OTHER = r"[^\S \t\n]|[\u2010\u2011]|(?![0-9])\d"
_FIRST = r"(?:[*_~`&\\]|[^\n\t -\x7e])"  # what any of these begins with
_CHANGED = re.compile(
    f"(?={_FIRST})(?:(?P<mark>{_EMPHASIS})|{_INVISIBLE}|(?P<entity>{_ENTITY})|"
    f"(?P<escaped>{_ESCAPED})|(?P<other>{_OTHER}))"
)
_UNSEEN = re.compile(_INVISIBLE)
_POSSIBLE = re.compile(_FIRST)


@dataclass(frozen=True)
class Plain:
    """The text as read; `starts` and `ends` of each character in the text as typed; the marks."""

    text: str
    starts: list[int]
    ends: list[int]
    marks: list[tuple[int, int]]

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """Where this stands in what was typed, with the other half of a mark that begins in it."""
        start, end = self.starts[start], self.ends[end - 1]
        first = bisect_left(self.marks, (start, start))
        last = bisect_left(self.marks, (end, end))
        if (last - first) % 2:
            if first and self.marks[first - 1][1] == start:
                start = self.marks[first - 1][0]
            elif last < len(self.marks) and self.marks[last][0] == end:
                end = self.marks[last][1]
        return start, end


def plain(text: str) -> Plain | None:
    """None where it is read as it was typed, as nearly everything is."""
    if _POSSIBLE.search(text) is None or _CHANGED.search(text) is None:
        return None
    shown: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    marks: list[tuple[int, int]] = []
    at = 0
    for match in _CHANGED.finditer(text):
        start, end = match.span()
        shown.append(text[at:start])
        starts += range(at, start)
        ends += range(at + 1, start + 1)
        if match["mark"]:
            marks.append((start, end))
        read = _read(match)
        shown.append(read)
        starts += [start] * len(read)
        ends += [end] * len(read)
        at = end
    shown.append(text[at:])
    starts += range(at, len(text))
    ends += range(at + 1, len(text) + 1)
    return Plain("".join(shown), starts, ends, marks)


def _read(match: re.Match[str]) -> str:
    if match["entity"]:
        return "".join(map(_plain_character, unescape(match[0])))
    if match["escaped"]:
        return match[0][1]
    return _plain_character(match[0]) if match["other"] else ""


def _plain_character(character: str) -> str:
    """Any space as a space, any digit as one of ours, a hyphen that does not break as a hyphen."""
    if _UNSEEN.match(character):
        return ""
    if character in "\u2010\u2011":
        return "-"
    if character.isspace() and character != "\n":
        return " "
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)
