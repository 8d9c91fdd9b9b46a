"""What a purge does to tags: names, descriptions and synonyms that hold a passage."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from board.core.database import db
from board.privacy.passages import holds, pattern_of, without
from board.tags.models import Tag, TagSynonym


def sweep(passages: Sequence[str], cursor: int) -> tuple[int | None, int]:
    """A tag keeps its questions under a name that says nothing."""
    del cursor
    pattern, found = pattern_of(passages), 0
    for tag in db.session.scalars(select(Tag)):
        if holds(pattern, tag.name, tag.description):
            found += 1
            tag.description = without(tag.description, pattern)
            if holds(pattern, tag.name):
                tag.name = f"removed-{tag.id}"
    named = [name for name in db.session.scalars(select(TagSynonym.name)) if holds(pattern, name)]
    if named:
        db.session.execute(delete(TagSynonym).where(TagSynonym.name.in_(named)))
    return None, found + len(named)
