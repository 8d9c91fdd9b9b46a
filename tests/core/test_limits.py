"""Counting how much of what in how long."""

from datetime import timedelta

import pytest

from board.core import clock, limits
from board.core.database import db
from board.core.errors import TooMany
from board.core.limits import Limit

TWICE = Limit("test", 2, 60)


def test_a_limit_lets_through_what_it_allows_and_then_says_how_long_to_wait(world):
    moment = clock.now()
    with clock.held_at(moment):
        TWICE.count(db.session, "amina")
    with clock.held_at(moment + timedelta(seconds=20)):
        TWICE.count(db.session, "amina")
        with pytest.raises(TooMany, match="wait 40 seconds") as refusal:
            TWICE.count(db.session, "amina")
    assert refusal.value.seconds == 40


def test_a_limit_counts_each_person_alone(world):
    for _ in range(2):
        TWICE.count(db.session, "amina")
    TWICE.count(db.session, "jonas")


def test_a_limit_begins_again_after_its_time(world):
    moment = clock.now()
    with clock.held_at(moment):
        TWICE.count(db.session, "amina")
        TWICE.count(db.session, "amina")
    with clock.held_at(moment + timedelta(seconds=61)):
        TWICE.count(db.session, "amina")


@pytest.mark.parametrize(
    ("address", "is_within"),
    [("10.1.2.3", True), ("10.2.0.1", False), ("::1", True), ("nonsense", False), (None, False)],
)
def test_networks(address, is_within):
    assert limits.is_within(address, ("10.1.0.0/16", "::1")) is is_within
