"""Passages of a post that somebody has spoken about: a second look says nothing about them again.

Kept as fingerprints, made with a key outside the database, different for every post.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import delete, select

from board.core.database import db, upsert
from board.core.signing import keyed_fingerprint
from board.privacy.models import KnownPassage


def remember(post_id: int, passages: Iterable[str]) -> None:
    """Somebody said that these are no patient's, or a reviewer is about to decide."""
    rows = [{"post_id": post_id, "fingerprint": each} for each in _prints(post_id, passages)]
    if rows:
        db.session.execute(upsert(KnownPassage).values(rows).on_conflict_do_nothing())


def unknown(post_id: int, passages: Collection[str]) -> list[str]:
    """Those of these passages that nobody has spoken about."""
    known = set(
        db.session.scalars(select(KnownPassage.fingerprint).where(KnownPassage.post_id == post_id))
    )
    return [each for each in passages if _print(post_id, each) not in known]


def forget(post_id: int) -> None:
    """The post was purged."""
    db.session.execute(
        delete(KnownPassage)
        .where(KnownPassage.post_id == post_id)
        .execution_options(synchronize_session=False)
    )


def _prints(post_id: int, passages: Iterable[str]) -> set[str]:
    return {_print(post_id, each) for each in passages}


def _print(post_id: int, passage: str) -> str:
    return keyed_fingerprint(f"known {post_id} {passage.lower()}")[:32]
