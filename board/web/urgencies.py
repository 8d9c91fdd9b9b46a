"""Urgencies: by when an answer is needed, eased or raised by whoever asked."""

from flask import request
from flask.typing import ResponseReturnValue

from board.posts import pressing
from board.posts.queries import question_with_id
from board.web.displaying import question_url
from board.web.pages import Pages
from board.web.responding import changed
from board.web.visiting import me, reader

pages = Pages("urgencies")


@pages.post("/questions/<id:id>/urgency", again="questions.show")
def update(id: int) -> ResponseReturnValue:
    question = question_with_id(id, reader())
    pressing.set_urgency(me(), question, request.form.get("urgency", ""))
    return changed(
        "questions/_urgency.html",
        question=question,
        back_to=question_url(question.id, question.title),
        said="Noted. Whoever is told from now on reads it.",
    )
