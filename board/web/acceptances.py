"""Accepting an answer, and withdrawing that."""

from collections.abc import Callable

from flask.typing import ResponseReturnValue

from board.people.models import Person
from board.posts import accepting, threads
from board.posts.models import Answer
from board.posts.queries import answer_with_id
from board.web.displaying import question_url
from board.web.forms import typed
from board.web.pages import Pages
from board.web.questions import on_page
from board.web.responding import changed, page
from board.web.visiting import me, reader

pages = Pages("acceptances")


@pages.post("/answers/<id:id>/acceptance", texts=("reason",))
def create(id: int) -> ResponseReturnValue:
    return _decide(id, accepting.accept, "Answer accepted.")


@pages.shown("/answers/<id:id>/acceptance/withdrawal")
def edit(id: int) -> str:
    answer = answer_with_id(id, reader())
    thread = threads.thread(answer.question_id or 0, reader())
    return page("acceptances/withdraw.html", answer=answer, question=thread.question)


@pages.post("/answers/<id:id>/acceptance/withdrawal", again="acceptances.edit", texts=("reason",))
def delete(id: int) -> ResponseReturnValue:
    return _decide(id, accepting.withdraw, "The answer is no longer accepted.")


def _decide(id: int, deed: Callable[[Person, Answer, str], None], said: str) -> ResponseReturnValue:
    answer = answer_with_id(id, reader())
    deed(me(), answer, typed("reason"))
    thread = threads.thread(answer.question_id or 0, reader())
    return changed(
        "questions/_thread.html",
        back_to=question_url(thread.question.id, thread.question.title, id),
        said=said,
        fresh_id=id,
        **on_page(thread),
    )
