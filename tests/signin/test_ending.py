"""Ending sessions that somebody left elsewhere."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core import clock
from board.core.database import db
from board.core.errors import Missing, Refused
from board.signin import ending, sessions
from board.signin.sessions import Place


@pytest.fixture
def amina(world):
    """Signed in on the ward and at a desk, and a token of each."""
    ward = sessions.begin(world.amina, "password", Place("10.20.7.31", "Edge on Windows"))
    desk = sessions.begin(world.amina, "password", Place("10.1.0.4", "Firefox on Linux"))
    db.session.commit()
    return [sessions.find(db.session, token) for token in (ward, desk)]


def recorded():
    return db.session.scalars(select(Activity).filter_by(verb=Verb.SESSION_ENDED)).all()


def test_somebody_sees_where_they_are_signed_in(world, amina):
    listed = ending.standing(world.amina, world.amina)
    assert {(each.address, each.browser) for each in listed} == {
        ("10.20.7.31", "Edge on Windows"),
        ("10.1.0.4", "Firefox on Linux"),
    }


def test_but_not_where_they_were_yesterday(world, amina):
    with clock.held_at(clock.now() + timedelta(hours=13)):
        assert ending.standing(world.amina, world.amina) == []


@pytest.mark.parametrize("who", ["jonas", "ruth"])
def test_nobody_else_sees_or_ends_them(world, amina, who):
    other = getattr(world, who)
    with pytest.raises(Refused, match="administrator"):
        ending.standing(other, world.amina)
    with pytest.raises(Refused):
        ending.end(other, world.amina, amina[0].session_id)
    with pytest.raises(Refused):
        ending.end_all(other, world.amina)


def test_one_is_ended_and_the_other_goes_on(world, amina):
    ward, desk = amina
    ending.end(world.amina, world.amina, ward.session_id)
    ending.end(world.amina, world.amina, ward.session_id)
    assert [each.id for each in ending.standing(world.amina, world.amina)] == [desk.session_id]
    assert [row.actor_id for row in recorded()] == [world.amina.id]


def test_a_session_of_somebody_else_is_not_found_under_this_name(world, amina):
    with pytest.raises(Missing):
        ending.end(world.tomasz, world.jonas, amina[0].session_id)


def test_all_but_the_one_in_use(world, amina):
    _, desk = amina
    ending.end_all(world.amina, world.amina, but=desk.session_id)
    assert [each.id for each in ending.standing(world.amina, world.amina)] == [desk.session_id]


def test_an_administrator_ends_anybodys(world, amina):
    ending.end_all(world.tomasz, world.amina)
    assert ending.standing(world.tomasz, world.amina) == []
    assert [(row.actor_id, row.subject_id) for row in recorded()] == [
        (world.tomasz.id, world.amina.id)
    ]
