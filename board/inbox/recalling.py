"""Telling everybody who may have followed an answer that it is recalled: a batch at a time."""

from collections.abc import Sequence

from sqlalchemy import select, union

from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db, upsert
from board.curation import viewing
from board.curation.models import Recall, RecallNotice, Use, ViewRecord
from board.inbox.models import Notification
from board.inbox.notifying import row_for
from board.people.models import Person
from board.posts import merging
from board.posts.models import Answer, Bookmark

BATCH = 500


def tell_readers() -> int:
    """Tell the next people; returns how many batches were done. Nothing due: 0.

    Each batch is a transaction: stopped in the middle, it goes on where it was.
    """
    unfinished = select(Recall).where(Recall.finished_at.is_(None)).order_by(Recall.id).limit(1)
    recall = db.session.scalar(unfinished.with_for_update(skip_locked=True))
    if recall is None:
        db.session.rollback()
        return 0
    people = _next_people(recall) if recall.ended_at is None else []
    if people:
        _tell(recall, people)
        recall.told_to = people[-1]
    else:
        recall.finished_at = now()
    db.session.commit()
    return 1


def _next_people(recall: Recall) -> Sequence[int]:
    """The next who read it signed in, used it, saved its question or were told of the answer; also
    where they did so before its question was merged.
    """
    answer = db.session.get_one(Answer, recall.answer_id)
    readers = union(
        select(ViewRecord.person_id).where(viewing.opened(answer)),
        select(Use.person_id).where(Use.answer_id == answer.id),
        select(Bookmark.person_id).where(Bookmark.question_id.in_(merging.read_under(answer))),
        select(Notification.person_id).where(Notification.post_id == answer.id),
    ).subquery()
    return db.session.scalars(
        select(Person.id)
        .where(
            Person.id.in_(select(readers.c.person_id)),
            Person.id > recall.told_to,
            Person.id != (recall.begun_by_id or 0),
            Person.deactivated_at.is_(None),
        )
        .order_by(Person.id)
        .limit(BATCH)
    ).all()


def _tell(recall: Recall, people: Sequence[int]) -> None:
    answer = recall.answer
    deed = {
        "activity_id": recall.activity_id,
        "verb": Verb.RECALLED,
        "actor_id": recall.begun_by_id,
        "question_id": answer.question_id,
        "post_id": answer.id,
    }
    notices = [{"recall_id": recall.id, "person_id": id, "told_at": now()} for id in people]
    db.session.execute(upsert(RecallNotice).values(notices).on_conflict_do_nothing())
    rows = [row_for(deed, id, is_mine=True) for id in people]
    db.session.execute(upsert(Notification).values(rows).on_conflict_do_nothing())
