"""Recalls: an answer is out of use, and whoever may have followed it has to hear of it.

Withdrawn or superseded begins one, and so does unsafe when somebody who decides about the answer
says it. What anybody reports is looked at first: the mark is gone, but nobody is alarmed. The inbox
tells people, in batches; they acknowledge.
"""

from collections.abc import Sequence

from sqlalchemy import case, func, or_, select

from board.activity.recording import Deed, record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import AnyRow, db
from board.core.errors import Missing
from board.curation import deciding
from board.curation.models import Recall, RecallNotice
from board.curation.states import DECIDING
from board.people import queries as people
from board.people.models import Department, Person
from board.posts.confiding import named_actor
from board.posts.models import Answer, Post
from board.posts.withholding import safe_title

WHY = {
    Verb.ANSWER_WITHDRAWN: "withdrawn",
    Verb.ANSWER_SUPERSEDED: "superseded",
    Verb.UNSAFE_REPORTED: "unsafe",
}


def follow(deed: Deed) -> None:
    """An answer went out of use: begin its recall, unless one is under way."""
    answer: Answer = deed.subject
    if deed.verb == Verb.UNSAFE_REPORTED and not _decides(deed):
        return
    if _under_way(answer.id) is None:
        db.session.flush()  # the deed has its number now
        recall = Recall(
            answer_id=answer.id,
            activity_id=deed.activity.id,
            begun_by_id=named_actor(deed.actor.id, deed.verb, answer),
            why=WHY[deed.verb],
        )
        db.session.add(recall)
        record(deed.actor, Verb.RECALLED, answer, why=recall.why)


def end(deed: Deed) -> None:
    """The answer may be used again: nobody has to acknowledge any more."""
    recall = _under_way(deed.subject.id)
    if recall is not None and deed.subject.standing not in ("unsafe", "withdrawn", "superseded"):
        recall.ended_at = now()


def acknowledge(person: Person, recall: Recall) -> None:
    """They have read it, once. Raises `Missing` for whoever was not told."""
    notice = db.session.get(RecallNotice, (recall.id, person.id))
    if notice is None:
        raise Missing("There is nothing for you to acknowledge.")
    if notice.acknowledged_at is None:
        notice.acknowledged_at = now()
        record(person, Verb.RECALL_ACKNOWLEDGED, recall.answer)


def out_of_sight(person_id: int) -> Sequence[AnyRow]:
    """(id, title) of recalls this person has to acknowledge whose answer has no page any more."""
    asked = Post.__table__.alias("asked")
    title = case((asked.c.withheld_at.is_(None), asked.c.title), else_="").label("title")
    return db.session.execute(
        select(Recall.id, title)
        .join(RecallNotice, RecallNotice.recall_id == Recall.id)
        .join(Post, Post.id == Recall.answer_id)
        .join(asked, asked.c.id == Post.question_id)
        .where(
            RecallNotice.person_id == person_id,
            RecallNotice.acknowledged_at.is_(None),
            Recall.ended_at.is_(None),
            or_(Post.hidden_at.is_not(None), asked.c.hidden_at.is_not(None)),
        )
        .order_by(Recall.id)
    ).all()


def recall_with_id(id: int) -> Recall:
    """The recall; raises `Missing`."""
    recall = db.session.get(Recall, id)
    if recall is None:
        raise Missing("There is no such recall.")
    return recall


def recalls() -> Sequence[AnyRow]:
    """All recalls, latest first, with how many were told and how many have acknowledged."""
    asked = Post.__table__.alias("asked")
    return db.session.execute(
        select(
            Recall.id,
            Recall.answer_id,
            Recall.why,
            Recall.begun_at,
            Recall.finished_at,
            Recall.ended_at,
            Answer.question_id,
            safe_title(asked),
            Person.name,
            func.count(RecallNotice.person_id).label("told"),
            func.count(RecallNotice.acknowledged_at).label("acknowledged"),
        )
        .join(Answer, Answer.id == Recall.answer_id)
        .join(asked, asked.c.id == Answer.question_id)
        .outerjoin(Person, Person.id == Recall.begun_by_id)
        .outerjoin(RecallNotice, RecallNotice.recall_id == Recall.id)
        .group_by(Recall.id, Answer.question_id, asked.c.id, Person.name)
        .order_by(Recall.id.desc())
        .limit(200)
    ).all()


def told(recall_id: int) -> Sequence[AnyRow]:
    """Who was told of a recall; those who have not acknowledged first."""
    return db.session.execute(
        people.named(RecallNotice.person_id, RecallNotice.told_at, RecallNotice.acknowledged_at)
        .where(RecallNotice.recall_id == recall_id)
        .order_by(RecallNotice.acknowledged_at.is_not(None), Department.name, Person.name)
        .limit(1000)
    ).all()


def under_way_id(answer_id: int) -> int | None:
    """Which recall of it is under way."""
    recall = _under_way(answer_id)
    return recall.id if recall else None


def end_begun_since(answer_id: int, before: int | None) -> None:
    """End the recall that a decision began which was taken back; one from before it goes on."""
    recall = _under_way(answer_id)
    if recall is not None and recall.id != before:
        recall.ended_at = now()


def _under_way(answer_id: int) -> Recall | None:
    found = select(Recall).where(Recall.answer_id == answer_id, Recall.ended_at.is_(None))
    return db.session.scalars(found.order_by(Recall.id.desc()).limit(1)).first()


def _decides(deed: Deed) -> bool:
    """Whether whoever says that it is unsafe is one of those who decide about it."""
    return bool(deciding.held(deed.actor, deed.subject).roles & DECIDING)
