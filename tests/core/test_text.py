"""What people type, made harmless to store."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.core import text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("tab\tstays", "tab\tstays"),
        ("10\u202e gm 5", "10 gm 5"),
        ("\u2066isolated\u2069", "isolated"),
        ("e\u0301", "é"),
        ("\ud800 lone", "? lone"),
        ("\ufeffmark", "mark"),
    ],
)
def test_what_misleads_is_taken_out(typed, kept):
    assert text.tidy(typed) == kept


@given(st.text())
def test_tidy_text_stays_as_it_is(typed):
    once = text.tidy(typed)
    assert text.tidy(once) == once
    once.encode("utf-8")


def test_one_line_has_no_line_ends_and_no_space_around_it():
    assert text.one_line("  a\n b\t\tc  ") == "a b c"


def test_arabic_and_its_marks_stay():
    assert text.tidy("جرعة\u200f") == "جرعة\u200f"


def test_shortening_cuts_between_words():
    assert text.shorten("one two three", 9) == "one two…"
    assert text.shorten("short", 9) == "short"


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("How long does a pen keep?", "how-long-does-a-pen-keep"),
        ("Ödem & Größe", "odem-groe"),
        ("日本", ""),
        ("--a--", "a"),
    ],
)
def test_a_slug_has_letters_digits_and_dashes(title, address):
    assert text.slug(title) == address
