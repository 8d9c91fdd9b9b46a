"""What a purge does to posts, revisions, drafts and reasons. Named in the wiring."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core import submissions
from board.core.clock import now
from board.core.database import Base, db
from board.core.markup import Text as Written
from board.people.models import CONSOLE
from board.posts import accepting, drafting, hiding, writing
from board.posts.models import Draft, Kind, Post, Revision
from board.posts.records import Acceptance, Closure, Hiding, Locking
from board.privacy.elsewhere import Erasure
from board.privacy.passages import holds, pattern_of, without
from board.privacy.sweeping import sweep_rows

BATCH = 500
WITHOUT_SYNC = {"synchronize_session": False}


def erase(erasure: Erasure) -> None:
    """Leave a tombstone where the post was; its thread stays."""
    post = db.session.get_one(Post, erasure.post_id)
    if post.is_visible:
        if post.kind == Kind.ANSWER:
            accepting.end_because(None, post, "The answer was removed.")
        hiding.set_hidden(post, hidden=True)
    writing.put_text(post, Written.of(""), erasure.tombstone if post.title is not None else None)
    post.source, post.synonyms = None, None
    post.withheld_at, post.purge_number = post.withheld_at or now(), erasure.number
    db.session.flush()
    _empty(Revision, Revision.post_id == post.id, title=None, tags="", summary="", body_md="")
    target = drafting.target("edit", post.id)
    _empty(Draft, Draft.target == target, is_sent=True, saved_at=now(), **drafting.EMPTIED)
    _empty(Hiding, Hiding.post_id == post.id, reason="")
    for table in (Closure, Locking):
        _empty(table, table.question_id == post.id, note="")
    submissions.forget_addresses(erasure.question_id)


def sweep(passages: Sequence[str], cursor: int) -> tuple[int | None, int]:
    """Remove the passages from the next posts and their revisions, wherever on the board."""
    pattern = pattern_of(passages)
    posts = db.session.scalars(
        select(Post).where(Post.id > cursor).order_by(Post.id).limit(BATCH)
    ).all()
    if not posts:
        return None, _sweep_the_rest(pattern)
    found = sum(_sweep_post(post, pattern) for post in posts)
    span = Revision.post_id.between(posts[0].id, posts[-1].id)
    found += sweep_rows(db.session.scalars(select(Revision).where(span)).all(), pattern)
    return posts[-1].id, found


def _sweep_post(post: Post, pattern: re.Pattern[str]) -> int:
    names = [without(name, pattern) for name in post.synonyms or []]
    has_names = names != (post.synonyms or [])
    if not has_names and not holds(
        pattern, post.title, post.body_md, post.source, post.external_id, post.body_html
    ):
        return 0
    if has_names:
        post.synonyms = names
    post.source = without(post.source, pattern)
    if holds(pattern, post.external_id):
        post.external_id = f"removed/{post.id}"
    body = Written.of(without(post.body_md, pattern))
    writing.put_text(post, body, without(post.title, pattern))
    assert post.question_id is not None
    submissions.forget_addresses(post.question_id)
    writing.raise_version(post.question_id)
    record(CONSOLE, Verb.PRIVACY_SWEPT, post)
    return 1


def _sweep_the_rest(pattern: re.Pattern[str]) -> int:
    """Drafts and reasons: few enough to be read in one go."""
    with_reason = [
        *db.session.scalars(select(Hiding).where(Hiding.reason != "")),
        *db.session.scalars(select(Acceptance).where(Acceptance.reason != "")),
        *db.session.scalars(select(Closure).where(Closure.note != "")),
        *db.session.scalars(select(Locking).where(Locking.note != "")),
    ]
    return sweep_rows([*db.session.scalars(select(Draft)), *with_reason], pattern)


def _empty(table: type[Base], which: Any, **values: Any) -> None:
    db.session.execute(update(table).where(which).values(values), execution_options=WITHOUT_SYNC)
