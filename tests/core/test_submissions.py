"""The same form twice makes one thing."""

from datetime import timedelta

from board.core import clock, submissions
from board.core.database import db


def test_a_key_can_be_claimed_once(world):
    amina = world.amina.id
    assert submissions.claim(amina, "key")
    submissions.settle(amina, "key", "/questions/9")
    assert not submissions.claim(amina, "key")
    assert submissions.location_of(amina, "key") == "/questions/9"


def test_a_key_is_each_persons_own(world):
    assert submissions.claim(world.amina.id, "key")
    assert submissions.claim(world.jonas.id, "key")


def test_a_claim_that_was_rolled_back_can_be_made_again(world):
    amina = world.amina.id
    submissions.claim(amina, "key")
    db.session.rollback()
    assert submissions.claim(amina, "key")


def test_old_keys_are_forgotten(world):
    amina = world.amina.id
    with clock.held_at(clock.now() - timedelta(days=3)):
        submissions.claim(amina, "old")
    submissions.claim(amina, "new")
    submissions.forget_old()
    assert submissions.claim(amina, "old")
    assert not submissions.claim(amina, "new")
