"""Ending sessions elsewhere: one's own, or as an administrator anybody's. It counts at once."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from board.activity.recording import record
from board.activity.verbs import Verb
from board.config import settings
from board.core.clock import now
from board.core.database import db
from board.core.errors import Missing, require
from board.people.models import Person
from board.signin import sessions
from board.signin.models import Session
from board.signin.rules import may_end_sessions_of

REFUSAL = "Only they themselves or an administrator may see and end these."


def standing(reader: Person, person: Person) -> Sequence[Session]:
    """Where somebody is signed in now, the latest used first; locked ones too."""
    require(may_end_sessions_of(reader, person), REFUSAL)
    begun = now() - timedelta(hours=settings().session_hours)
    query = select(Session).filter_by(person_id=person.id, ended_at=None)
    return db.session.scalars(
        query.where(Session.created_at > begun).order_by(Session.last_active.desc())
    ).all()


def end(ender: Person, person: Person, session_id: int) -> None:
    """End one session; one that is over already stays so. Raises `Missing`."""
    require(may_end_sessions_of(ender, person), REFUSAL)
    session = db.session.get(Session, session_id)
    if session is None or session.person_id != person.id:
        raise Missing("There is no such session.")
    if session.ended_at is None:
        sessions.end(session.id)
        record(ender, Verb.SESSION_ENDED, person)


def end_all(ender: Person, person: Person, but: int | None = None) -> None:
    """End every session of somebody, but the one they are using."""
    require(may_end_sessions_of(ender, person), REFUSAL)
    sessions.end_others(person.id, but=but)
    record(ender, Verb.SESSION_ENDED, person, all=True)
