"""A PIN opens one's own locked session, and nothing else."""

import pytest
from sqlalchemy import select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.audit.models import AuditRecord
from board.core.database import db
from board.core.errors import Invalid, Refused
from board.people import appointing, leaving
from board.people.models import Role
from board.signin import passwords, pins, sessions, signing_in
from board.signin.models import Pin
from board.signin.pins import TRIES, PinHash

CODE = "482915"


@pytest.fixture(autouse=True)
def wanted(configure):
    configure(lock_pin=True)


@pytest.fixture
def amina(world):
    """Amina, signed in, with a PIN."""
    pins.choose(world.amina, PinHash.of(CODE))
    token = sessions.begin(world.amina, "password")
    db.session.commit()
    return lambda: sessions.find(db.session, token)


def attempt(signed_in, code):
    found = signed_in()
    db.session.rollback()
    pins.check(found, code)


def wear_out(signed_in):
    for _ in range(TRIES):
        with pytest.raises(Invalid):
            attempt(signed_in, "000001")


def verbs():
    return list(db.session.scalars(select(Activity.verb).where(Activity.verb.startswith("pin_"))))


def test_the_right_pin_is_right_and_another_is_not(amina):
    attempt(amina, CODE)
    with pytest.raises(Invalid, match="not the PIN"):
        attempt(amina, "482916")


def test_it_is_kept_like_a_password(amina):
    hash = db.session.scalars(select(Pin.hash)).one()
    assert hash.startswith("$argon2")
    assert CODE not in hash


@pytest.mark.parametrize(
    "code",
    ["000000", "123456", "654321", "012345", "567890", "121212", "123123", "112233", "123321"],
)
def test_what_anybody_would_try_first_is_refused(code):
    with pytest.raises(Invalid, match="anybody would try"):
        PinHash.of(code)


@pytest.mark.parametrize("code", ["", "48291", "4829155", "48291a", "\uff14" * 6, "48 291"])
def test_a_pin_has_six_digits(code):
    with pytest.raises(Invalid, match="6 digits"):
        PinHash.of(code)


def test_five_wrong_ones_use_it_up_whenever_they_come(amina):
    wear_out(amina)
    assert not pins.is_usable(amina())
    with pytest.raises(Invalid, match="Type the password"):
        attempt(amina, CODE)
    assert verbs().count(Verb.PIN_FAILED) == TRIES


def test_the_fifth_already_says_that_the_password_is_wanted(amina):
    for _ in range(TRIES - 1):
        with pytest.raises(Invalid, match="not the PIN"):
            attempt(amina, "000001")
    with pytest.raises(Invalid, match="Type the password") as refused:
        attempt(amina, "000001")
    assert set(refused.value.fields) == {"password"}


def test_the_password_makes_it_good_again(world, amina):
    wear_out(amina)
    signing_in.begin(world.amina)
    db.session.commit()
    attempt(amina, CODE)


def test_changing_it_makes_the_old_one_worthless(world, amina):
    pins.choose(world.amina, PinHash.of("905173"))
    db.session.commit()
    with pytest.raises(Invalid):
        attempt(amina, CODE)
    attempt(amina, "905173")


def test_doing_without(world, amina):
    pins.remove(world.amina)
    pins.remove(world.amina)
    db.session.commit()
    assert not pins.is_usable(amina())
    with pytest.raises(Invalid):
        attempt(amina, CODE)
    assert verbs() == [Verb.PIN_SET, Verb.PIN_REMOVED]


@pytest.mark.parametrize("name", ["ruth", "tomasz"])
def test_whoever_has_more_rights_chooses_none(world, name):
    with pytest.raises(Refused, match="not for you"):
        pins.choose(getattr(world, name), PinHash.of(CODE))


def test_it_is_over_with_the_first_right_more(world, amina):
    appointing.let_review(world.tomasz, world.amina, reviews=True)
    db.session.commit()
    assert not pins.is_usable(amina())
    with pytest.raises(Invalid):
        attempt(amina, CODE)


def test_it_is_over_for_a_new_moderator(world, amina):
    world.amina.role = Role.MODERATOR
    db.session.commit()
    assert not pins.is_usable(amina())


def test_where_the_site_wants_none_there_is_none(world, amina, configure):
    configure(lock_pin=False)
    assert not pins.is_usable(amina())
    with pytest.raises(Refused):
        pins.choose(world.amina, PinHash.of(CODE))


def test_a_password_somebody_else_chose_ends_it(world, amina):
    passwords.assign(world.tomasz, world.amina, passwords.Hash.of("four words do well"))
    db.session.commit()
    assert pins.pin_of(world.amina.id) is None


def test_whoever_leaves_has_none_when_they_come_back(world, amina):
    leaving.deactivate(world.tomasz, world.amina)
    db.session.commit()
    assert pins.pin_of(world.amina.id) is None


def test_all_of_it_is_in_the_trail(world, amina):
    with pytest.raises(Invalid):
        attempt(amina, "000001")
    pins.remove(world.amina)
    db.session.commit()
    rows = db.session.execute(
        select(AuditRecord.action, AuditRecord.actor, AuditRecord.outcome)
        .where(AuditRecord.action.startswith("pin_"))
        .order_by(AuditRecord.seq)
    ).all()
    expected = [("pin_set", "amina", 0), ("pin_failed", "amina", 4), ("pin_removed", "amina", 0)]
    assert [tuple(row) for row in rows] == expected
