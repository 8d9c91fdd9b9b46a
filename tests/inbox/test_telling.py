"""The worker tells watchers: all of them, once, whatever happens on the way."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from board.core import working
from board.core.clock import held_at, now
from board.core.database import db
from board.inbox import telling, watching
from board.inbox.models import Level, Notification, Subscription, Telling, Watched
from board.people.models import Person
from board.posts import answering, asking, hiding
from board.tags import naming


def told_of(question):
    mine = select(Notification.person_id).where(Notification.question_id == question.id)
    return sorted(db.session.scalars(mine))


def work():
    db.session.commit()
    return working.work("this worker")


def tag_of(question):
    return question.tags[0]


def test_a_new_question_reaches_who_watches_its_tag_department_or_asker(world):
    [tag] = naming.tags_named(["pumps"])
    db.session.flush()
    watching.watch(world.priya.id, Watched.TAG, tag.id, Level.ALL)
    watching.watch(world.jonas.id, Watched.PERSON, world.amina.id, Level.ALL)
    watching.watch(world.ruth.id, Watched.DEPARTMENT, world.amina.department_id, Level.ALL)
    question = asking.ask(world.amina, "Where are the spare pumps kept?", tags="pumps")
    work()
    assert told_of(question) == sorted([world.priya.id, world.jonas.id, world.ruth.id])


def test_one_notice_however_many_reasons(world):
    [tag] = naming.tags_named(["pumps"])
    db.session.flush()
    watching.watch(world.priya.id, Watched.TAG, tag.id, Level.ALL)
    watching.watch(world.priya.id, Watched.PERSON, world.amina.id, Level.ALL)
    question = asking.ask(world.amina, "Where are the spare pumps kept?", tags="pumps")
    work()
    assert told_of(question) == [world.priya.id]


def test_an_answer_reaches_who_watches_the_question(world):
    watching.watch(world.priya.id, Watched.QUESTION, world.pump.id, Level.ANSWERS)
    answering.answer(world.jonas, world.pump, "A kinked line.")
    work()
    assert world.priya.id in told_of(world.pump)


def test_who_muted_the_question_hears_nothing_through_a_tag(world):
    watching.watch(world.priya.id, Watched.PERSON, world.jonas.id, Level.ALL)
    watching.watch(world.priya.id, Watched.QUESTION, world.pump.id, Level.NOTHING)
    answering.answer(world.jonas, world.pump, "A kinked line.")
    work()
    assert world.priya.id not in told_of(world.pump)


def test_what_was_removed_meanwhile_is_told_to_nobody(world):
    watching.watch(world.priya.id, Watched.PERSON, world.amina.id, Level.ALL)
    question = asking.ask(world.amina, "Where are the spare pumps kept?")
    hiding.hide(world.amina, question)
    work()
    assert told_of(question) == []
    assert db.session.query(Telling).count() == 0


@pytest.fixture
def crowd(world):
    """Watchers of everything that Amina asks."""
    people = [
        {"handle": f"crowd{number}", "name": f"Crowd {number}", "role": "member"}
        for number in range(25)
    ]
    ids = db.session.scalars(insert(Person).returning(Person.id), people).all()
    rows = [
        {"person_id": id, "kind": "person", "target_id": world.amina.id, "level": "all"}
        for id in ids
    ]
    db.session.execute(insert(Subscription), rows)
    return list(ids)


def test_stopped_after_any_batch_the_next_worker_goes_on_and_repeats_nothing(
    world, crowd, monkeypatch
):
    monkeypatch.setattr(telling, "BATCH", 4)
    question = asking.ask(world.amina, "Where are the spare pumps kept?")
    db.session.commit()
    for _ in range(3):
        assert telling.tell_watchers() == 1
    assert len(told_of(question)) == 12
    db.session.remove()
    working.work("another worker")
    assert told_of(question) == sorted(crowd)


def test_a_batch_that_fails_is_done_again_whole(world, crowd, monkeypatch):
    monkeypatch.setattr(telling, "BATCH", 10)
    question = asking.ask(world.amina, "Where are the spare pumps kept?")
    db.session.commit()

    def fail(*_arguments):
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(db.session, "commit", fail)
        with pytest.raises(RuntimeError):
            telling.tell_watchers()
    db.session.rollback()
    assert told_of(question) == []
    working.work("another worker")
    assert told_of(question) == sorted(crowd)


def test_many_watchers_cost_the_asker_nothing(world, statements, request):
    with statements() as few:
        asking.ask(world.amina, "Where are the spare pumps kept?")
        db.session.commit()
    request.getfixturevalue("crowd")
    db.session.commit()
    with statements() as many:
        asking.ask(world.amina, "Where are the spare beds kept?")
        db.session.commit()
    assert len(many) <= len(few) + 1


def test_nothing_due_is_no_work(world):
    work()
    assert work() == 0


def test_nobody_hears_of_what_was_before_they_watched(world):
    question = asking.ask(world.amina, "Where are the spare pumps kept?")
    with held_at(now() + timedelta(minutes=5)):
        answering.answer(world.jonas, question, "In the library.")
        work()
    verbs = select(Notification.verb).where(Notification.person_id == world.jonas.id)
    assert list(db.session.scalars(verbs)) == []
