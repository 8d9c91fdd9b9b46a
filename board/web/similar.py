"""Questions like the one being asked or read, and "this answers me"."""

from flask import g, request
from flask.typing import ResponseReturnValue

from board.core.database import db, reading
from board.core.errors import Missing
from board.core.markup import plain
from board.posts import drafting
from board.posts.models import Question
from board.search import deflecting
from board.search.similar import similar
from board.web import questions
from board.web.displaying import question_url
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me

FEWEST_WORDS = 3  # of a title: fewer may become anything

pages = Pages("similar")


@pages.post("/similar", limit=None, quiet=True, while_suspended=True)
def create() -> ResponseReturnValue:
    """By POST, because what somebody is typing does not belong in an address; it only reads."""
    with reading():
        title = request.form.get("title", "")
        is_enough = len(title.split()) >= FEWEST_WORDS
        found = similar(title, request.form.get("body", "")) if is_enough else []
        if request.headers.get("HX-Request"):
            return page("similar/_similar.html", similar=found)
        g.typed = request.form
        return questions.new(found, has_looked=is_enough)


@pages.shown("/questions/<id:id>/related", readable=True, quiet=True)
def show(id: int) -> str:
    """Fetched by the question's page after it is shown; a page of its own without JavaScript."""
    question = db.session.get(Question, id)
    if question is None or not question.is_visible:
        raise Missing("There is no such question.")
    found = similar(question.title or "", plain(question.body_html), but=id)
    return page("similar/show.html", parts=["related"], question=question, similar=found)


@pages.post("/questions/<id:id>/deflection")
def deflect(id: int) -> ResponseReturnValue:
    """The typed text stays a draft, and the person reads the answer that was there."""
    asker = me()
    asker_id = asker.id
    has_text = request.form.get("title") or request.form.get("body")
    question = db.session.get(Question, id)
    if question is None or not question.is_visible:
        db.session.rollback()
        if has_text:
            drafting.park(asker_id, drafting.ASKING, request.form)
        raise Missing("There is no such question any more. What you typed is under My drafts.")
    if has_text:
        drafting.keep(asker.id, drafting.ASKING, request.form)
    deflecting.deflect(asker, question)
    return moved(
        question_url(question.id, question.title), "What you typed is kept under My drafts."
    )
