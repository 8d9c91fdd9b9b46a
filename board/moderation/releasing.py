"""Making a suggestion that had been put aside: its author or a moderator still decides about it.

Named in the wiring.
"""

from board.core.errors import require
from board.moderation import suggesting
from board.moderation.rules import may_suggest
from board.people.models import Person
from board.posts import releasing
from board.privacy.elsewhere import Writing


def check(author: Person, held: Writing) -> None:
    """Raise what making it would raise for its words, or for what it belongs to."""
    require(may_suggest(author, releasing.target_of(held)), suggesting.OTHERWISE)
    releasing.check(author, held)


def post(author: Person | None, held: Writing) -> int:
    """Make it as its author; returns the id of the post it is for."""
    base = held.fields.get("base_revision", "")
    with releasing.as_author(author, held) as person:
        made = suggesting.suggest(
            person,
            releasing.target_of(held),
            int(base) if base.isdecimal() else 0,
            body=held.fields.get("body", ""),
            title=held.fields.get("title", ""),
            tags=held.fields.get("tags", ""),
            summary=held.fields.get("summary", ""),
        )
    return made.post_id
