"""Reading tags."""

from sqlalchemy import select, union

from board.core.database import AnySelect
from board.tags.models import Tag, TagSynonym


def tags() -> AnySelect:
    """Tags somebody can find something in or that are described, most used first."""
    return (
        select(Tag.id, Tag.name, Tag.description, Tag.question_count)
        .where(Tag.merged_into_id.is_(None))
        .order_by(Tag.question_count.desc(), Tag.name)
    )


def tags_beginning(letters: str) -> AnySelect:
    """Tags whose name or synonym begins with these letters, most used first."""
    ids = union(
        select(Tag.id).where(Tag.name.startswith(letters, autoescape=True)),
        select(TagSynonym.tag_id).where(TagSynonym.name.startswith(letters, autoescape=True)),
    )
    return tags().where(Tag.id.in_(ids.scalar_subquery()))
