"""Passwords of local accounts."""

import pytest
from world import PASSWORD

from board.core.database import db
from board.core.errors import Invalid, Refused
from board.signin import passwords
from board.signin.models import Password


def stored(person):
    return db.session.get(Password, person.id)


def test_a_password_is_stored_as_an_argon2_hash(world):
    assert stored(world.amina).hash.startswith("$argon2id$")
    assert passwords.matches(PASSWORD, stored(world.amina).hash)
    assert not passwords.matches(PASSWORD + "!", stored(world.amina).hash)


def test_nobody_has_the_password_of_nobody(world):
    assert not passwords.matches("nobody has this password", None)


@pytest.mark.parametrize("password", ["", "short", "eleven char", "x" * 1001])
def test_a_password_that_is_too_short_or_absurd(password):
    with pytest.raises(Invalid, match="12"):
        passwords.Hash.of(password)


@pytest.mark.parametrize("password", ["twelve chars", "aaaaaaaaaaaa", "пароль пароль", "x" * 1000])
def test_no_composition_rules(password):
    assert passwords.matches(password, passwords.Hash.of(password))


def test_a_password_that_was_given_has_to_be_changed(world):
    passwords.assign(world.tomasz, world.amina, passwords.Hash.of("another password"))
    assert stored(world.amina).must_change


def test_a_password_that_was_chosen_does_not(world):
    passwords.assign(world.tomasz, world.amina, passwords.Hash.of("another password"))
    passwords.choose(world.amina, passwords.Hash.of("chosen by herself"))
    assert not stored(world.amina).must_change
    assert passwords.matches("chosen by herself", stored(world.amina).hash)


def test_only_administrators_give_passwords(world):
    with pytest.raises(Refused):
        passwords.assign(world.ruth, world.amina, passwords.Hash.of("another password"))


def test_an_imported_author_gets_none(world):
    world.lena.is_imported = True
    with pytest.raises(Refused, match="imported"):
        passwords.assign(world.tomasz, world.lena, passwords.Hash.of("another password"))
