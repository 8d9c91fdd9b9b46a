"""Signing in with a local account, and out."""

from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import select

from board.activity.recording import note, record
from board.activity.verbs import Verb
from board.core.database import apart, db, glance
from board.core.errors import Invalid, TooMany
from board.core.limits import Limit
from board.core.signing import keyed_fingerprint
from board.core.text import one_line
from board.people.models import Person
from board.people.rules import is_shared_account
from board.signin import passwords, pins, sessions, throttling
from board.signin.models import Password
from board.signin.sessions import Place, SignedIn

SHARED = "That is a computer's shared account. Sign in with your own user name."
# So many records an address makes of names that are nobody's: a trail that is flooded hides things.
NOTED = Limit("sign-in-noted", 60, 600)
WRONG = "That user name and password do not belong together."


@dataclass(frozen=True)
class Proof:
    """Somebody has shown that they know this person's password."""

    person_id: int


def check(username: str, password: str, address: str | None) -> Proof:
    """Look at name and password; raises `Invalid`, or `TooMany` while the account has to wait.

    Everything slow happens here, before the request's own transaction begins.
    """
    username = one_line(username).lower()
    if is_shared_account(username):
        _note_stranger(username, address, "shared account")
        raise Invalid({"username": SHARED})
    try:
        throttling.admit(username, address)
    except TooMany:
        _note_stranger(username, address, "has to wait")
        raise
    with glance() as session:
        found = session.execute(
            select(Person.id, Person.deactivated_at, Password.hash)
            .join(Password, Password.person_id == Person.id)
            .where(Person.handle == username)
        ).first()
    known = passwords.matches(password, found.hash if found else None)
    if not known or found is None or found.deactivated_at is not None:
        if found:
            _note_failure(found.id)
        else:
            _note_stranger(username, address, "unknown name")
        raise Invalid({"password": WRONG})
    return Proof(found.id)


def sign_in(proof: Proof, place: Place = sessions.UNKNOWN) -> str:
    """Begin a session; returns its token for the cookie."""
    return begin(db.session.get_one(Person, proof.person_id), place)


def begin(person: Person, place: Place = sessions.UNKNOWN) -> str:
    """Begin a session for somebody who has just proved who they are."""
    throttling.clear(person.handle)
    pins.trust_again(person.id)
    token = sessions.begin(person, "password", place)
    record(person, Verb.SIGNED_IN, person, method="password")
    return token


def sign_out(signed_in: SignedIn) -> None:
    """End this browser's session."""
    _end(signed_in, Verb.SIGNED_OUT)


def switch(signed_in: SignedIn) -> None:
    """Somebody else wants to use this browser: end the session of whoever was here before."""
    _end(signed_in, Verb.SWITCHED_USER)


def _end(signed_in: SignedIn, verb: Verb) -> None:
    sessions.end(signed_in.session_id)
    person = db.session.get_one(Person, signed_in.id)
    record(person, verb, person)


def _note_failure(person_id: int) -> None:
    """A failure outlives the refusal that follows it."""
    with apart() as session:
        note(session, Verb.SIGN_IN_FAILED, "person", person_id)


def _note_stranger(username: str, address: str | None, why: str) -> None:
    """No password was looked at, or nobody has this name. What was typed may be a patient's name
    or a password: never written down, but a fingerprint tells whether it was the same again.
    """
    with apart() as session, suppress(TooMany):
        NOTED.count(session, address or "unknown")
        name = keyed_fingerprint(f"sign-in name {username}")[:16]
        note(session, Verb.SIGN_IN_FAILED, "person", why=why, name=name)
