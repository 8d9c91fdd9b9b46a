"""Answering."""

from flask.typing import ResponseReturnValue

from board.curation import describing
from board.posts import answering, threads
from board.posts.queries import question_with_id
from board.web.displaying import question_url
from board.web.forms import body, evidence, once, render_body
from board.web.misreading import noted
from board.web.pages import POSTS, Pages
from board.web.questions import on_page
from board.web.responding import changed
from board.web.visiting import me, reader

pages = Pages("answers")


@pages.post(
    "/questions/<id:id>/answers",
    again="questions.show",
    draft="answer",
    texts=("body", "source", "site"),
    first=render_body,
    limit=POSTS,
)
@once
def create(id: int) -> ResponseReturnValue:
    question = question_with_id(id, reader())
    answer = answering.answer(me(), question, body())
    if (said := evidence()) is not None:
        describing.describe(answer.author or me(), answer, said)
    return changed(
        "questions/_thread.html",
        back_to=question_url(id, question.title, answer.id),
        said=noted("Your answer was posted.", answer),
        fresh_id=answer.id,
        **on_page(threads.thread(id, reader())),
    )
