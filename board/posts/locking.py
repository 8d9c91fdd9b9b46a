"""Locking a question: for now, only moderators add or change anything."""

from sqlalchemy import update

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db
from board.core.errors import Invalid
from board.core.text import one_line
from board.people.models import Person
from board.posts import states, writing
from board.posts.models import SUMMARY_LENGTH, Question
from board.posts.records import Locking
from board.posts.states import Action, State, state_of


def lock(moderator: Person, question: Question, note: str) -> None:
    """Lock it, and say why; locking twice changes nothing. Raises `Refused` or `Invalid`."""
    db.session.refresh(question, with_for_update=True)
    if moderator.is_moderator and state_of(question) is State.LOCKED:
        return
    states.check(moderator, Action.LOCK, question)
    if not one_line(note):
        raise Invalid({"note": "Say in a few words why. Everybody on the page reads it."})
    note = one_line(note)[:SUMMARY_LENGTH]
    db.session.add(Locking(question_id=question.id, locked_by_id=moderator.id, note=note))
    _set(question, locked=True)
    record(moderator, Verb.LOCKED, question)


def unlock(moderator: Person, question: Question) -> None:
    """Let everybody write again; what is not locked stays as it is. Raises `Refused`."""
    db.session.refresh(question, with_for_update=True)
    if moderator.is_moderator and question.locked_at is None:
        return
    states.check(moderator, Action.UNLOCK, question)
    db.session.execute(
        update(Locking)
        .where(Locking.question_id == question.id, Locking.ended_at.is_(None))
        .values(ended_at=now(), ended_by_id=moderator.id)
    )
    _set(question, locked=False)
    record(moderator, Verb.UNLOCKED, question)


def _set(question: Question, *, locked: bool) -> None:
    question.locked_at = now() if locked else None
    db.session.flush()
    writing.raise_version(question.id)
