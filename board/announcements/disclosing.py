"""Which announcements somebody has put away."""

from sqlalchemy import select

from board.announcements.models import Dismissal
from board.core.disclosing import Record, rows


def put_away(person_id: int) -> Record:
    """What they have read and do not see again."""
    mine = select(Dismissal.announcement_id, Dismissal.dismissed_at).filter_by(person_id=person_id)
    about = "So that it does not come back. Nobody else sees it."
    return Record("put_away", "Announcements you have put away", about, rows(mine))
