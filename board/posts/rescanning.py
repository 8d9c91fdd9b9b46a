"""Looking again at everything that was posted, after the rules or the settings changed."""

from collections.abc import Callable, Iterator

from sqlalchemy import select

from board.core.database import AnyRow, db, reading
from board.people.models import CONSOLE
from board.posts.models import Post
from board.posts.reporting import raise_concern
from board.privacy import guarding
from board.privacy.models import Concern, Source
from board.privacy.policy import Policy

BATCH = 200


def rescan(say: Callable[[int], None]) -> tuple[int, int]:
    """Put before the reviewers every visible post in which something is found that would be held.

    It stays visible: that is theirs to decide. What they have looked at before is left alone.
    Returns how many posts were looked at, and how many reviewers get to see.
    """
    looked = raised = 0
    site = guarding.policy()
    for batch in _batches():
        hits = [(post.id, kinds) for post in batch if (kinds := _kinds(post, site))]
        raised += _raise(hits)
        looked += len(batch)
        say(looked)
    return looked, raised


def _batches() -> Iterator[list[AnyRow]]:
    """Read in transactions of their own, so that nobody waits while the rules work."""
    last = 0
    while True:
        with reading():
            rows = db.session.execute(
                select(Post.id, Post.title, Post.body_md)
                .where(Post.id > last, Post.hidden_at.is_(None))
                .order_by(Post.id)
                .limit(BATCH)
            ).all()
            db.session.rollback()
        if not rows:
            return
        last = rows[-1].id
        yield list(rows)


def _kinds(post: AnyRow, site: Policy) -> list[str]:
    texts = {"title": post.title or "", "body": post.body_md}
    found = guarding.look(texts, site, (), CONSOLE)
    return sorted({each.kind.value for each in found if each.is_strong})


def _raise(hits: list[tuple[int, list[str]]]) -> int:
    ids = [id for id, _ in hits]
    known = set(db.session.scalars(select(Concern.post_id).where(Concern.post_id.in_(ids))))
    new = [(id, kinds) for id, kinds in hits if id not in known]
    for id, kinds in new:
        raise_concern(db.session.get_one(Post, id), Source.RESCAN, kinds=kinds)
    db.session.commit()
    return len(new)
