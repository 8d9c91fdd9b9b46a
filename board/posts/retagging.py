"""Merging one tag into another: its questions move, its name becomes a synonym."""

from sqlalchemy import delete, func, select, update

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.database import db
from board.core.errors import Invalid, require
from board.people.models import Member
from board.posts.models import PostTag
from board.tags.models import Tag, TagSynonym
from board.tags.naming import REFUSAL
from board.tags.rules import may_manage_tags


def merge(moderator: Member, tag: Tag, into: Tag) -> None:
    """Make every question in `tag` one in `into`. Raises `Refused`, or `Invalid` for itself."""
    require(may_manage_tags(moderator), REFUSAL)
    if tag is into:
        raise Invalid({"into": "Choose another tag to merge this one into."})
    db.session.flush()
    _move_questions(tag, into)
    _move_synonyms(tag, into)
    db.session.execute(update(Tag).filter_by(merged_into_id=tag.id).values(merged_into_id=into.id))
    record(moderator, Verb.TAG_MERGED, into, merged=tag.id)


def _move_questions(tag: Tag, into: Tag) -> None:
    has_both = select(PostTag.post_id).where(PostTag.tag_id == into.id)
    ours = PostTag.tag_id == tag.id
    without_sync = {"synchronize_session": False}
    db.session.execute(
        delete(PostTag).where(ours, PostTag.post_id.in_(has_both)), execution_options=without_sync
    )
    db.session.execute(
        update(PostTag).where(ours).values(tag_id=into.id), execution_options=without_sync
    )
    db.session.expire_all()
    into.question_count = (
        db.session.scalar(
            select(func.count()).where(PostTag.tag_id == into.id, PostTag.hidden_at.is_(None))
        )
        or 0
    )


def _move_synonyms(tag: Tag, into: Tag) -> None:
    """The merged row gives its name away; the search index still knows its id."""
    name, tag.name = tag.name, f"{tag.name} merged {tag.id}"
    tag.question_count = 0
    tag.merged_into_id = into.id
    db.session.flush()
    db.session.execute(update(TagSynonym).filter_by(tag_id=tag.id).values(tag_id=into.id))
    db.session.add(TagSynonym(name=name, tag_id=into.id))
    db.session.flush()
    db.session.expire(into, ["synonyms"])
    db.session.expire(tag, ["synonyms"])
