"""Accepting an answer: by the asker or a moderator, one at a time, on record for ever."""

from collections.abc import Sequence

from sqlalchemy import select, update

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db
from board.core.errors import Gone, Invalid, require
from board.core.text import one_line
from board.people.models import CONSOLE, Member, Person
from board.posts import confiding, states, writing
from board.posts.models import OUT_OF_USE, SUMMARY_LENGTH, Answer, Post, Question
from board.posts.records import Acceptance
from board.posts.rules import is_own, may_accept, writer_id
from board.posts.states import Action

REFUSAL = "Only the person who asked and moderators accept an answer."
NOT_TO_BE_FOLLOWED = "Nobody should follow this answer, so it cannot be accepted."
BY_MODERATOR = "A moderator accepted this answer. Ask a moderator if it should change."


def accept(accepter: Person, answer: Answer, reason: str = "") -> None:
    """Make this the accepted answer; one accepted before is ended with the reason.

    Accepting the accepted answer again changes nothing. Raises `Refused` or `Gone`.
    """
    question = _locked(answer)
    standing = standing_acceptance(question.id)
    _require_may(accepter, question, standing)
    if not (answer.is_visible and question.is_visible):
        raise Gone("This answer has been removed, so it cannot be accepted.")
    states.check(accepter, Action.ACCEPT, question)
    db.session.refresh(answer)
    require(answer.standing not in OUT_OF_USE, NOT_TO_BE_FOLLOWED)
    if standing is not None and standing.answer_id == answer.id:
        return
    if standing is not None:
        _end(standing, accepter, reason or "Another answer was accepted.")
    _begin(accepter, question, answer)
    record(accepter, Verb.ACCEPTED, answer)


def withdraw(accepter: Person, answer: Answer, reason: str = "") -> None:
    """End this answer's acceptance; a moderator says why. Raises `Refused` or `Invalid`."""
    question = _locked(answer)
    standing = standing_acceptance(question.id)
    _require_may(accepter, question, standing)
    if standing is None or standing.answer_id != answer.id:
        return
    if not one_line(reason) and not is_own(accepter, question):
        raise Invalid({"reason": "Say in a few words why. The person who asked will read it."})
    states.check(accepter, Action.ACCEPT, question)
    _end(standing, accepter, reason)
    writing.raise_version(question.id)
    record(accepter, Verb.ACCEPTANCE_WITHDRAWN, answer)


def end_because(person: Person | None, answer: Post, reason: str) -> None:
    """What is out of sight, or not to be followed, is no longer accepted; whoever asked hears."""
    db.session.get_one(Post, answer.question_id, with_for_update=True)  # nobody accepts it now
    for id in acceptances_of(answer.id):
        _end_for(person, db.session.get_one(Acceptance, id), answer, reason)


def end_of_moved(person: Person, question: Question) -> None:
    """Its accepted answer stands below another question since: it is accepted here no more."""
    standing = standing_acceptance(question.id)
    if standing is not None:
        answer = db.session.get_one(Post, standing.answer_id, populate_existing=True)
        if answer.question_id != question.id:
            _end_for(person, standing, answer, "It belongs to another question.")


def acceptances_of(answer_id: int) -> list[int]:
    """Which acceptances of this answer hold now; of a merged question there may be one more."""
    standing = select(Acceptance.id).where(
        Acceptance.answer_id == answer_id, Acceptance.ended_at.is_(None)
    )
    return list(db.session.scalars(standing.order_by(Acceptance.id)))


def _end_for(person: Person | None, standing: Acceptance, answer: Post, reason: str) -> None:
    _end(standing, person, reason)
    writing.raise_version(standing.question_id)
    asker = writer_id(db.session.get_one(Post, standing.question_id))
    tells = [] if asker is None else [asker]
    record(person or CONSOLE, Verb.ACCEPTANCE_WITHDRAWN, answer, tells=tells)


def stand_again(person: Member, acceptance_ids: Sequence[int]) -> None:
    """What ended them was undone: they hold again, unless another answer is accepted since."""
    for ended in db.session.scalars(select(Acceptance).where(Acceptance.id.in_(acceptance_ids))):
        answer = db.session.get_one(Post, ended.answer_id)
        if answer.is_visible and standing_acceptance(ended.question_id) is None:
            ended.ended_at, ended.ended_by_id, ended.reason = None, None, ""
            db.session.flush()
            _set_accepted(ended.question_id, ended.answer_id)
            writing.raise_version(ended.question_id)
            record(person, Verb.ACCEPTANCE_RESTORED, answer)


def standing_acceptance(question_id: int) -> Acceptance | None:
    """The acceptance that holds now."""
    return db.session.scalar(
        select(Acceptance).where(
            Acceptance.question_id == question_id, Acceptance.ended_at.is_(None)
        )
    )


def _locked(answer: Answer) -> Question:
    """The answer's question, held against a second acceptance at the same moment."""
    return db.session.get_one(
        Question, answer.question_id, with_for_update=True, populate_existing=True
    )


def _require_may(person: Person, question: Question, standing: Acceptance | None) -> None:
    require(may_accept(person, question), REFUSAL)
    require(may_accept(person, question, standing), BY_MODERATOR)


def _begin(accepter: Person, question: Question, answer: Answer) -> None:
    db.session.flush()
    db.session.add(
        Acceptance(
            question_id=question.id,
            answer_id=answer.id,
            accepted_by_id=confiding.signature(accepter, question),
            by_moderator=not is_own(accepter, question),
        )
    )
    question.accepted_id = answer.id
    writing.bump(question.id)


def _end(standing: Acceptance, person: Person | None, reason: str) -> None:
    standing.ended_at = now()
    question = db.session.get_one(Post, standing.question_id)
    standing.ended_by_id = confiding.signature(person, question) if person else None
    standing.reason = one_line(reason)[:SUMMARY_LENGTH]
    _set_accepted(standing.question_id, None)


def _set_accepted(question_id: int, answer_id: int | None) -> None:
    db.session.execute(update(Post).where(Post.id == question_id).values(accepted_id=answer_id))
