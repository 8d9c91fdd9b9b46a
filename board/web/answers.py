"""Answering."""

from flask.typing import ResponseReturnValue

from board.posts import answering, threads
from board.posts.queries import question_with_id
from board.web.displaying import question_url
from board.web.forms import body, once, render_body
from board.web.pages import POSTS, Pages
from board.web.questions import on_page
from board.web.responding import changed
from board.web.visiting import me, reader

pages = Pages("answers")


@pages.post(
    "/questions/<id:id>/answers",
    again="questions.show",
    draft="answer",
    texts=("body",),
    first=render_body,
    limit=POSTS,
)
@once
def create(id: int) -> ResponseReturnValue:
    question = question_with_id(id, reader())
    answer = answering.answer(me(), question, body())
    return changed(
        "questions/_thread.html",
        back_to=question_url(id, question.title, answer.id),
        said="Your answer was posted.",
        fresh_id=answer.id,
        **on_page(threads.thread(id, reader())),
    )
