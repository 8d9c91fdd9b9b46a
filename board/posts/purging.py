"""Removing a post's text for good, after a report or a second look."""

from sqlalchemy import select

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.database import db
from board.people.models import Person
from board.posts import reporting
from board.posts.models import Post, Revision
from board.posts.rules import writer_id
from board.privacy import purging
from board.privacy.models import Concern, Outcome, Purge


def purge(reviewer: Person, concern: Concern, passages: str = "") -> Purge:
    """Put a tombstone in the post's place; `passages`, a line each, go wherever else they stand.

    Raises `Refused`, `Conflict` when somebody has decided already, or `Invalid` for the passages.
    """
    post = reporting.lock(reviewer, concern)
    assert post.question_id is not None
    made = purging.begin(
        reviewer,
        post,
        question_id=post.question_id,
        kind=post.kind,
        writer_id=writer_id(post),
        written_at=post.created_at,
        texts=_texts(post),
        passages=passages,
    )
    concern.acceptance_id = None
    reporting.settle(reviewer, concern, Outcome.PURGED, "")
    record(reviewer, Verb.PRIVACY_PURGED, post, number=made.id, tells=concern.reporter_id)
    return made


def _texts(post: Post) -> list[str]:
    """Everything it ever said."""
    revisions = db.session.scalars(select(Revision).where(Revision.post_id == post.id))
    before = [text for each in revisions for text in (each.title or "", each.body_md, each.summary)]
    return [post.title or "", post.body_md, *before]
