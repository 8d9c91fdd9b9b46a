"""Saved searches are held against what is new: what fits is told, once, and says why."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from board.activity.verbs import Verb
from board.core import working
from board.core.clock import held_at, now
from board.core.database import db
from board.inbox import reading, saving, sifting, watching
from board.inbox.models import Level, Notification, SavedSearch, Sifting, Watched
from board.people import leaving
from board.posts import accepting, answering, asking, hiding
from board.signin.models import Session
from board.tags import naming


@pytest.fixture(autouse=True)
def nothing_due(quiet):
    db.session.query(Sifting).delete()
    db.session.commit()


def save(person, query="insulin pump", filters="", level=Level.ALL, name=None):
    search = saving.save(person, name or query or filters, query, filters, level)
    db.session.commit()
    return search


def ask(person, title="Who sells the new insulin pump?", tags="", body=""):
    question = asking.ask(person, title, body, tags)
    db.session.commit()
    return question


def work():
    db.session.commit()
    working.work("a worker")
    assert db.session.query(Sifting).count() == 0


def told(person):
    work()
    mine = select(Notification).where(Notification.person_id == person.id)
    return [
        (row.verb, row.question_id, row.search_id)
        for row in db.session.scalars(mine.order_by(Notification.id))
    ]


def test_a_new_question_that_fits_is_told_and_says_which_search_found_it(world):
    search = save(world.jonas)
    question = ask(world.amina)
    ask(world.amina, "Which pump for feeding?")
    assert told(world.jonas) == [(Verb.ASKED, question.id, search.id)]


def test_an_answer_that_is_accepted_is_told(world):
    search = save(world.ruth, "started insulin pen")
    accepting.accept(world.amina, world.insulin_answer)
    assert told(world.ruth) == [(Verb.ACCEPTED, world.insulin.id, search.id)]


def test_answers_only(world):
    search = save(world.priya, level=Level.ANSWERS)
    question = ask(world.amina)
    assert told(world.priya) == []
    accepting.accept(world.amina, answering.answer(world.jonas, question, "Several firms."))
    assert told(world.priya) == [(Verb.ACCEPTED, question.id, search.id)]


def test_nothing_is_nothing(world):
    save(world.priya, level=Level.NOTHING)
    ask(world.amina)
    assert told(world.priya) == []


def test_a_synonym_is_the_same(world):
    save(world.priya, "paracetamol dose")
    ask(world.amina, "What dose of acetaminophen for a child?")
    assert len(told(world.priya)) == 1


def test_one_notice_however_many_searches_and_reasons(world):
    save(world.jonas, "insulin")
    save(world.jonas, "pump")
    watching.watch(world.jonas.id, Watched.PERSON, world.amina.id, Level.ALL)
    ask(world.amina)
    assert len(told(world.jonas)) == 1


def test_ones_own_deeds_are_no_news(world):
    save(world.amina)
    ask(world.amina)
    assert told(world.amina) == []


def test_what_was_before_the_search_is_no_news(world):
    ask(world.amina)
    with held_at(now() + timedelta(minutes=5)):
        save(world.jonas)
        assert told(world.jonas) == []


def test_a_removed_question_is_told_to_nobody(world):
    save(world.jonas)
    hiding.hide(world.amina, ask(world.amina))
    assert told(world.jonas) == []


def test_whoever_muted_the_question_hears_nothing_of_it(world):
    save(world.jonas)
    question = ask(world.amina)
    watching.watch(world.jonas.id, Watched.QUESTION, question.id, Level.NOTHING)
    assert told(world.jonas) == []


def test_whoever_left_hears_nothing(world):
    save(world.jonas)
    leaving.deactivate(world.tomasz, world.jonas)
    ask(world.amina)
    assert told(world.jonas) == []


@pytest.mark.parametrize(
    ("filters", "fits"),
    [
        ("tag:pumps", True),
        ("tag:gloves", False),
        ("department:ward-7b", True),
        ("department:pharmacy", False),
        ("author:amina", True),
        ("author:ruth", False),
        ("is:unanswered", True),
        ("is:accepted", False),
    ],
)
@pytest.mark.parametrize("query", ["", "insulin"])
def test_filters_hold(world, query, filters, fits):
    save(world.jonas, query, filters)
    ask(world.amina, tags="pumps")
    assert bool(told(world.jonas)) == fits


@pytest.mark.parametrize("query", ['"insulin pump"', "insulin -feeding"])
def test_phrases_and_exclusions(world, query):
    save(world.jonas, query)
    fits = ask(world.amina)
    ask(world.amina, "Which feeding pump for insulin?")
    assert [row[1] for row in told(world.jonas)] == [fits.id]


@pytest.mark.parametrize("query", ["insulin zorblaxian", "zorblaxian", "insulin -pump"])
def test_what_nothing_says_fits_nothing_it_should_not(world, query):
    save(world.jonas, query)
    ask(world.amina)
    assert told(world.jonas) == []


def test_a_search_that_became_invalid_says_so_and_recovers(world):
    search = save(world.jonas, "insulin", "tag:rare")
    ask(world.amina, tags="pumps")
    assert told(world.jonas) == []
    assert db.session.get(SavedSearch, search.id).problem == "There is no tag called “rare”."
    naming.tags_named(["rare"])
    ask(world.amina, "Is this insulin pump rare?", tags="rare")
    assert len(told(world.jonas)) == 1
    assert db.session.get(SavedSearch, search.id, populate_existing=True).problem == ""


def test_a_department_that_is_none_is_told(world):
    search = save(world.jonas, "insulin", "department:ward-99")
    ask(world.amina)
    work()
    assert "ward-99" in db.session.get(SavedSearch, search.id).problem


def test_stopped_after_any_batch_the_next_worker_goes_on_and_repeats_nothing(world, monkeypatch):
    monkeypatch.setattr(sifting, "BATCH", 2)
    people = ["jonas", "priya", "ruth", "tomasz"]
    for name in people:
        save(getattr(world, name))
    first = ask(world.amina).id
    assert sifting.sift() == 1
    second = ask(world.amina, "Where is the spare insulin pump?").id
    db.session.remove()
    for name in people:
        assert [row[1] for row in told(getattr(world, name))] == [first, second]


def test_many_questions_cost_a_search_what_one_does(world, statements):
    save(world.jonas)
    ask(world.amina)
    with statements() as one:
        sifting.sift()
    work()
    for number in range(20):
        asking.ask(world.amina, f"Where is insulin pump {number}?")
    db.session.commit()
    with statements() as many:
        sifting.sift()
    assert len(many) <= len(one) + 1


def test_without_searches_there_is_little_to_do(world, statements):
    ask(world.amina)
    with statements() as seen:
        assert sifting.sift() == 1
    assert len(seen) <= 3
    assert sifting.sift() == 0


def test_three_new_ones_are_one_line_of_the_inbox(world):
    search = save(world.jonas, name="insulin pumps")
    for number in range(3):
        ask(world.amina, f"Where is insulin pump {number}?")
    work()
    session = Session(token_hash="now", person_id=world.jonas.id, method="password")
    db.session.add(session)
    db.session.flush()
    [group] = reading.inbox(world.jonas.id, session.id).new
    assert (group.about, group.about_id, group.count) == (Watched.SEARCH, search.id, 3)
    assert group.reason == "insulin pumps"
    assert reading.unread(world.jonas.id) == 1
    reading.set_aside(world.jonas.id, "search", search.id, "done")
    assert reading.unread(world.jonas.id) == 0
    assert reading.inbox(world.jonas.id, session.id).new == []


def test_seeing_the_question_reads_what_the_search_found(world):
    save(world.jonas)
    question = ask(world.amina)
    work()
    person_id, question_id = world.jonas.id, question.id
    assert reading.unread(person_id) == 1
    db.session.commit()
    reading.see(person_id, question_id)
    assert reading.unread(world.jonas.id) == 0
