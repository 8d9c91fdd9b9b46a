"""By when an answer is needed: the asker may ease or raise it later."""

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.errors import Gone, Invalid, require
from board.people.models import Person
from board.posts import writing
from board.posts.asking import UNKNOWN_URGENCY
from board.posts.models import Question, Urgency
from board.posts.rules import may_set_urgency


def set_urgency(person: Person, question: Question, urgency: str) -> None:
    """Say by when it is needed; the same again changes nothing. Raises `Refused`, `Gone` or
    `Invalid`.
    """
    require(may_set_urgency(person, question), "Only whoever asked this knows by when.")
    if urgency not in set(Urgency):
        raise Invalid({"urgency": UNKNOWN_URGENCY})
    if not question.is_visible:
        raise Gone("This question has been removed.")
    before = question.urgency
    if before != urgency:
        question.urgency = Urgency(urgency)
        writing.raise_version(question.id)
        record(person, Verb.URGENCY_CHANGED, question, before=before, after=question.urgency)
