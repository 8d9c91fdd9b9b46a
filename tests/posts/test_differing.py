"""What an edit changed."""

import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from board.posts.differing import Piece, difference


def test_a_changed_word():
    assert difference("Give 10 mg now.", "Give 5 mg now.") == [
        Piece("same", "Give "),
        Piece("removed", "10"),
        Piece("added", "5"),
        Piece("same", " mg now."),
    ]


def test_a_new_line():
    assert difference("a\n", "a\nb\n") == [Piece("same", "a\n"), Piece("added", "b\n")]


def test_nothing():
    assert difference("", "") == []
    assert difference("a", "a") == [Piece("same", "a")]


@given(st.text("ab \n", max_size=80), st.text("ab \n", max_size=80))
def test_both_texts_can_be_read_from_the_difference(old, new):
    pieces = difference(old, new)
    assert "".join(piece.text for piece in pieces if piece.change != "removed") == new
    assert "".join(piece.text for piece in pieces if piece.change != "added") == old
    assert all(one.change != other.change for one, other in pairwise(pieces))


def test_two_long_texts_with_nothing_in_common_are_not_compared_word_by_word():
    pieces = difference("alpha " * 8_000, "beta " * 8_000)
    assert [piece.change for piece in pieces] == ["removed", "added"]


def test_many_changed_lines_are_compared_in_bounded_work():
    old = "".join(f"line {number} of the policy\n" for number in range(2_000))
    new = old.replace("policy", "guideline")
    began = time.process_time()
    difference(old, new)
    assert time.process_time() - began < 60  # a runaway, not a speed
