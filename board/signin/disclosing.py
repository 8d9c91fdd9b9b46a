"""Where somebody signed in."""

from sqlalchemy import select

from board.core.disclosing import Record, rows
from board.signin.models import Session


def signed_in(person_id: int) -> Record:
    """Their sessions: when, where and how; never what proves who they are."""
    query = (
        select(
            Session.created_at,
            Session.last_active,
            Session.ended_at,
            Session.method,
            Session.browser,
            Session.address,
        )
        .where(Session.person_id == person_id)
        .order_by(Session.id.desc())
    )
    about = "So that you, or an administrator, can see and end a session that should not be there."
    return Record("sessions", "Where you signed in", about, rows(query))
