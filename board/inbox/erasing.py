"""What a purge does to news: nothing of the post is told any more; who heard of it is noted."""

from collections.abc import Iterator

from sqlalchemy import delete, select

from board.core.database import db
from board.inbox.models import Level, Notification, Subscription, Telling, Watched
from board.inbox.notifying import ABOUT_REMOVAL
from board.privacy.elsewhere import Erasure, Seen


def erase(erasure: Erasure) -> None:
    """Take back all news of the post, read or not, but that of its removal."""
    for statement in (
        delete(Notification).where(
            Notification.post_id == erasure.post_id, Notification.verb.not_in(ABOUT_REMOVAL)
        ),
        delete(Telling).where(Telling.post_id == erasure.post_id),
    ):
        db.session.execute(statement.execution_options(synchronize_session=False))


def exposed(question_id: int, post_id: int) -> Iterator[Seen]:
    """Who was told of it, and who watches the question."""
    told = select(Notification).where(Notification.post_id == post_id)
    for row in db.session.scalars(told.where(Notification.verb.not_in(ABOUT_REMOVAL))):
        how = "was told of it and opened it" if row.read_at else "was told of it"
        yield Seen(row.person_id, how, row.read_at or row.told_at)
    watching = select(Subscription).where(
        Subscription.kind == Watched.QUESTION,
        Subscription.target_id == question_id,
        Subscription.level != Level.NOTHING,
    )
    for watcher in db.session.scalars(watching):
        yield Seen(watcher.person_id, "watches the question", watcher.since)
