"""Words that mean the same: everybody signed in may read them, moderators keep them."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from board.core.errors import require
from board.search import synonyms
from board.web.forms import typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

pages = Pages("synonyms")


@pages.shown("/synonyms")
def index() -> str:
    letters = request.args.get("q", "").strip()[: synonyms.TERM_LENGTH]
    found = list(synonyms.groups(letters, request.args.get("after", "")))
    shown = found[: synonyms.PAGE_SIZE]
    is_more = len(found) > len(shown)
    return page(
        "synonyms/index.html",
        parts=["synonyms", "more"],
        groups=shown,
        letters=letters,
        next=shown[-1].name if is_more else None,
        may_manage=synonyms.may_manage_synonyms(reader()),
    )


@pages.shown("/synonyms/new")
def new() -> str:
    require(synonyms.may_manage_synonyms(reader()), synonyms.REFUSAL)
    return page("synonyms/new.html")


@pages.post("/synonyms", again="synonyms.new", texts=("terms",))
def create() -> ResponseReturnValue:
    group = synonyms.add(me(), typed("terms"))
    return moved(url_for("synonyms.index", q=group.name), "The synonyms were added.")


@pages.shown("/synonyms/<id:id>/edit")
def edit(id: int) -> str:
    require(synonyms.may_manage_synonyms(reader()), synonyms.REFUSAL)
    return page("synonyms/edit.html", group=synonyms.group_of(id))


@pages.post("/synonyms/<id:id>/edit", again="synonyms.edit", texts=("terms",))
def update(id: int) -> ResponseReturnValue:
    group = synonyms.group_of(id)
    synonyms.change(me(), group, typed("terms"))
    return moved(url_for("synonyms.index", q=group.name), "The synonyms were changed.")


@pages.post("/synonyms/<id:id>/removal", again="synonyms.edit")
def delete(id: int) -> ResponseReturnValue:
    synonyms.remove(me(), synonyms.group_of(id))
    return moved(url_for("synonyms.index"), "The synonyms were removed.")
