"""Searching, with suggestions while typing; what was searched for in vain."""

from collections.abc import Iterator

from flask import request

from board.core.database import db
from board.core.errors import Missing, require
from board.search import beside, missed, similar
from board.search.finding import Found, Sort, find
from board.web.pages import Pages
from board.web.responding import page
from board.web.visiting import reader

# The fields beside the search box; each is a filter of the query language.
FILTERS = ("tag", "author", "department", "applies", "setting", "site", "since", "until")
STATES = ("answered", "unanswered", "accepted", "verified", "overdue", "expired", "unsafe")

SHORTEST_SUGGESTED = 2

pages = Pages("search")


@pages.shown("/search", readable=True)
def index() -> str:
    asked = request.args.get("q", "").strip()
    filters = " ".join(_filters())
    after, sort = _after(), _sort()
    found = find(
        asked, after, sort=sort, exactly=bool(request.args.get("exactly")), filters=filters
    )
    is_first = after == 0 and asked and "sort" not in request.args
    if is_first and found.is_poor and not filters:
        _note(found)
    aside = beside.beside(asked if after == 0 else "", with_people=reader().is_authenticated)
    return page(
        "search/index.html",
        parts=["more"],
        asked=asked,
        found=found,
        sort=sort,
        sorts=Sort,
        states=STATES,
        departments=[each for each in aside if each.kind == "department"],
        others=[each for each in aside if each.kind != "department"],
        filters=filters,
        has_filters=bool(filters),
    )


@pages.shown("/search/suggestions", readable=True, quiet=True)
def suggestions() -> str:
    """The questions that what is being typed may be about."""
    typed = request.args.get("q", "")
    found = similar.suggested(typed) if len(typed.strip()) >= SHORTEST_SUGGESTED else []
    return page("search/_suggestions.html", found=found)


@pages.shown("/search/missed")
def wanted() -> str:
    require(missed.may_see_missed(reader()), "Only a moderator may see what was searched for.")
    rows, tag = missed.shown(), request.args.get("tag", "")
    if tag:
        rows = missed.by_tag(rows).get(tag, [])
    return page(
        "search/missed.html", rows=rows, tag=tag, days=missed.KEPT_DAYS, least=missed.SHOWN_FROM
    )


def _note(found: Found) -> None:
    """Count the search; the reading transaction ends first, so that it does not wait for itself."""
    db.session.rollback()
    missed.note(found.query.text, found.asked)


def _filters() -> Iterator[str]:
    """The filters chosen beside the search box, in the query language."""
    for name in FILTERS:
        if value := request.args.get(name, "").replace('"', " ").strip():
            yield f'{name}:"{value}"'
    if request.args.get("state") in STATES:
        yield f"is:{request.args['state']}"


def _after() -> int:
    after = request.args.get("after", "0")
    if not (after.isascii() and after.isdecimal() and len(after) < 6):
        raise Missing("That page does not exist. Start again from the first one.")
    return int(after)


def _sort() -> Sort:
    return Sort.NEWEST if request.args.get("sort") == Sort.NEWEST else Sort.RELEVANCE
