"""Saved questions."""

from flask import request
from flask.typing import ResponseReturnValue

from board.posts import lists, saving
from board.posts.queries import question_with_id
from board.web.displaying import question_url
from board.web.forms import pressed
from board.web.pages import Pages
from board.web.responding import changed, page
from board.web.visiting import me, reader, signed_in

pages = Pages("bookmarks")


@pages.shown("/saved")
def index() -> str:
    saved = lists.saved_by(signed_in().id, request.args.get("after"))
    return page("bookmarks/index.html", listed=saved, parts=["more"])


@pages.post("/questions/<id:id>/bookmark", while_suspended=True)
def create(id: int) -> ResponseReturnValue:
    question = question_with_id(id, reader())
    is_saved = pressed("saved", "A question is saved (1) or not (0).")
    deed = saving.save if is_saved else saving.unsave
    deed(me(), question)
    return changed(
        "questions/_bookmark.html",
        back_to=question_url(id, question.title),
        said="Saved." if is_saved else "No longer saved.",
        question=question,
        is_saved=is_saved,
    )
