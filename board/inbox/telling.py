"""What the worker does with deeds that watchers have to be told of: a batch of people at a time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core.database import AnySelect, db, upsert
from board.inbox.models import Level, Notification, Subscription, Telling, Watched
from board.inbox.notifying import ABOUT_ANSWERS, row_for
from board.people.models import Person
from board.posts.models import Post, PostTag

BATCH = 200  # people in one transaction: nobody's writing waits for longer than it takes


def tell_watchers() -> int:
    """Tell the next people; returns how many batches were done. Nothing due: 0.

    Each batch is a transaction: stopped in the middle, it goes on where it was, and the table lets
    nobody be told twice.
    """
    telling = db.session.scalar(
        select(Telling).order_by(Telling.activity_id).limit(1).with_for_update(skip_locked=True)
    )
    if telling is None:
        db.session.rollback()
        return 0
    people = _next_people(telling)
    if people:
        _tell(telling, people)
        telling.told_to = people[-1]
    else:
        db.session.delete(telling)
    db.session.commit()
    return 1


def _next_people(telling: Telling) -> Sequence[int]:
    """The next watchers who may see the post and want to hear of this."""
    question, post = (
        db.session.get(Post, telling.question_id),
        db.session.get(Post, telling.post_id),
    )
    if question is None or post is None or not (question.is_visible and post.is_visible):
        return []
    watchers = (
        select(Subscription.person_id)
        .join(Person, Person.id == Subscription.person_id)
        .where(
            _watches(telling, question),
            Subscription.person_id > telling.told_to,
            Subscription.since <= _moment(telling),
            Subscription.person_id != (telling.actor_id or 0),
            Subscription.level != Level.NOTHING,
            Person.deactivated_at.is_(None),
            Subscription.person_id.not_in(_silent(telling)),
        )
    )
    if telling.verb not in ABOUT_ANSWERS:
        wants_answers_only = and_(
            Subscription.kind == Watched.QUESTION, Subscription.level == Level.ANSWERS
        )
        watchers = watchers.where(~wants_answers_only)
    return db.session.scalars(
        watchers.distinct().order_by(Subscription.person_id).limit(BATCH)
    ).all()


def _moment(telling: Telling) -> datetime:
    """When it was done: nobody hears of what happened before they began to watch."""
    activity = db.session.get(Activity, telling.activity_id)
    assert activity is not None  # the telling refers to it
    return activity.at


def _watches(telling: Telling, question: Post) -> ColumnElement[bool]:
    """Watching the question; for a new question also its tags, its department, who asked it."""
    conditions = [_of(Watched.QUESTION, Subscription.target_id == question.id)]
    if telling.verb == Verb.ASKED:
        tags = select(PostTag.tag_id).where(PostTag.post_id == question.id)
        conditions += [
            _of(Watched.TAG, Subscription.target_id.in_(tags)),
            _of(Watched.DEPARTMENT, Subscription.target_id == (question.department_id or 0)),
        ]
    if telling.verb in (Verb.ASKED, Verb.ANSWERED) and _names_its_actor(telling, question):
        conditions.append(_of(Watched.PERSON, Subscription.target_id == (telling.actor_id or 0)))
    return or_(*conditions)


def _names_its_actor(telling: Telling, question: Post) -> bool:
    """Whoever watches a person hears nothing of what they ask confidentially."""
    return question.confider_id is None or question.confider_id != telling.actor_id


def _of(kind: Watched, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(Subscription.kind == kind, condition)


def _silent(telling: Telling) -> AnySelect:
    """Whoever muted the question hears nothing of it, whatever else they watch."""
    return select(Subscription.person_id).where(
        Subscription.kind == Watched.QUESTION,
        Subscription.target_id == telling.question_id,
        Subscription.level == Level.NOTHING,
    )


def _tell(telling: Telling, people: Sequence[int]) -> None:
    question = db.session.get_one(Post, telling.question_id)
    deed = {
        "activity_id": telling.activity_id,
        "verb": telling.verb,
        "actor_id": telling.actor_id if _names_its_actor(telling, question) else None,
        "question_id": telling.question_id,
        "post_id": telling.post_id,
    }
    rows = [row_for(deed, id, is_mine=False) | {"told_at": _moment(telling)} for id in people]
    db.session.execute(upsert(Notification).values(rows).on_conflict_do_nothing())
