"""What a purge does to news: nothing of the post is told any more; who heard of it is noted."""

from collections.abc import Iterator, Sequence

from sqlalchemy import delete, select

from board.activity.models import Activity
from board.activity.recording import Deed
from board.activity.verbs import Verb
from board.core.database import db
from board.inbox.models import Level, Notification, SavedSearch, Subscription, Telling, Watched
from board.inbox.notifying import ABOUT_REMOVAL, KEPT
from board.posts import merging
from board.posts.models import Post
from board.privacy.elsewhere import Erasure, Seen
from board.privacy.passages import pattern_of
from board.privacy.sweeping import sweep_rows


def erase(erasure: Erasure) -> None:
    """Take back all news of the post, read or not, but that of its removal or of its recall."""
    for statement in (
        delete(Notification).where(
            Notification.post_id == erasure.post_id, Notification.verb.not_in(KEPT)
        ),
        delete(Telling).where(Telling.post_id == erasure.post_id),
    ):
        db.session.execute(statement.execution_options(synchronize_session=False))


def sweep(passages: Sequence[str], cursor: int) -> tuple[int | None, int]:
    """Remove the passages from saved searches."""
    del cursor
    rows = db.session.scalars(select(SavedSearch)).all()
    return None, sweep_rows(rows, pattern_of(passages))


def exposed(question_id: int, post_id: int) -> Iterator[Seen]:
    """Who was told of it, and who watches the question: since when, unless it was asked
    confidentially, for who asked has watched from that very moment.
    """
    del question_id
    told = select(Notification).where(Notification.post_id == post_id)
    for row in db.session.scalars(told.where(Notification.verb.not_in(ABOUT_REMOVAL))):
        how = "was told of it and opened it" if row.read_at else "was told of it"
        yield Seen(row.person_id, how, row.read_at or row.told_at)
    reports = select(Activity).where(
        Activity.subject_kind == "post",
        Activity.subject_id == post_id,
        Activity.verb == Verb.PRIVACY_REPORTED,
    )
    for report in db.session.scalars(reports):
        for person_id in report.detail.get("told", ()):
            yield Seen(person_id, "was told of it", report.at)
    for address in merging.read_under(db.session.get_one(Post, post_id)):
        yield from _watchers(address)


def _watchers(question_id: int) -> Iterator[Seen]:
    watching = select(Subscription).where(
        Subscription.kind == Watched.QUESTION,
        Subscription.target_id == question_id,
        Subscription.level != Level.NOTHING,
    )
    asked = db.session.get_one(Post, question_id)
    for watcher in db.session.scalars(watching):
        since = watcher.since if asked.confider_id is None else None
        yield Seen(watcher.person_id, "watches the question", since)


def remember_told(deed: Deed) -> None:
    """A report recalls unread news: note first who had been told, for the report after a purge."""
    told = db.session.scalars(
        select(Notification.person_id).where(
            Notification.post_id == deed.subject.id,
            Notification.read_at.is_(None),
            Notification.verb.not_in(KEPT),
        )
    )
    deed.activity.detail = {**deed.activity.detail, "told": sorted(set(told))}
