"""Who had a question open while an answer said something that it does not say any more."""

from flask import request

from board.activity.recording import note
from board.activity.verbs import Verb
from board.config import settings
from board.core.database import apart, db
from board.curation import readers
from board.posts.models import Question
from board.posts.queries import answer_with_id
from board.web.pages import Pages
from board.web.responding import page
from board.web.visiting import reader

pages = Pages("readers")


@pages.shown("/answers/<id:id>/readers")
def show(id: int) -> str:
    """The list; that somebody looked at it is on record, and in the audit trail."""
    answer = answer_with_id(id, reader())
    number = request.args.get("revision", answer.revision_number, type=int)
    span = readers.span_of(reader(), answer, number)
    found = readers.readers(answer, span)
    shown = page(
        "readers/show.html",
        answer=answer,
        question=db.session.get_one(Question, answer.question_id),
        span=span,
        readers=found,
        months=settings().view_records_months,
    )
    if found is not None:
        _note(id, number)
    return shown


def _note(answer_id: int, number: int) -> None:
    """On a GET, in a transaction of its own."""
    db.session.rollback()
    with apart() as session:
        note(session, Verb.READERS_VIEWED, "post", answer_id, actor=reader(), revision=number)
