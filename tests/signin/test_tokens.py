"""Tokens for programs."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from world import BEGINNING

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core.clock import held_at
from board.core.database import db
from board.core.errors import Conflict, Invalid, Missing
from board.people.models import CONSOLE
from board.signin import tokens
from board.signin.models import ApiToken
from board.signin.tokens import Scope


@pytest.fixture
def secret(world):
    made = tokens.create(CONSOLE, "intranet", Scope.READ)
    db.session.commit()
    return made


def names():
    db.session.rollback()
    return [token.name for token in tokens.standing()]


def may(secret):
    db.session.rollback()
    return tokens.may(secret, Scope.READ)


def test_a_token_is_good_for_reading(secret):
    assert may(secret)
    assert names() == ["intranet"]


def test_the_token_itself_is_not_stored(secret):
    tables = db.session.scalars(text("SELECT token_hash FROM api_token")).all()
    details = [str(activity.detail) for activity in db.session.query(Activity)]
    assert len(secret) >= 40
    assert not [each for each in [*tables, *details] if secret in each]


@pytest.mark.parametrize("wrong", ["", "x", "' OR 1=1 --", "ü", "\x00", "x" * 10_000])
def test_another_token_is_good_for_nothing(secret, wrong):
    assert not may(wrong)


def test_neither_is_what_is_kept_of_it(secret):
    assert not may(db.session.query(ApiToken).one().token_hash)
    assert not may(secret.upper())
    assert not may(secret[:-1])


def test_two_tokens_differ(secret):
    other = tokens.create(CONSOLE, "monitoring", Scope.READ)
    db.session.commit()
    assert other != secret
    assert may(secret)
    assert may(other)
    assert names() == ["intranet", "monitoring"]


def test_an_ended_token_is_good_for_nothing(secret):
    tokens.end(CONSOLE, "intranet")
    db.session.commit()
    assert not may(secret)
    assert names() == []


def test_only_that_one_is_ended(secret):
    other = tokens.create(CONSOLE, "monitoring", Scope.READ)
    tokens.end(CONSOLE, "intranet")
    db.session.commit()
    assert may(other)
    assert names() == ["monitoring"]


def test_a_name_is_free_again_once_its_token_is_ended(secret):
    tokens.end(CONSOLE, "intranet")
    new = tokens.create(CONSOLE, "intranet", Scope.READ)
    db.session.commit()
    assert may(new)
    assert not may(secret)


def test_a_name_is_not_given_twice(secret):
    for name in ("intranet", "  intranet\n"):
        with pytest.raises(Conflict, match="intranet already"):
            tokens.create(CONSOLE, name, Scope.READ)


@pytest.mark.parametrize("name", ["", "   ", "\x00", "x" * 61])
def test_a_name_that_is_none_is_told(world, name):
    with pytest.raises(Invalid) as error:
        tokens.create(CONSOLE, name, Scope.READ)
    assert "name" in error.value.fields


def test_a_name_is_one_line(world):
    tokens.create(CONSOLE, " the\tintranet\n", Scope.READ)
    db.session.commit()
    assert names() == ["the intranet"]


@pytest.mark.parametrize("name", ["monitoring", "INTRANET", ""])
def test_what_is_not_there_cannot_be_ended(secret, name):
    with pytest.raises(Missing, match="no token called"):
        tokens.end(CONSOLE, name)


def test_what_is_ended_cannot_be_ended_again(secret):
    tokens.end(CONSOLE, "intranet")
    with pytest.raises(Missing):
        tokens.end(CONSOLE, "intranet")


def test_making_and_ending_are_on_record(secret):
    tokens.end(CONSOLE, "intranet")
    db.session.flush()
    id = db.session.query(ApiToken).one().id
    made, ended = (
        db.session.query(Activity).filter_by(verb=verb).one()
        for verb in (Verb.TOKEN_CREATED, Verb.TOKEN_ENDED)
    )
    assert (made.subject_id, made.detail) == (id, {"scope": "read"})
    assert (ended.subject_id, ended.actor_id) == (id, None)


def used_at():
    db.session.rollback()
    return db.session.query(ApiToken).one().used_at


def test_its_use_is_noted_once_an_hour(secret):
    assert used_at() is None
    for minutes, noted in ((0, 0), (59, 0), (60, 60), (100, 60), (121, 121)):
        with held_at(BEGINNING + timedelta(minutes=minutes)):
            assert may(secret)
        assert used_at() == BEGINNING + timedelta(minutes=noted)


def test_a_wrong_token_is_noted_nowhere(secret):
    may("wrong")
    assert used_at() is None
