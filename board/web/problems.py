"""Problem with this answer: wrong, unclear, out of date, unsafe; and settling that."""

from flask.typing import ResponseReturnValue

from board.core.database import db
from board.curation import reporting
from board.curation.models import Problem
from board.moderation import sanctioning
from board.posts.models import Answer, Question
from board.posts.queries import answer_with_id
from board.web.displaying import question_url
from board.web.forms import typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.verifications import seen
from board.web.visiting import me, reader

pages = Pages("problems")


@pages.shown("/answers/<id:id>/problem")
def new(id: int) -> str:
    answer = answer_with_id(id, reader())
    return page("problems/new.html", answer=answer, question=_question(answer))


@pages.post(
    "/answers/<id:id>/problem", again="problems.new", texts=("words",), while_suspended=True
)
def create(id: int) -> ResponseReturnValue:
    """Who is suspended still says that an answer is unsafe."""
    if typed("kind") != Problem.UNSAFE:
        sanctioning.require_not_suspended(me())
    answer = answer_with_id(id, reader())
    reporting.report(me(), answer, typed("kind"), typed("words"))
    said = "Thank you. Whoever looks after this answer is told."
    if typed("kind") == Problem.UNSAFE:
        said = "Thank you. Whoever looks after it was told at once, and the mark is gone."
    return moved(_address(answer), said)


@pages.post("/answers/<id:id>/problem/settlement", again="verifications.show")
def settle(id: int) -> ResponseReturnValue:
    answer = answer_with_id(id, reader())
    reporting.settle(me(), answer, seen())
    return moved(_address(answer), "Settled. Whoever reported it is told.")


def _question(answer: Answer) -> Question:
    return db.session.get_one(Question, answer.question_id)


def _address(answer: Answer) -> str:
    return question_url(answer.question_id or 0, _question(answer).title, answer.id)
