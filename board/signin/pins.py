"""A PIN that opens one's own locked session, where the site wants it: six digits, not four words.

It opens nothing else. Whoever has more rights than others types the password. Five wrong ones use
it up, however they are spread, until the password is typed once more.
"""

from sqlalchemy import delete, update

from board.activity.recording import Deed, note, record
from board.activity.verbs import Verb
from board.config import settings
from board.core.clock import now
from board.core.database import AnySession, apart, db
from board.core.errors import Invalid, require
from board.people.models import Person
from board.signin import passwords
from board.signin.models import Pin
from board.signin.rules import may_have_pin
from board.signin.sessions import SignedIn

DIGITS = 6
TRIES = 5
REFUSAL = "A PIN is not for you: your password opens more than other people's."
WRONG = "That is not the PIN of whoever is named here."
USED_UP = "Too many wrong PINs. Type the password instead."
OBVIOUS = "That is one of the first PINs anybody would try. Choose another."
_RUN = "01234567890"


class PinHash(str):
    """An argon2 hash of a PIN that is not the first anybody would try; made before the lock."""

    __slots__ = ()

    @classmethod
    def of(cls, pin: str) -> "PinHash":
        """Hash it; raises `Invalid` for what is no PIN or an obvious one."""
        if len(pin) != DIGITS or not (pin.isascii() and pin.isdigit()):
            raise Invalid({"pin": f"A PIN has {DIGITS} digits."})
        if is_obvious(pin):
            raise Invalid({"pin": OBVIOUS})
        return cls(passwords.hashed(pin))


def is_obvious(pin: str) -> bool:
    """123456, 654321, 000000, 121212, 123123, 112233, 123321 and their like."""
    is_run = pin in _RUN or pin[::-1] in _RUN
    is_repeated = pin == pin[:1] * DIGITS or pin == pin[:2] * 3 or pin == pin[:3] * 2
    is_paired = pin[0::2] == pin[1::2]
    return is_run or is_repeated or is_paired or pin == pin[::-1]


def choose(person: Person, pin: PinHash) -> None:
    """Set or change one's own; the view has checked the password."""
    require(may_have_pin(person), REFUSAL)
    row = db.session.get(Pin, person.id)
    if row is None:
        db.session.add(Pin(person_id=person.id, hash=pin))
    else:
        row.hash, row.failures, row.chosen_at = pin, 0, now()
    record(person, Verb.PIN_SET, person)


def remove(person: Person) -> None:
    """Do without one from now on; a second time changes nothing."""
    if db.session.get(Pin, person.id) is not None:
        _drop(person.id)
        record(person, Verb.PIN_REMOVED, person)


def pin_of(person_id: int) -> Pin | None:
    """When somebody chose theirs."""
    return db.session.get(Pin, person_id)


def is_usable(signed_in: SignedIn) -> bool:
    """Whether a PIN opens this person's locked session now."""
    if not may_have_pin(signed_in):
        return False
    pin = pin_of(signed_in.id)
    return pin is not None and pin.failures < TRIES


def check(signed_in: SignedIn, pin: str) -> None:
    """Raises `Invalid` unless this is their PIN. A try is counted before it is looked at."""
    with apart() as session:
        tried = _count_try(session, signed_in)
    if tried is None:
        raise Invalid({"password": USED_UP})
    hash, failures = tried
    if not passwords.matches(pin, hash):
        with apart() as session:
            note(session, Verb.PIN_FAILED, "person", signed_in.id, actor=signed_in)
        raise Invalid({"pin": WRONG} if failures < TRIES else {"password": USED_UP})


def trust_again(person_id: int) -> None:
    """The password was typed, or the right PIN: what went wrong before does not count."""
    if settings().lock_pin:
        db.session.execute(update(Pin).filter_by(person_id=person_id).values(failures=0))


def follow_leaving(deed: Deed) -> None:
    """Whoever leaves has no PIN when they come back."""
    _drop(deed.subject.id)


def _drop(person_id: int) -> None:
    db.session.execute(
        delete(Pin).where(Pin.person_id == person_id),
        execution_options={"synchronize_session": "fetch"},
    )


def _count_try(session: AnySession, signed_in: SignedIn) -> tuple[str, int] | None:
    """The hash to compare with and the tries so far; None where there is none or it is used up."""
    if not may_have_pin(signed_in):
        return None
    counted = session.execute(
        update(Pin)
        .where(Pin.person_id == signed_in.id, Pin.failures < TRIES)
        .values(failures=Pin.failures + 1)
        .returning(Pin.hash, Pin.failures),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    return (counted.hash, counted.failures) if counted else None
