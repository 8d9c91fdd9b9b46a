"""What was searched for in vain."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from world import BEGINNING

from board.core.clock import held_at
from board.core.database import db
from board.posts import asking
from board.search import missed, synonyms
from board.search.models import MissedSearch
from board.search.understanding import understand


@pytest.fixture
def ward(world):
    """A board whose questions use a few words often enough to be nobody's name."""
    for number in range(3):
        asking.ask(world.amina, f"Wound dressing {number}?", "Please help.")
    asking.ask(world.amina, "Hartmann solution with insulin?")
    db.session.commit()
    return world


def search(typed, times=1):
    for _ in range(times):
        asked = understand(typed)
        db.session.rollback()
        missed.note(typed, asked)


def kept():
    db.session.rollback()
    return sorted(db.session.scalars(text("SELECT words FROM missed_search")))


def shown():
    db.session.rollback()
    return [(row.words, row.times) for row in db.session.execute(missed.missed())]


def test_words_of_the_board_are_kept_in_order(ward):
    search("the dressing of a Wound")
    assert kept() == ["dressing wound"]


@pytest.mark.parametrize(
    ("typed", "stays"),
    [
        ("wound of Mrs Featherstonehaugh", []),  # the detector finds her: nothing is kept
        ("Featherstonehaugh", []),
        ("Featherstonehaugh wound", ["wound"]),
        ("wound Hartmann", ["wound"]),  # one question has it: somebody's name, perhaps
        ("wound Hart", ["wound"]),  # and the beginning of a word is no word
        ("wound insuli", ["wound"]),
        ("wound insulim", ["wound"]),
    ],
)
def test_a_patients_name_is_not_kept(ward, typed, stays):
    search(typed)
    assert kept() == stays


@pytest.mark.parametrize("found", ["03/04/1961", "bed7", "NHS 999 012 3454"])
def test_nothing_is_kept_where_something_is_found(ward, found):
    search(f"wound {found}")
    assert kept() == []


@pytest.mark.parametrize("number", ["4711", "485 777 3456", "H123456"])
def test_a_number_of_a_patient_is_not_kept(ward, number):
    search(f"wound {number}")
    assert kept() == ["wound"]


def test_everyday_words_are_not_kept(ward):
    search("please help with a wound yesterday")
    assert kept() == ["wound"]
    search("please help")
    assert kept() == ["wound"]


def test_words_of_the_synonyms_are_kept(ward):
    synonyms.add(ward.ruth, "wound, vulnus")
    db.session.commit()
    search("vulnus")
    assert kept() == ["vulnus"]


def test_nothing_is_kept_of_nothing(ward):
    search("")
    search("?!")
    search("zzzz")
    assert kept() == []


def test_a_word_said_twice_is_kept_once_and_not_too_many(ward):
    search("wound wound dressing wound")
    assert kept() == ["wound dressing"]


def test_what_was_searched_for_three_times_is_shown(ward):
    search("wound", times=2)
    assert shown() == []
    search("Wound")
    assert shown() == [("wound", 3)]


def test_the_most_wanted_comes_first(ward):
    search("wound", times=3)
    search("dressing", times=4)
    assert shown() == [("dressing", 4), ("wound", 3)]


def test_several_days_count_together(ward):
    for days in range(3):
        with held_at(BEGINNING + timedelta(days=days)):
            search("wound")
    with held_at(BEGINNING + timedelta(days=3)):
        assert shown() == [("wound", 3)]
        [row] = db.session.execute(missed.missed())
        assert row.last == (BEGINNING + timedelta(days=2)).date()


def test_after_ninety_days_it_is_shown_no_more(ward):
    with held_at(BEGINNING):
        search("wound", times=3)
    with held_at(BEGINNING + timedelta(days=90)):
        assert shown() == [("wound", 3)]
    with held_at(BEGINNING + timedelta(days=91)):
        assert shown() == []


def test_after_ninety_days_it_is_gone_with_the_next_search(ward):
    with held_at(BEGINNING):
        search("wound", times=3)
    with held_at(BEGINNING + timedelta(days=90)):
        search("dressing")
        assert kept() == ["dressing", "wound"]
    with held_at(BEGINNING + timedelta(days=91)):
        search("dressing")
        assert kept() == ["dressing", "dressing"]


def test_the_day_is_that_of_the_wards_clock(ward, configure):
    configure(time_zone="Pacific/Auckland")
    with held_at(BEGINNING.replace(hour=13)):
        search("wound")
    assert db.session.query(MissedSearch).one().day == (BEGINNING + timedelta(days=1)).date()


def test_nobody_is_stored_with_it(ward):
    search("wound")
    assert set(MissedSearch.__table__.columns.keys()) == {"words", "day", "times"}
    assert db.session.scalar(text("SELECT count(*) FROM activity WHERE verb LIKE '%search%'")) == 0


def test_moderators_may_see_it(world):
    assert missed.may_see_missed(world.ruth)
    assert missed.may_see_missed(world.tomasz)
    assert not missed.may_see_missed(world.amina)
