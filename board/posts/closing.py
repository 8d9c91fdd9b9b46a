"""Closing a question, and reopening it: no new answers, with a reason that the asker reads.

Closing is kind: the wording stays and is found, comments are welcome, a duplicate leads to where
the answer is.
"""

from enum import StrEnum

from sqlalchemy import select

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db
from board.core.errors import Conflict, Invalid, require
from board.core.text import one_line
from board.people.models import Person
from board.posts import confiding, states, writing
from board.posts.models import SUMMARY_LENGTH, Question
from board.posts.records import Closure
from board.posts.rules import is_own, may_reopen
from board.posts.states import Action


class Reason(StrEnum):
    """Why a question takes no more answers."""

    DUPLICATE = "duplicate"
    ELSEWHERE = "elsewhere"
    DETAIL = "detail"
    POLICY = "policy"
    OTHER = "other"


CHOOSE = "Choose why."
WHICH = "Which question was it? Paste its address, or its number."


def close(
    closer: Person,
    question: Question,
    reason: str,
    note: str = "",
    original: Question | None = None,
) -> None:
    """Stop new answers. Raises `Refused`, `Invalid`, or `Conflict` when somebody was quicker."""
    note = one_line(note)[:SUMMARY_LENGTH]
    db.session.refresh(question, with_for_update=True)
    if (standing := standing_closure(question.id)) is not None:
        raise Conflict(_already(standing))
    states.check(closer, Action.CLOSE, question)
    _check(question, reason, note, original)
    is_duplicate = reason == Reason.DUPLICATE
    closure = Closure(
        question_id=question.id,
        closed_by_id=confiding.signature(closer, question),
        by_moderator=not is_own(closer, question),
        closed_as=reason,
        note=note,
        original_id=original.id if is_duplicate and original else None,
    )
    db.session.add(closure)
    _set(question, reason, closure.original_id)
    record(closer, Verb.CLOSED, question, reason=str(reason))


def reopen(person: Person, question: Question) -> None:
    """Let it take answers again; an open question stays open. Raises `Refused`."""
    db.session.refresh(question, with_for_update=True)
    closure = standing_closure(question.id)
    if closure is None:
        return
    states.check(person, Action.REOPEN, question)
    require(
        may_reopen(person, question, closure.by_moderator),
        "A moderator closed this. Write to one in a comment if it should be open again.",
    )
    closure.ended_at, closure.ended_by_id = now(), confiding.signature(person, question)
    _set(question, None, None)
    record(person, Verb.REOPENED, question)


def standing_closure(question_id: int) -> Closure | None:
    """Why this question is closed now."""
    return db.session.scalar(
        select(Closure).where(Closure.question_id == question_id, Closure.ended_at.is_(None))
    )


def _check(question: Question, reason: str, note: str, original: Question | None) -> None:
    if reason not in set(Reason):
        raise Invalid({"reason": CHOOSE})
    if reason == Reason.OTHER and not note:
        raise Invalid({"note": "Say in a few words why. The person who asked will read it."})
    if reason != Reason.DUPLICATE:
        return
    if original is None or not original.is_visible:
        raise Invalid({"original": WHICH})
    if original.id == question.id:
        raise Invalid({"original": "That is this question itself. Which one came before it?"})
    if original.duplicate_of_id is not None:
        raise Invalid({"original": "That one is a duplicate too. Name the question it leads to."})


def _set(question: Question, closed_as: str | None, original_id: int | None) -> None:
    question.closed_as, question.duplicate_of_id = closed_as, original_id
    db.session.flush()
    writing.raise_version(question.id)


def _already(closure: Closure) -> str:
    who = closure.closed_by.name if closure.closed_by else "Somebody"
    return f"{who} has closed this already. Look at why; it can be reopened."
