"""The inbox: grouped, since the last shift first, set aside by a press."""

from datetime import timedelta

import pytest

from board.activity.verbs import Verb
from board.core.clock import held_at, now
from board.core.database import db
from board.core.errors import Invalid
from board.inbox import reading
from board.posts import answering, commenting, hiding
from board.signin.models import Session


@pytest.fixture
def session(world):
    """Amina is here since a moment ago."""
    session = Session(token_hash="now", person_id=world.amina.id, method="password")
    db.session.add(session)
    db.session.flush()
    return session


def inbox(world, session):
    db.session.flush()
    return reading.inbox(world.amina.id, session.id)


def test_answers_to_one_question_are_one_line(world, session):
    answering.answer(world.jonas, world.insulin, "Four weeks.")
    answering.answer(world.priya, world.insulin, "It says so on the label.")
    [group] = inbox(world, session).new
    assert (group.verb, group.count) == (Verb.ANSWERED, 2)
    assert set(group.actors) == {world.jonas.name, world.priya.name}
    assert group.is_unread
    assert reading.unread(world.amina.id) == 1


def test_an_empty_inbox(world, session):
    assert inbox(world, session) == reading.Inbox([], [], 0)


def test_what_came_since_the_last_shift_stands_first(world):
    start = now()
    with held_at(start - timedelta(days=3)):
        commenting.comment(world.priya, world.insulin, "Which pen?")
        db.session.flush()
    with held_at(start - timedelta(days=2)):
        db.session.add(Session(token_hash="last", person_id=world.amina.id, method="password"))
        db.session.flush()
    with held_at(start - timedelta(hours=9)):
        answering.answer(world.jonas, world.insulin, "Four weeks.")
        db.session.flush()
    here = Session(token_hash="now", person_id=world.amina.id, method="password")
    db.session.add(here)
    shown = inbox(world, here)
    assert [group.verb for group in shown.new] == [Verb.ANSWERED]
    assert [group.verb for group in shown.earlier] == [Verb.COMMENTED]


def test_a_short_break_is_no_new_shift(world):
    start = now()
    for hours in (9, 5, 1):
        with held_at(start - timedelta(hours=hours)):
            token = f"session {hours}"
            db.session.add(Session(token_hash=token, person_id=world.amina.id, method="password"))
            db.session.flush()
    with held_at(start - timedelta(hours=2)):
        answering.answer(world.jonas, world.insulin, "Four weeks.")
    here = Session(token_hash="now", person_id=world.amina.id, method="password")
    db.session.add(here)
    assert len(inbox(world, here).new) == 1


@pytest.mark.parametrize(
    ("what", "unread", "shown", "asleep"),
    [("read", 0, 1, 0), ("done", 0, 0, 0), ("later", 0, 0, 1)],
)
def test_news_is_set_aside(world, session, what, unread, shown, asleep):
    answering.answer(world.jonas, world.insulin, "Four weeks.")
    db.session.flush()
    reading.set_aside(world.amina.id, "question", world.insulin.id, what)
    seen = inbox(world, session)
    assert (reading.unread(world.amina.id), len(seen.new), seen.asleep) == (unread, shown, asleep)
    reading.set_aside(world.amina.id, "question", world.insulin.id, "unread")
    assert reading.unread(world.amina.id) == 1


def test_what_sleeps_comes_back_next_shift(world, session):
    answering.answer(world.jonas, world.insulin, "Four weeks.")
    db.session.flush()
    reading.set_aside(world.amina.id, "question", world.insulin.id, "later")
    with held_at(now() + reading.NEXT_SHIFT + timedelta(minutes=1)):
        assert reading.unread(world.amina.id) == 1


def test_another_persons_inbox_is_not_touched(world, session):
    commenting.comment(world.priya, world.insulin_answer, "Also for pre-filled ones?")
    db.session.flush()
    reading.set_all_aside(world.amina.id)
    assert (reading.unread(world.amina.id), reading.unread(world.jonas.id)) == (0, 1)


def test_there_are_four_ways_only(world):
    with pytest.raises(Invalid):
        reading.set_aside(world.amina.id, "question", world.insulin.id, "burn")


def test_a_removed_question_is_not_in_an_inbox(world, session):
    answering.answer(world.jonas, world.insulin, "Four weeks.")
    db.session.flush()
    reading.set_aside(world.amina.id, "question", world.insulin.id, "read")
    hiding.hide(world.ruth, world.insulin, "test")
    assert [group.verb for group in inbox(world, session).new] == [Verb.HID]
