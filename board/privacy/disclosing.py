"""What privacy keeps about somebody: what they sent for review and what they reported, without
the texts.
"""

from board.core.disclosing import Record, rows
from board.privacy import queries


def sent(person_id: int) -> Record:
    """Their texts that waited for a privacy reviewer, and what came of them."""
    about = "You and privacy reviewers see it. While it waits, the text is on its own page."
    return Record(
        "sent_for_review", "What you sent for review", about, rows(queries.held_by(person_id))
    )


def reported(person_id: int) -> Record:
    """Posts they said contain patient information."""
    about = "You and privacy reviewers see it; the author does not."
    mine = queries.reported_by(person_id)
    return Record("privacy_reports", "Patient information you reported", about, rows(mine))
