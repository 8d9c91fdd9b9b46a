"""What stands in a feed: the questions of a tag, of a saved search, of what somebody watches.

A feed is read by programs that keep what they read, so it has titles at most, and only of posts
that anybody here may see.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import or_, select

from board.core.clock import now
from board.core.database import AnyRow, AnySelect, db
from board.inbox.models import Level, SavedSearch, Subscription, Watched
from board.posts.lists import POST, POST_TAG
from board.posts.models import Kind
from board.posts.rules import seen_by_anybody
from board.search.finding import Sort, find

MOST = 30
# Beyond this a feed of what somebody watches does not look: a reader has fetched it before.
RECENT = timedelta(days=365)


def of_tag(tag_id: int) -> Sequence[AnyRow]:
    """The questions of a tag that were active last."""
    ids = (
        select(POST_TAG.c.post_id)
        .where(POST_TAG.c.tag_id == tag_id, POST_TAG.c.hidden_at.is_(None))
        .order_by(POST_TAG.c.active_at.desc(), POST_TAG.c.post_id.desc())
        .limit(MOST)
    )
    return _entries(_shown().where(POST.c.id.in_(ids)))


def of_search(search: SavedSearch) -> Sequence[AnyRow]:
    """What a saved search finds, the newest first."""
    found = find(search.query, sort=Sort.NEWEST, exactly=True, limit=MOST, filters=search.filters)
    ids = [result.question.id for result in found.results]
    return _entries(_shown().where(POST.c.id.in_(ids)))


def of_watched(person_id: int) -> Sequence[AnyRow]:
    """The questions that somebody watches: themselves, or their tag, department or asker."""
    in_tag = select(POST_TAG.c.post_id).where(
        POST_TAG.c.tag_id.in_(_watched(person_id, Watched.TAG))
    )
    watches = or_(
        POST.c.id.in_(_watched(person_id, Watched.QUESTION)),
        POST.c.id.in_(in_tag),
        POST.c.department_id.in_(_watched(person_id, Watched.DEPARTMENT)),
        POST.c.author_id.in_(_watched(person_id, Watched.PERSON)),
    )
    muted = select(Subscription.target_id).where(
        Subscription.person_id == person_id,
        Subscription.kind == Watched.QUESTION,
        Subscription.level == Level.NOTHING,
    )
    recent = POST.c.active_at >= now() - RECENT
    return _entries(_shown().where(recent, watches, POST.c.id.not_in(muted)))


def _watched(person_id: int, kind: Watched) -> AnySelect:
    return select(Subscription.target_id).where(
        Subscription.person_id == person_id,
        Subscription.kind == kind,
        Subscription.level != Level.NOTHING,
    )


def _shown() -> AnySelect:
    return select(POST.c.id, POST.c.title, POST.c.created_at, POST.c.active_at).where(
        POST.c.kind == Kind.QUESTION, POST.c.hidden_at.is_(None), seen_by_anybody(POST)
    )


def _entries(query: AnySelect) -> Sequence[AnyRow]:
    return db.session.execute(
        query.order_by(POST.c.active_at.desc(), POST.c.id.desc()).limit(MOST)
    ).all()
