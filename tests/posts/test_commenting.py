"""Commenting on a question or an answer."""

import pytest

from board.core.errors import Gone, Invalid, Refused
from board.posts import commenting, hiding
from board.posts.models import Comment


def test_a_comment_stands_below_its_post(world):
    comment = commenting.comment(world.amina, world.insulin_answer, "Which leaflet?")
    assert isinstance(comment, Comment)
    assert comment.parent_id == world.insulin_answer.id
    assert comment.question_id == world.insulin.id
    assert world.insulin.answer_count == 1


def test_a_comment_is_not_commented_on(world):
    with pytest.raises(Refused, match="not on a comment"):
        commenting.comment(world.amina, world.insulin_comment, "Me too.")


@pytest.mark.parametrize("body", ["", "x" * 2001])
def test_a_comment_is_short_but_not_empty(world, body):
    with pytest.raises(Invalid):
        commenting.comment(world.amina, world.insulin, body)


@pytest.mark.parametrize("what", ["insulin", "insulin_answer"])
def test_what_is_removed_takes_no_comments(world, what):
    hiding.hide(world.ruth, getattr(world, what), "test")
    with pytest.raises(Gone):
        commenting.comment(world.amina, world.insulin_answer, "Too late.")
