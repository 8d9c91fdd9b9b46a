"""Signing in with a local account, and out."""

from datetime import timedelta

import pytest
from world import PASSWORD

from board.activity.models import Activity
from board.core import clock
from board.core.database import db
from board.core.errors import Invalid, TooMany
from board.people import leaving
from board.signin import sessions, signing_in, throttling


def attempt(username, password=PASSWORD, address="10.0.0.1"):
    db.session.commit()
    return signing_in.check(username, password, address)


def test_the_right_password_begins_a_session(world):
    token = signing_in.sign_in(attempt("amina"))
    found = sessions.find(db.session, token)
    assert (found.name, found.profession, found.department) == (
        "Amina Yusuf",
        "Staff nurse",
        "Ward 7B",
    )


@pytest.mark.parametrize("username", ["AMINA", " amina ", "amina\x00"])
def test_a_user_name_may_be_typed_with_capitals_and_slips(world, username):
    assert attempt(username).person_id == world.amina.id


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("amina", "wrong password"),
        ("amina", ""),
        ("nobody", PASSWORD),
        ("", ""),
        ("lena", PASSWORD),
        ("a" * 10_000, PASSWORD),
    ],
)
def test_anything_else_is_refused_in_the_same_words(world, username, password):
    with pytest.raises(Invalid, match="do not belong together"):
        attempt(username, password)


def test_a_failure_is_recorded_and_names_nobody_unknown(world):
    with pytest.raises(Invalid):
        attempt("amina", "wrong password")
    with pytest.raises(Invalid):
        attempt("nobody", "wrong password")
    failures = db.session.query(Activity).filter_by(verb="sign_in_failed").order_by(Activity.id)
    failure, stranger = failures
    assert stranger.subject_id is None
    assert "nobody" not in str(stranger.detail)
    assert failure.subject_id == world.amina.id


def test_failures_slow_the_account_down_ever_more(world, configure):
    configure(ratelimit_enabled=True)
    moment = clock.now()
    with clock.held_at(moment):
        for _ in range(3):
            with pytest.raises(Invalid):
                attempt("amina", "wrong password")
        with pytest.raises(TooMany, match="5 seconds"):
            attempt("amina")
    with clock.held_at(moment + timedelta(seconds=5)):
        with pytest.raises(Invalid):
            attempt("amina", "wrong password")
        with pytest.raises(TooMany, match="10 seconds"):
            attempt("amina")


def test_the_wait_never_exceeds_a_quarter_of_an_hour(world, configure):
    configure(ratelimit_enabled=True)
    moment = clock.now()
    for _ in range(14):
        with clock.held_at(moment), pytest.raises(Invalid):
            attempt("amina", "wrong password")
        moment += timedelta(seconds=900)
    with clock.held_at(moment - timedelta(seconds=899)), pytest.raises(TooMany) as refusal:
        attempt("amina")
    assert refusal.value.seconds <= 900


def test_failures_slow_down_that_account_only(world, configure):
    configure(ratelimit_enabled=True)
    for _ in range(3):
        with pytest.raises(Invalid):
            attempt("amina", "wrong password")
    assert attempt("jonas")


def test_an_account_that_is_not_there_slows_down_too(world, configure):
    configure(ratelimit_enabled=True)
    for _ in range(3):
        with pytest.raises(Invalid):
            attempt("nobody")
    with pytest.raises(TooMany):
        attempt("nobody")


def test_a_success_clears_the_failures(world, configure):
    configure(ratelimit_enabled=True)
    for _ in range(2):
        with pytest.raises(Invalid):
            attempt("amina", "wrong password")
    signing_in.sign_in(attempt("amina"))
    for _ in range(3):
        with pytest.raises(Invalid):
            attempt("amina", "wrong password")


def test_one_address_that_tries_many_accounts_is_stopped(world, configure, monkeypatch):
    configure(ratelimit_enabled=True)
    monkeypatch.setattr(throttling, "FROM_ONE_ADDRESS", throttling.Limit("sign-in-from", 4, 600))
    for number in range(4):
        with pytest.raises(Invalid):
            attempt(f"nobody{number}")
    with pytest.raises(TooMany):
        attempt("amina")
    assert attempt("amina", address="10.0.0.2")


def test_a_trusted_network_is_not_counted_by_address(world, configure, monkeypatch):
    configure(ratelimit_enabled=True, trusted_networks=("10.0.0.0/8",))
    monkeypatch.setattr(throttling, "FROM_ONE_ADDRESS", throttling.Limit("sign-in-from", 4, 600))
    for number in range(9):
        with pytest.raises(Invalid):
            attempt(f"nobody{number}")
    assert attempt("amina")


def test_the_typed_user_name_is_not_stored(world, configure):
    from board.core.limits import RateCount

    configure(ratelimit_enabled=True)
    with pytest.raises(Invalid):
        attempt("hunter2-is-my-password")
    assert all("hunter2" not in row.key for row in db.session.query(RateCount))


def test_signing_out_ends_the_session(world):
    token = signing_in.sign_in(attempt("amina"))
    signing_in.sign_out(sessions.find(db.session, token))
    assert sessions.find(db.session, token) is None


def test_somebody_who_left_is_out_at_once(world):
    token = signing_in.sign_in(attempt("amina"))
    leaving.deactivate(world.tomasz, world.amina)
    db.session.flush()
    assert sessions.find(db.session, token) is None
