"""Recalls: acknowledging one, and who has not."""

from flask import url_for
from flask.typing import ResponseReturnValue

from board.core.errors import Gone, require
from board.curation import recalling
from board.curation.models import Recall
from board.curation.rules import may_see_health
from board.posts.queries import question_with_id
from board.web.displaying import question_url
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

pages = Pages("recalls")

REFUSAL = "Only a moderator sees who was told of a recall."


@pages.shown("/recalls")
def index() -> str:
    require(may_see_health(reader()), REFUSAL)
    return page("recalls/index.html", recalls=recalling.recalls())


@pages.shown("/recalls/<id:id>")
def show(id: int) -> str:
    require(may_see_health(reader()), REFUSAL)
    recall = recalling.recall_with_id(id)
    question = question_with_id(recall.answer.question_id or 0, reader())
    return page("recalls/show.html", recall=recall, question=question, told=recalling.told(id))


@pages.post("/recalls/<id:id>/acknowledgement", while_suspended=True)
def acknowledge(id: int) -> ResponseReturnValue:
    recall = recalling.recall_with_id(id)
    recalling.acknowledge(me(), recall)
    return moved(_address(recall), "Thank you. It is on record that you have read this.")


def _address(recall: Recall) -> str:
    """The answer, or, where it cannot be read any more, the inbox that told of it."""
    try:
        question = question_with_id(recall.answer.question_id or 0, reader())
    except Gone:
        return url_for("inbox.index")
    return question_url(question.id, question.title, recall.answer_id)
