"""A suggestion is put aside for a privacy reviewer, and made when they release it: whoever
wrote the post, or a moderator, still decides about it. `check` and `post` are named in the wiring.
"""

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db
from board.core.errors import Missing, require
from board.moderation import suggesting
from board.moderation.models import Outcome, Suggestion
from board.moderation.rules import may_suggest
from board.people.models import Person
from board.posts import releasing
from board.privacy import holding
from board.privacy.elsewhere import Writing
from board.privacy.models import Held


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


def put_aside(reporter: Person, suggestion: Suggestion) -> Held:
    """Somebody says that it contains patient information: nobody reads it before a reviewer has.

    Nothing of it stays here; released, it is suggested anew. Raises `Missing` the second time.
    """
    require(reporter.id is not None, "Sign in to say so.")
    db.session.refresh(suggestion, with_for_update={"key_share": True})
    if not (suggestion.title or suggestion.body_md):
        raise Missing("It was hidden already. A privacy reviewer looks at it.")
    fields = {
        "title": suggestion.title or "",
        "body": suggestion.body_md,
        "tags": suggestion.tags,
        "summary": suggestion.summary,
        "base_revision": str(suggestion.base_revision),
    }
    writing = Writing("suggestion", suggestion.post_id, fields)
    held = holding.put_aside(suggestion.person_id, writing, [])
    held.is_confidential = releasing.is_confidential(suggestion.person, writing)
    suggestion.title, suggestion.body_md, suggestion.tags, suggestion.summary = None, "", "", ""
    if suggestion.outcome is None:
        suggestion.outcome, suggestion.decided_at = Outcome.WITHDRAWN, now()
    record(reporter, Verb.PRIVACY_HELD, held, kinds=[], tells=suggestion.person_id)
    return held
