"""Answering a question."""

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.database import db
from board.core.errors import Invalid, require
from board.core.markup import Text
from board.people.models import Person
from board.posts import confiding, drafting, states, writing
from board.posts.models import Answer, Kind, Question
from board.posts.rules import may_post
from board.posts.states import Action


def answer(answerer: Person, question: Question, body: str) -> Answer:
    """Answer. Raises `Invalid` for an empty or overlong text, `Refused` or `Gone` where the
    question takes no answers.
    """
    require(may_post(answerer), "Sign in to answer.")
    db.session.refresh(question, with_for_update={"key_share": True})
    states.check(answerer, Action.ANSWER, question)
    text = Text.of(body)
    if problem := writing.body_problem(text, Kind.ANSWER):
        raise Invalid({"body": problem})
    made = Answer(question_id=question.id, **confiding.signed(answerer, question))
    writing.put_text(made, text)
    db.session.add(made)
    writing.count_answers(question.id, +1)
    writing.bump(question.id)
    drafting.clear(answerer.id, drafting.target("answer", question.id))
    record(answerer, Verb.ANSWERED, made)
    return made
