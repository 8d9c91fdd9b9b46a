"""The idle lock: a session nobody uses answers nothing until its person shows who they are.

The server counts, not the page: what locks a session stands in its row, for every tab and node.
"""

from datetime import timedelta

from sqlalchemy import update

from board.activity.recording import note, record
from board.activity.verbs import Verb
from board.config import settings
from board.core.clock import now
from board.core.database import AnySession, apart, changes, db
from board.core.limits import is_within
from board.people.models import Person
from board.signin import pins, throttling
from board.signin.models import Session
from board.signin.sessions import SignedIn


def idle_time(address: str | None) -> timedelta:
    """How long a session may rest unused at this address before it is locked."""
    named = [each.partition("=") for each in settings().idle_minutes_at]
    here = [int(minutes) for network, _, minutes in named if is_within(address, [network.strip()])]
    return timedelta(minutes=min(here, default=settings().idle_minutes))


def seconds_left(signed_in: SignedIn, address: str | None) -> int:
    """How soon this session is locked if nothing happens; 0 when it is."""
    if signed_in.locked_at is not None:
        return 0
    left = signed_in.last_active + idle_time(address) - now()
    return max(0, int(left.total_seconds()))


def is_locked(signed_in: SignedIn, address: str | None) -> bool:
    """Whether this session has to be unlocked before it answers anything."""
    locks_at = signed_in.last_active + idle_time(address)
    return signed_in.locked_at is not None or now() >= locks_at


def notice(signed_in: SignedIn) -> None:
    """A session was found unused for too long: it stays locked, whatever is set or sent later."""
    if signed_in.locked_at is None:
        with apart() as session:
            if _mark(session, signed_in.session_id):
                verb, id = Verb.SESSION_LOCKED, signed_in.id
                note(session, verb, "person", id, actor=signed_in, by="idle")


def lock(person: Person, session_id: int) -> None:
    """Lock a session now: its person leaves the computer, or the page's time is up."""
    if _mark(db.session, session_id):
        record(person, Verb.SESSION_LOCKED, person, by="page")


def unlock(person: Person, session_id: int) -> None:
    """Go on where the session was locked; the view has checked the password."""
    throttling.clear(person.handle)
    _open(person, session_id)
    record(person, Verb.SESSION_UNLOCKED, person)


def unlock_by_pin(person: Person, session_id: int) -> None:
    """The same with a PIN: failed attempts to sign in still count."""
    _open(person, session_id)
    record(person, Verb.SESSION_UNLOCKED, person, by="pin")


def _open(person: Person, session_id: int) -> None:
    row = db.session.get_one(Session, session_id)
    row.locked_at, row.last_active = None, now()
    pins.trust_again(person.id)


def _mark(session: AnySession, session_id: int) -> bool:
    """Whether it was this call that locked it."""
    locked = update(Session).filter_by(id=session_id, locked_at=None).values(locked_at=now())
    return changes(session, locked) > 0
