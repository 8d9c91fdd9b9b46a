"""The query language: plain words, "exact phrase", -word, tag:…, author:…, is:answered.

Whatever is not the language is plain words: no query is an error, a mistaken one is explained.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from board.core.text import one_line, tidy
from board.posts.models import Standing

LONGEST = 2_000
WHOM = ("adult", "child", "neonate", "pregnancy", "renal")
WHERE = ("ward", "critical_care", "emergency", "theatre", "clinic", "community")
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
    standing: str | None = None
    applies_to: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def has_filters(self) -> bool:
        """Whether anything but words was asked for."""
        named = self.tags or self.authors or self.departments or self.since or self.until
        states = (self.is_answered, self.is_accepted, self.standing)
        reach = self.applies_to or self.settings or self.sites
        return bool(named or reach) or any(state is not None for state in states)


def parse(typed: str, filters: str = "") -> Query:
    """Take a query apart. In a long message quotes and dashes are somebody's way to write.

    `filters` were chosen beside the search box: they hold whatever was typed.
    """
    typed = tidy(typed)[:LONGEST].strip()
    query, plain = Query(one_line(typed)), list[str]()
    if len(typed.split()) > MESSAGE:
        plain.append(typed)
    else:
        for part in _PART.finditer(query.typed):
            query = _with(query, part, plain)
    for part in _PART.finditer(filters):
        query = _with(query, part, plain)
    return replace(query, text=" ".join(plain))


def _with(query: Query, part: re.Match[str], plain: list[str]) -> Query:
    """The query with one more part; plain words are collected apart."""
    if part["minus"]:
        excluded = part["phrase"] or part["word"]
        if excluded:
            return replace(query, without=(*query.without, excluded))
        if part["name"] and part["name"].lower() in _FILTERS:
            plain.append(part[0])
            return _noted(query, f"“{part[0]}”: only words can be excluded, not filters.")
    elif part["phrase"]:
        plain.append(part["phrase"])
        return replace(query, phrases=(*query.phrases, part["phrase"]))
    elif part["name"] and (take := _FILTERS.get(part["name"].lower())):
        value = part["quoted"] if part["value"] is None else part["value"]
        taken = take(query, value) if value.strip() else query
        if taken is not None:
            return taken
        plain.append(part[0])
        note = f"“{part[0]}” is no filter this search knows; its words were searched instead."
        return _noted(query, note)
    if part[0] != '"':
        plain.append(part[0])
    return query


def _noted(query: Query, note: str) -> Query:
    return replace(query, notes=(*query.notes, note))


def _is(query: Query, value: str) -> Query | None:
    states = {
        "answered": {"is_answered": True},
        "unanswered": {"is_answered": False},
        "accepted": {"is_accepted": True},
        "verified": {"standing": Standing.VERIFIED},
        "overdue": {"standing": Standing.REVIEW_DUE},
        "expired": {"standing": Standing.EXPIRED},
        "unsafe": {"standing": Standing.UNSAFE},
    }
    state = states.get(value.lower())
    return replace(query, **state) if state else None  # type: ignore[arg-type]


def _applies(query: Query, value: str) -> Query | None:
    """Whom an answer has to be about, as `applies:child`."""
    whom = {"children": "child", "adults": "adult", "neonates": "neonate"}.get(value, value).lower()
    return replace(query, applies_to=(*query.applies_to, whom)) if whom in WHOM else None


def _setting(query: Query, value: str) -> Query | None:
    """Where an answer has to hold, as `setting:theatre`."""
    where = value.lower().replace(" ", "_")
    return replace(query, settings=(*query.settings, where)) if where in WHERE else None


def _site(query: Query, value: str) -> Query:
    return replace(query, sites=(*query.sites, value))


def _tag(query: Query, value: str) -> Query:
    return replace(query, tags=(*query.tags, value))


def _author(query: Query, value: str) -> Query:
    return replace(query, authors=(*query.authors, value.removeprefix("@")))


def _department(query: Query, value: str) -> Query:
    return replace(query, departments=(*query.departments, value))


def _day(name: str) -> Callable[[Query, str], Query | None]:
    def take(query: Query, value: str) -> Query | None:
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return None
        return replace(query, **{name: day})  # type: ignore[arg-type]

    return take


_FILTERS: dict[str, Callable[[Query, str], Query | None]] = {
    "is": _is,
    "applies": _applies,
    "setting": _setting,
    "site": _site,
    "tag": _tag,
    "author": _author,
    "department": _department,
    "after": _day("since"),
    "since": _day("since"),
    "before": _day("until"),
    "until": _day("until"),
}
