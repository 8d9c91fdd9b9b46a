"""A session nobody uses is locked, and opened again by its person only."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core import clock
from board.core.database import db
from board.signin import locking, sessions

WARD, DESK = "10.20.7.31", "10.1.0.4"


@pytest.fixture
def amina(world):
    token = sessions.begin(world.amina, "password")
    db.session.commit()
    return lambda: sessions.find(db.session, token)


def verbs():
    return list(
        db.session.scalars(
            select(Activity.verb).where(Activity.verb.startswith("session_")).order_by(Activity.id)
        )
    )


@pytest.mark.parametrize(("seconds", "is_locked"), [(598, False), (600, True)])
def test_ten_minutes_without_use_lock_it(amina, seconds, is_locked):
    last_active = amina().last_active
    with clock.held_at(last_active + timedelta(seconds=seconds)):
        assert locking.is_locked(amina(), DESK) is is_locked


def test_a_named_range_of_addresses_is_quicker_and_the_quickest_counts(amina, configure):
    configure(idle_minutes_at=("10.20.0.0/16 = 5", "10.20.7.0/24=2", "10.0.0.0/8 = 8"))
    assert locking.idle_time(WARD) == timedelta(minutes=2)
    assert locking.idle_time("10.20.8.1") == timedelta(minutes=5)
    assert locking.idle_time("192.168.1.1") == timedelta(minutes=10)
    assert locking.idle_time(None) == timedelta(minutes=10)


def test_how_soon_it_is_locked(world, amina):
    begun = amina().last_active
    with clock.held_at(begun + timedelta(minutes=9)):
        assert locking.seconds_left(amina(), DESK) == 60
    with clock.held_at(begun + timedelta(minutes=11)):
        assert locking.seconds_left(amina(), DESK) == 0
    locking.lock(world.amina, amina().session_id)
    assert locking.seconds_left(amina(), DESK) == 0


def test_once_noticed_it_stays_locked_whatever_the_clock_or_the_setting_says(amina, configure):
    begun = amina().last_active
    with clock.held_at(begun + timedelta(minutes=11)):
        found = amina()
        db.session.rollback()
        locking.notice(found)
        locking.notice(found)
    configure(idle_minutes=60)
    assert locking.is_locked(amina(), DESK)
    assert verbs() == [Verb.SESSION_LOCKED]


def test_its_person_opens_it_again(world, amina):
    with clock.held_at(clock.now() + timedelta(minutes=11)):
        locking.lock(world.amina, amina().session_id)
        locking.lock(world.amina, amina().session_id)
        locking.unlock(world.amina, amina().session_id)
        db.session.commit()
        assert not locking.is_locked(amina(), DESK)
        assert locking.seconds_left(amina(), DESK) == 600
    assert verbs() == [Verb.SESSION_LOCKED, Verb.SESSION_UNLOCKED]


def test_a_locked_session_is_over_after_twelve_hours_too(world, amina):
    locking.lock(world.amina, amina().session_id)
    with clock.held_at(clock.now() + timedelta(hours=12, minutes=1)):
        assert amina() is None
