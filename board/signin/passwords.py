"""Passwords of local accounts."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db
from board.core.errors import Invalid, require
from board.people.models import Member, Person
from board.people.rules import may_manage_people
from board.signin import throttling
from board.signin.models import Password, Pin

SHORTEST = 12
LONGEST = 1000

_hasher = PasswordHasher()


class Hash(str):
    """An argon2 hash of a password that is good enough; made before the writer's lock is taken."""

    __slots__ = ()

    @classmethod
    def of(cls, password: str, field: str = "password") -> "Hash":
        """Hash it; raises `Invalid` for this form field when it is too short."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise Invalid(
                {field: f"A password has at least {SHORTEST} characters. Four words do well."}
            )
        return cls(hashed(password))


def hashed(secret: str) -> str:
    """An argon2 hash: slow on purpose."""
    return _hasher.hash(secret)


def matches(password: str, hash: str | None) -> bool:
    """Whether the password belongs to the hash; takes as long when there is no hash."""
    try:
        return _hasher.verify(hash or _no_ones_hash(), password[:LONGEST]) and hash is not None
    except (VerificationError, InvalidHashError):
        return False


def assign(
    administrator: Member, person: Person, password: Hash, *, must_change: bool = True
) -> None:
    """Give somebody a password, which they usually have to change; a PIN they had is gone."""
    require(may_manage_people(administrator), "Only an administrator may set a password.")
    require(not person.is_imported, "An imported author is a name only and cannot sign in.")
    _store(person, password, must_change)
    db.session.execute(delete(Pin).where(Pin.person_id == person.id))
    record(administrator, Verb.PASSWORD_SET, person)


def choose(person: Person, password: Hash) -> None:
    """Somebody's own new password; the view has checked the present one."""
    _store(person, password, must_change=False)
    throttling.clear(person.handle)
    record(person, Verb.PASSWORD_CHANGED, person)


def _store(person: Person, password: Hash, must_change: bool) -> None:
    db.session.flush()
    row = db.session.get(Password, person.id)
    if row is None:
        db.session.add(Password(person_id=person.id, hash=password, must_change=must_change))
    else:
        row.hash, row.must_change, row.changed_at = password, must_change, now()


_made: list[str] = []


def _no_ones_hash() -> str:
    """A hash to compare with when there is no such person, so that the answer takes as long."""
    if not _made:
        _made.append(_hasher.hash("nobody has this password"))
    return _made[0]
