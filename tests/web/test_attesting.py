"""The tick "No patient details", where the site wants it."""

from datetime import timedelta

import pytest

from board.core import clock
from board.core.database import db
from board.posts.models import Question

WORDS = "No patient details. This board is not the record."
TITLE = "How long does a started insulin pen keep outside the fridge?"


@pytest.fixture
def asker(signed_in, world, configure):
    """A colleague who asked long ago, on a board that wants the tick every 90 days."""
    configure(ask_tick_days=90)
    for question in db.session.query(Question):
        question.created_at = clock.now() - timedelta(days=91)
    db.session.commit()
    return signed_in("amina")


def asked():
    return db.session.query(Question).filter_by(title=TITLE).count()


def test_a_site_that_says_nothing_has_no_tick(signed_in, world):
    amina = signed_in("amina")
    assert WORDS not in amina.get("/questions/new").text
    assert amina.send("/questions", title=TITLE).status_code == 303


def test_the_form_asks_for_it(asker):
    assert WORDS in asker.get("/questions/new").text


def test_without_it_nothing_is_posted_and_what_was_typed_stays(asker):
    page = asker.send("/questions", title=TITLE, body="Precious words", tags="insulin")
    assert page.status_code == 422
    assert "Tick this when there is no patient" in page.text
    assert "Precious words" in page.text
    assert TITLE in page.text
    assert asked() == 0


@pytest.mark.parametrize("value", ["0", "on", "yes", ""])
def test_only_the_tick_itself_counts(asker, value):
    assert asker.send("/questions", title=TITLE, attested=value).status_code == 422


def test_with_it_the_question_is_posted_and_the_next_asks_no_more(asker):
    assert asker.send("/questions", title=TITLE, attested="1").status_code == 303
    assert asked() == 1
    assert WORDS not in asker.get("/questions/new").text
    assert asker.send("/questions", title=f"And {TITLE}").status_code == 303


def test_after_ninety_days_it_is_asked_for_again(asker):
    asker.send("/questions", title=TITLE, attested="1")
    for question in db.session.query(Question):
        question.created_at = clock.now() - timedelta(days=91)
    db.session.commit()
    assert WORDS in asker.get("/questions/new").text


def test_a_tick_survives_another_mistake(asker):
    page = asker.send("/questions", title="", attested="1")
    assert page.status_code == 422
    assert 'name="attested" value="1" required checked' in page.text


def test_a_question_asked_confidentially_counts_too(asker, configure):
    configure(confidential_asking=True)
    assert asker.send("/questions", title=TITLE, confidential="1").status_code == 422
    assert asker.send("/questions", title=TITLE, confidential="1", attested="1").status_code == 303
    assert WORDS not in asker.get("/questions/new").text
