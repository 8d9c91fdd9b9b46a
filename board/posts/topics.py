"""By which tags a text is looked through: those of its question, by every name that they have.

Asked before the writer's lock is taken, and only where a site says something of a tag.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Set
from typing import Any

from sqlalchemy import select, union

from board.config import settings
from board.core.database import AnySession
from board.posts.models import Kind, Post, PostTag
from board.tags.models import Tag, TagSynonym
from board.tags.naming import normal

NONE: Set[str] = frozenset()


def of_typed(session: AnySession, typed: str) -> Set[str]:
    """The tags that a form asks for, main tags for synonyms."""
    names = set(filter(None, map(normal, typed.split(","))))
    if not (names and settings().privacy_policy_by_tag):
        return NONE
    ids = union(
        select(Tag.id).where(Tag.name.in_(names)),
        select(TagSynonym.tag_id).where(TagSynonym.name.in_(names)),
    )
    return names | set(session.scalars(_names(Tag.id.in_(ids))))


def of_post(session: AnySession, id: int, typed: str | None = None) -> Set[str]:
    """The tags of the question that this post belongs to; of a question those that were typed."""
    if not settings().privacy_policy_by_tag:
        return NONE
    post = session.execute(select(Post.kind, Post.question_id).where(Post.id == id)).first()
    if post is None:
        return NONE
    if post.kind == Kind.QUESTION and typed is not None:
        return of_typed(session, typed)
    return of_questions(session, [post.question_id]).get(post.question_id, NONE)


def of_questions(session: AnySession, ids: Collection[int]) -> Mapping[int, Set[str]]:
    """The tags of each of these questions."""
    found: dict[int, set[str]] = defaultdict(set)
    if not settings().privacy_policy_by_tag:
        return found
    links = select(PostTag.post_id, PostTag.tag_id).where(PostTag.post_id.in_(ids)).subquery()
    rows = union(
        select(links.c.post_id, Tag.name).join(Tag, Tag.id == links.c.tag_id),
        select(links.c.post_id, TagSynonym.name).join(
            TagSynonym, TagSynonym.tag_id == links.c.tag_id
        ),
    )
    for question_id, name in session.execute(rows):
        found[question_id].add(name)
    return found


def _names(which: Any) -> Any:
    """Every name of these tags."""
    synonyms = select(TagSynonym.name).join(Tag, Tag.id == TagSynonym.tag_id).where(which)
    return union(select(Tag.name).where(which), synonyms)
