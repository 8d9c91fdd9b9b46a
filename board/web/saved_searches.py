"""Saved searches: kept from the page of results, renamed, removed; run from what one watches."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from board.inbox import saving
from board.inbox.models import Level
from board.web.forms import once, typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, signed_in

pages = Pages("saved_searches")


@pages.shown("/watching/searches/new")
def new() -> str:
    """The form, filled with the search that the page of results showed."""
    query, filters = request.args.get("q", "").strip(), request.args.get("filters", "").strip()
    name = (query or filters)[: saving.NAME_LENGTH]
    return page("saved_searches/new.html", query=query, filters=filters, name=name)


@pages.post("/watching/searches", again="saved_searches.new", texts=("name", "query", "filters"))
@once
def create() -> ResponseReturnValue:
    level = request.form.get("level", Level.ALL)
    saving.save(me(), typed("name"), typed("query"), typed("filters"), level)
    said = "The search is saved. What is new for it comes to your inbox."
    return moved(url_for("inbox.watched"), said)


@pages.shown("/watching/searches/<id:id>")
def show(id: int) -> ResponseReturnValue:
    """Run it, the newest first."""
    return redirect(address(saving.search_of(signed_in().id, id)), 302)


@pages.shown("/watching/searches/<id:id>/edit")
def edit(id: int) -> str:
    return page("saved_searches/edit.html", search=saving.search_of(signed_in().id, id))


@pages.post("/watching/searches/<id:id>/name", again="saved_searches.edit", texts=("name",))
def update(id: int) -> ResponseReturnValue:
    person = me()
    saving.rename(person, saving.search_of(person.id, id), typed("name"))
    return moved(url_for("inbox.watched"), "The search was renamed.")


@pages.post("/watching/searches/<id:id>/removal", again="saved_searches.edit")
def delete(id: int) -> ResponseReturnValue:
    person = me()
    saving.remove(person, saving.search_of(person.id, id))
    return moved(url_for("inbox.watched"), "The search was removed.")


def address(search: Any) -> str:
    """Where a saved search is run: exactly as it was saved."""
    fields: Any = saving.chosen_in(search.filters)
    return url_for("search.index", q=search.query, exactly="1", sort="newest", **fields)
