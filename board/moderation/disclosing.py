"""What moderation keeps about somebody: what they flagged and suggested, and words to them."""

from sqlalchemy import select

from board.core.disclosing import Record, rows
from board.moderation.models import Flag, Sanction, Suggestion


def flagged(person_id: int) -> Record:
    """What they flagged, and what came of it."""
    query = select(Flag.post_id, Flag.reason, Flag.words, Flag.flagged_at, Flag.outcome)
    mine = query.filter_by(person_id=person_id)
    return Record("flags", "What you flagged", "Only you and moderators see it.", rows(mine))


def suggested(person_id: int) -> Record:
    """Edits they suggested."""
    query = select(Suggestion.post_id, Suggestion.summary, Suggestion.suggested_at)
    mine = query.add_columns(Suggestion.outcome).filter_by(person_id=person_id)
    return Record("suggestions", "Edits you suggested", "Everybody sees them.", rows(mine))


def sanctioned(person_id: int) -> Record:
    """Warnings and suspensions."""
    query = select(Sanction.words, Sanction.given_at, Sanction.until, Sanction.ended_at)
    mine = query.filter_by(person_id=person_id)
    about = "Only you and moderators see it."
    return Record("conduct", "Warnings and suspensions", about, rows(mine))
