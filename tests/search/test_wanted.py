"""What an engine is asked for: never to rank by what thousands of questions have."""

import pytest

from board.core.database import db
from board.posts import asking
from board.search import wanted
from board.search.understanding import understand


@pytest.fixture
def crowded(world, monkeypatch):
    """Four questions are many here."""
    monkeypatch.setattr(wanted, "COMMON", 3)
    for number in range(4):
        asking.ask(world.amina, f"Bandage {number}?", "With gauze.", tags="dressings")
    asking.ask(world.amina, "Is there gauze with iodine?")
    db.session.flush()


def asked_for(text):
    return {term.stems: term.is_common for term in wanted.terms(understand(text))}


def test_a_rare_word_is_looked_for_everywhere(crowded):
    assert asked_for("iodine") == {("iodin",): False}


def test_a_common_word_is_looked_for_in_the_few_headings_that_have_it(crowded):
    assert asked_for("gauze iodine")[("gauz",)] is True


def test_a_word_in_too_many_headings_is_not_looked_for(crowded):
    assert ("bandag",) not in asked_for("bandage iodine")


def test_a_tag_on_too_many_questions_is_not_looked_for(crowded):
    assert set(asked_for("dressings iodine")) == {("iodin",)}


def test_without_anything_rarer_all_the_words_are_what_counts(crowded):
    asked = understand("bandage")
    assert wanted.terms(asked) == []
    assert [way for ways in wanted.all_of(asked) for way in ways] == [("bandag",)]
