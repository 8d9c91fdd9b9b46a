"""Whom a deed concerns hears of it at once, and only once."""

import pytest
from sqlalchemy import select

from board.activity.verbs import Verb
from board.core.database import db
from board.inbox import watching
from board.inbox.models import Level, Notification, Telling, Watched
from board.people import leaving
from board.posts import accepting, answering, asking, commenting, editing, hiding


def told(person):
    """The verbs this person has been told of, in order."""
    db.session.flush()
    mine = select(Notification.verb).where(Notification.person_id == person.id)
    return [Verb(verb) for verb in db.session.scalars(mine.order_by(Notification.id))]


def test_the_asker_hears_of_an_answer(world):
    answering.answer(world.jonas, world.pump, "A kinked line.")
    author = world.pump.author
    assert told(author) == [Verb.ANSWERED]
    assert told(world.jonas) == []


def test_nobody_is_told_of_their_own_deeds(world):
    commenting.comment(world.amina, world.insulin, "To be clear: opened pens.")
    assert told(world.amina) == []


def test_a_comment_concerns_the_asker_and_whoever_wrote_the_answer(world):
    commenting.comment(world.priya, world.insulin_answer, "Also for pre-filled ones?")
    assert told(world.amina) == [Verb.COMMENTED]
    assert told(world.jonas) == [Verb.COMMENTED]


def test_an_acceptance_and_its_end_reach_the_author_of_the_answer(world):
    accepting.accept(world.amina, world.insulin_answer)
    accepting.withdraw(world.amina, world.insulin_answer, "Second thoughts.")
    assert told(world.jonas) == [Verb.ACCEPTED, Verb.ACCEPTANCE_WITHDRAWN]


def test_an_edit_by_somebody_else_reaches_the_author(world):
    editing.edit(world.ruth, world.insulin_answer, 1, body="See the new leaflet.")
    editing.edit(world.jonas, world.insulin_answer, 2, body="See the newest leaflet.")
    assert told(world.jonas) == [Verb.EDITED]


def test_what_is_removed_is_recalled_and_its_author_is_told(world):
    answer = answering.answer(world.jonas, world.pump, "A kinked line.")
    hiding.hide(world.ruth, answer, "wrong")
    assert told(world.pump.author) == []
    assert told(world.jonas) == [Verb.HID]


@pytest.mark.parametrize(
    ("level", "heard"),
    [
        (Level.ALL, [Verb.ANSWERED, Verb.COMMENTED]),
        (Level.ANSWERS, [Verb.ANSWERED]),
        (Level.NOTHING, []),
    ],
)
def test_the_asker_chooses_how_much_to_hear(world, level, heard):
    watching.watch(world.amina.id, Watched.QUESTION, world.insulin.id, level)
    answering.answer(world.priya, world.insulin, "Look at the label.")
    commenting.comment(world.priya, world.insulin, "Which pen?")
    assert told(world.amina) == heard


def test_somebody_who_left_is_told_nothing(world):
    leaving.deactivate(world.tomasz, world.amina)
    answering.answer(world.priya, world.insulin, "Look at the label.")
    assert told(world.amina) == []


def test_whoever_asks_or_answers_watches_the_question(world):
    question = asking.ask(world.amina, "Where are the spare pumps kept?")
    answering.answer(world.jonas, question, "In the library.")
    db.session.flush()
    for person in (world.amina, world.jonas):
        assert watching.level_of(person.id, Watched.QUESTION, question.id) is Level.ALL


def test_an_answer_leaves_a_choice_as_it_is(world):
    watching.watch(world.priya.id, Watched.QUESTION, world.insulin.id, Level.NOTHING)
    answering.answer(world.priya, world.insulin, "Look at the label.")
    assert watching.level_of(world.priya.id, Watched.QUESTION, world.insulin.id) is Level.NOTHING


def test_the_watchers_are_left_to_the_worker(world):
    asking.ask(world.amina, "Where are the spare pumps kept?")
    db.session.flush()
    assert db.session.query(Telling).count() == 1
