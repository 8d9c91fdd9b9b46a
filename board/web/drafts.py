"""Drafts: saved as people type, listed for them, thrown away when they say so."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from board.posts import drafting
from board.web.forms import number
from board.web.pages import TYPING, Pages
from board.web.responding import moved, page
from board.web.visiting import is_local, me, signed_in

pages = Pages("drafts")


@pages.shown("/drafts")
def index() -> str:
    return page("drafts/index.html", drafts=drafting.waiting(signed_in().id))


@pages.post("/drafts/<target>", limit=TYPING, while_suspended=True)
def update(target: str) -> ResponseReturnValue:
    try:
        draft = drafting.save(
            me().id,
            target,
            request.form,
            sequence=number("sequence"),
            window=request.form.get("window", "")[:64],
            base_revision=number("base_revision") or None,
            overwrite="overwrite" in request.form,
            beside="beside" in request.form,
        )
    except drafting.DraftConflict as conflict:
        return page("drafts/_conflict.html", draft=conflict.draft, target=target), 409
    return page("drafts/_status.html", draft=draft, target=target, window=draft.window)


@pages.post("/drafts/<target>/disposal", while_suspended=True)
def delete(target: str) -> ResponseReturnValue:
    drafting.clear(me().id, target)
    back = request.form.get("back", "")
    return moved(back if is_local(back) else url_for("drafts.index"), "The draft is gone.")
