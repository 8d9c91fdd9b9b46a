"""Who is signed in."""

from datetime import timedelta

import pytest

from board.core import clock
from board.core.database import db
from board.signin import locking, sessions
from board.signin.models import Session


@pytest.fixture
def token(world):
    token = sessions.begin(world.amina, "password")
    db.session.commit()
    return token


def found(token):
    db.session.commit()
    return sessions.find(db.session, token)


def test_the_token_is_not_in_the_database(world, token):
    assert token not in [row.token_hash for row in db.session.query(Session)]


def test_a_made_up_token_is_nobody(world, token):
    assert found("made up") is None


def test_use_keeps_a_session_going_but_not_beyond_twelve_hours(world, token):
    begun = clock.now()
    for half_hour in range(1, 30):
        with clock.held_at(begun + timedelta(minutes=25 * half_hour)):
            signed_in = found(token)
            if signed_in is None:
                break
            db.session.commit()
            sessions.touch(signed_in)
    assert half_hour * 25 == 725


def test_a_session_that_rests_locked_is_not_touched(world, token):
    signed_in = found(token)
    locking.lock(world.amina, signed_in.session_id)
    db.session.commit()
    with clock.held_at(clock.now() + timedelta(minutes=5)):
        sessions.touch(signed_in)
    assert found(token).last_active == signed_in.last_active


def test_signing_in_elsewhere_ends_the_session_here_where_the_site_wants_that(
    world, token, configure
):
    sessions.begin(world.amina, "password")
    assert found(token)
    configure(one_session=True)
    elsewhere = sessions.begin(world.amina, "password")
    assert found(token) is None
    assert found(elsewhere)


def test_a_session_is_touched_at_most_once_a_minute(world, token, statements):
    signed_in = found(token)
    db.session.commit()
    with statements() as seen:
        sessions.touch(signed_in)
    assert seen == []


def test_all_other_sessions_can_be_ended(world, token):
    other = sessions.begin(world.amina, "password")
    jonas = sessions.begin(world.jonas, "password")
    sessions.end_others(world.amina.id, but=found(token).session_id)
    assert found(token)
    assert found(other) is None
    assert found(jonas)


def test_whose_an_ended_session_was_is_known(world, token):
    sessions.end(found(token).session_id)
    assert found(token) is None
    assert sessions.owner_of_ended(db.session, token) == world.amina.id
