"""News goes where its post goes: out of sight and back, to another question and back, and away with
a decision that was undone.
"""

from dataclasses import dataclass

from sqlalchemy import delete, select, update

from board.activity.models import Activity
from board.activity.recording import Deed
from board.activity.verbs import Verb
from board.core.database import db, upsert
from board.inbox.models import Notification, Sifting, Telling
from board.inbox.notifying import KEPT, people_of, tell_now
from board.moderation.queueing import DEEDS
from board.posts.models import Kind, Post


def recall(deed: Deed) -> None:
    """A post is out of sight: whoever has not read of it hears nothing any more, but of its
    removal, and that they should not follow it.
    """
    post: Post = deed.subject
    column = Notification.question_id if post.kind == Kind.QUESTION else Notification.post_id
    db.session.execute(
        delete(Notification)
        .where(column == post.id, Notification.read_at.is_(None))
        .where(Notification.verb.not_in(KEPT))
        .execution_options(synchronize_session=False)
    )


def take_back(deed: Deed) -> None:
    """A decision in the queue was undone: whoever has not read of it hears nothing of it."""
    done = deed.subject.detail.get(DEEDS, [])
    for statement in (
        delete(Notification).where(
            Notification.activity_id.in_(done), Notification.read_at.is_(None)
        ),
        delete(Telling).where(Telling.activity_id.in_(done)),
    ):
        db.session.execute(statement.execution_options(synchronize_session=False))


def tell_again(deed: Deed) -> None:
    """A post is back in sight: news of it that was taken back with it is told again, once."""
    post: Post = deed.subject
    made = select(Activity).where(
        Activity.subject_kind == "post",
        Activity.subject_id == post.id,
        Activity.verb.in_((Verb.ANSWERED, Verb.COMMENTED)),
    )
    for activity in db.session.scalars(made).all():
        writer = Somebody(activity.actor_id)
        tell_now(Deed(writer, Verb(activity.verb), post, activity), people_of(post), is_mine=True)
        row = upsert(Telling).values(
            activity_id=activity.id,
            verb=activity.verb,
            actor_id=activity.actor_id,
            question_id=post.question_id,
            post_id=post.id,
        )
        db.session.execute(row.on_conflict_do_nothing())


@dataclass(frozen=True)
class Somebody:
    """Whoever did what is told again."""

    id: int | None


def follow_merge(deed: Deed) -> None:
    """Two questions are one: what was said about the one is news of the other."""
    merged = deed.activity.detail["merged"]
    for table in (Notification, Telling, Sifting):
        db.session.execute(
            update(table)
            .where(table.question_id == merged)
            .values(question_id=deed.subject.id)
            .execution_options(synchronize_session=False)
        )


def follow_unmerge(deed: Deed) -> None:
    """And they are two again: news goes back with the post that it is about."""
    merged = deed.activity.detail["merged"]
    below = select(Post.id).where(Post.question_id == merged)
    for table in (Notification, Telling, Sifting):
        db.session.execute(
            update(table)
            .where(table.question_id == deed.subject.id, table.post_id.in_(below))
            .values(question_id=merged)
            .execution_options(synchronize_session=False)
        )
