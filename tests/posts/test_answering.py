"""Answering a question."""

import pytest

from board.core.errors import Gone, Invalid
from board.posts import answering, hiding


def test_an_answer_counts_and_moves_the_question_up(world):
    before = world.pump.active_at
    answer = answering.answer(world.jonas, world.pump, "The line is **kinked**.")
    assert answer.body_html == "<p>The line is <strong>kinked</strong>.</p>"
    assert world.pump.answer_count == 1
    assert world.pump.version == 2
    assert world.pump.active_at > before


def test_one_may_answer_ones_own_question_and_twice(world):
    answering.answer(world.priya, world.pump, "It was the clamp.")
    answering.answer(world.priya, world.pump, "And the filter.")
    assert world.pump.answer_count == 2


@pytest.mark.parametrize("body", ["", "  \n ", "\u202e", "x" * 50_001])
def test_an_answer_has_words_but_not_too_many(world, body):
    with pytest.raises(Invalid) as error:
        answering.answer(world.jonas, world.pump, body)
    assert set(error.value.fields) == {"body"}


def test_a_removed_question_takes_no_answers(world):
    hiding.hide(world.priya, world.pump)
    with pytest.raises(Gone, match="removed"):
        answering.answer(world.jonas, world.pump, "Too late.")
