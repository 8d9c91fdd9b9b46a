"""Questions like another, and suggestions while typing."""

import pytest

from board.posts import answering, asking, hiding
from board.search import synonyms
from board.search.similar import MOST, SUGGESTED, similar, suggested


def ids(results):
    return [result.question.id for result in results]


def test_the_closest_comes_first(world):
    near = asking.ask(world.amina, "How long does an opened insulin vial keep?")
    asking.ask(world.amina, "Where is the vial opener?")
    found = ids(similar("How long can an opened insulin vial be kept?"))
    assert found[0] == near.id


def test_other_words_for_the_same_thing_are_close(world):
    pain = asking.ask(world.amina, "Maximum zalcon in a day?")
    synonyms.add(world.ruth, "zalcon, melcafen")
    assert ids(similar("How much melcafen in a day")) == [pain.id]


def test_what_has_nothing_to_do_with_it_is_not_named(world):
    assert ids(similar("Which gloves for cytotoxic spills?")) == [world.gloves.id]


def test_the_details_count_too(world):
    assert ids(similar("Something else entirely", "The pump alarm says occlusion.")) == [
        world.pump.id
    ]


def test_the_question_that_is_being_read_is_not_named(world):
    other = asking.ask(world.amina, world.gloves.title)
    assert ids(similar(world.gloves.title, but=world.gloves.id)) == [other.id]
    assert set(ids(similar(world.gloves.title))) == {world.gloves.id, other.id}


def test_hidden_questions_are_never_named(world):
    hiding.hide(world.ruth, world.gloves, "test")
    assert ids(similar("Which gloves for cytotoxic drugs?")) == []
    assert ids(suggested("cytotoxic")) == []
    hiding.restore(world.ruth, world.gloves)
    assert ids(similar("Which gloves for cytotoxic drugs?")) == [world.gloves.id]


def test_nothing_of_a_hidden_answer_is_shown(world):
    hiding.hide(world.ruth, world.gloves_answer, "test")
    [result] = similar("Which gloves for cytotoxic drugs?")
    assert "policy" not in result.excerpt


@pytest.mark.parametrize("title", ["", "   ", "?!", "zzzz", "qqqq wwww"])
def test_nothing_is_like_nothing(world, title):
    assert similar(title) == []


def test_a_new_board_has_nothing_similar(empty):
    assert similar("How long does insulin keep?") == []
    assert suggested("insulin") == []


def test_at_most_as_many_as_asked_for(world):
    for number in range(9):
        asking.ask(world.amina, f"Zinc {number}?")
    assert len(similar("zinc")) == MOST
    assert len(similar("zinc", limit=2)) == 2
    assert len(suggested("zinc")) == SUGGESTED


def test_an_answered_question_comes_before_the_same_unanswered(world):
    first = asking.ask(world.amina, "Is zinc safe?")
    asking.ask(world.priya, "Is zinc safe?")
    answering.answer(world.jonas, first, "Yes.")
    assert ids(similar("Is zinc safe?"))[0] == first.id


def test_it_takes_few_statements(world, statements):
    with statements() as seen:
        similar("Which gloves for cytotoxic drugs?")
    assert len(seen) <= 5


@pytest.mark.parametrize("typed", ["cyt", "cytotox", "gloves cyto", "Which gloves for cyt"])
def test_a_word_still_being_typed_suggests(world, typed):
    assert ids(suggested(typed))[0] == world.gloves.id


@pytest.mark.parametrize("typed", ["", "how do I", "please help", "what is the", "zzzz"])
def test_words_of_every_question_suggest_nothing(world, typed):
    assert suggested(typed) == []
