"""Somebody about to ask found the answer instead: counted, because it is what the board is for."""

from board.activity.recording import record
from board.activity.verbs import Verb
from board.people.models import Person
from board.posts.models import Question


def deflect(asker: Person, question: Question) -> None:
    """The question that was there already answers what somebody was about to ask."""
    record(asker, Verb.DEFLECTED, question)
