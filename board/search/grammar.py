"""The query language: plain words, "exact phrase", -word, tag:…, author:…, is:answered.

Whatever is not the language is plain words: no query is an error, a mistaken one is explained.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from board.core.text import one_line, tidy

LONGEST = 2_000
MESSAGE = 20  # words; longer is a message, not a query

_PART = re.compile(
    r"""
    (?P<minus>(?<!\S)-(?=\S))?
    (?:
        "(?P<phrase>[^"]*)"
      | (?P<name>[a-z]+):(?:"(?P<quoted>[^"]*)"|(?P<value>\S+))
      | (?P<word>[^\s"]+)
      | "
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True)
class Query:
    """What somebody typed, taken apart. `notes` say what could not be taken as it was meant."""

    typed: str
    text: str = ""
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    is_answered: bool | None = None
    is_accepted: bool | None = None
    since: date | None = None
    until: date | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def has_filters(self) -> bool:
        """Whether anything but words was asked for."""
        named = self.tags or self.authors or self.departments or self.since or self.until
        return bool(named) or self.is_answered is not None or self.is_accepted is not None


def parse(typed: str) -> Query:
    """Take a query apart. In a long message quotes and dashes are somebody's way to write."""
    typed = tidy(typed)[:LONGEST].strip()
    query = Query(one_line(typed))
    if len(typed.split()) > MESSAGE:
        return replace(query, text=typed)
    plain: list[str] = []
    for part in _PART.finditer(typed):
        query = _with(query, part, plain)
    return replace(query, text=" ".join(plain))


def _with(query: Query, part: re.Match[str], plain: list[str]) -> Query:
    """The query with one more part; plain words are collected apart."""
    if part["minus"]:
        excluded = part["phrase"] or part["word"]
        if excluded:
            return replace(query, without=(*query.without, excluded))
    elif part["phrase"]:
        plain.append(part["phrase"])
        return replace(query, phrases=(*query.phrases, part["phrase"]))
    elif part["name"] and (take := _FILTERS.get(part["name"].lower())):
        taken = take(query, part["quoted"] or part["value"] or "")
        if taken is not None:
            return taken
        plain.append(part[0])
        note = f"“{part[0]}” is no filter this search knows; its words were searched instead."
        return replace(query, notes=(*query.notes, note))
    if part[0] != '"':
        plain.append(part[0])
    return query


def _is(query: Query, value: str) -> Query | None:
    states = {
        "answered": {"is_answered": True},
        "unanswered": {"is_answered": False},
        "accepted": {"is_accepted": True},
    }
    state = states.get(value.lower())
    return replace(query, **state) if state else None  # type: ignore[arg-type]


def _tag(query: Query, value: str) -> Query:
    return replace(query, tags=(*query.tags, value))


def _author(query: Query, value: str) -> Query:
    return replace(query, authors=(*query.authors, value.removeprefix("@")))


def _department(query: Query, value: str) -> Query:
    return replace(query, departments=(*query.departments, value))


def _day(name: str) -> Callable[[Query, str], Query | None]:
    def take(query: Query, value: str) -> Query | None:
        try:
            return replace(query, **{name: date.fromisoformat(value)})  # type: ignore[arg-type]
        except ValueError:
            return None

    return take


_FILTERS: dict[str, Callable[[Query, str], Query | None]] = {
    "is": _is,
    "tag": _tag,
    "author": _author,
    "department": _department,
    "after": _day("since"),
    "since": _day("since"),
    "before": _day("until"),
    "until": _day("until"),
}
