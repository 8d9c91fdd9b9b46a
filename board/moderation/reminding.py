"""An answer that nobody accepted: the asker is reminded once, later a moderator looks at it."""

from datetime import timedelta

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import AnySelect, db
from board.moderation.models import Reminder, Ruling
from board.people.models import CONSOLE, Person
from board.posts.models import Kind, Question
from board.posts.rules import writer_id

REMINDED_AFTER = timedelta(days=3)
LOOKED_AT_AFTER = timedelta(days=7)
WAITS_FOR_AN_ANSWER = timedelta(hours=24)
AGAIN_AFTER = timedelta(days=3)
# Older ones stand in the list of unanswered questions; the queue is for what can still be helped.
OLDEST = timedelta(days=90)


def remind() -> int:
    """A task of the worker: remind one asker that an answer could be accepted; returns how many."""
    reminded = select(Reminder.question_id)
    question = db.session.scalar(
        select(Question)
        .join(Person, Person.id == func.coalesce(Question.author_id, Question.confider_id))
        .where(
            *_not_accepted(REMINDED_AFTER),
            Person.deactivated_at.is_(None),
            Question.id.not_in(reminded),
        )
        .order_by(Question.id)
        .limit(1)
    )
    if question is None:
        db.session.rollback()
        return 0
    db.session.add(Reminder(question_id=question.id))
    record(CONSOLE, Verb.REMINDED, question, tells=writer_id(question))
    db.session.commit()
    return 1


def unanswered() -> AnySelect:
    """Questions without an answer for a day, since when."""
    return _since(
        Question.answer_count == 0,
        Question.created_at < now() - WAITS_FOR_AN_ANSWER,
        Question.created_at > now() - OLDEST,
        ~ruled("unanswered", within=AGAIN_AFTER),
    )


def not_accepted() -> AnySelect:
    """Questions with an answer, none of them accepted for a week, since when."""
    return _since(*_not_accepted(LOOKED_AT_AFTER), ~ruled("unaccepted", within=OLDEST))


def _since(*conditions: ColumnElement[bool]) -> AnySelect:
    return select(Question.id.label("id"), Question.active_at.label("since")).where(
        Question.hidden_at.is_(None),
        Question.closed_as.is_(None),
        Question.external_id.is_(None),
        *conditions,
    )


def _not_accepted(age: timedelta) -> tuple[ColumnElement[bool], ...]:
    """Nothing has happened for so long; what was imported has no asker who could accept."""
    return (
        Question.kind == Kind.QUESTION,
        Question.hidden_at.is_(None),
        Question.active_at < now() - age,
        Question.active_at > now() - OLDEST,
        Question.answer_count > 0,
        Question.accepted_id.is_(None),
        Question.closed_as.is_(None),
        Question.external_id.is_(None),
    )


def ruled(
    kind: str, within: timedelta, subject: InstrumentedAttribute[int] = Question.id
) -> ColumnElement[bool]:
    """Whether a moderator decided about this item lately, and nobody took that back."""
    return exists(
        select(Ruling.id).where(
            Ruling.kind == kind,
            Ruling.subject_id == subject,
            Ruling.undone_at.is_(None),
            Ruling.ruled_at > now() - within,
        )
    )
