"""The query language."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.search.grammar import LONGEST, MESSAGE, Query, parse


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("insulin pen", {"text": "insulin pen"}),
        ("  insulin \n pen ", {"text": "insulin pen"}),
        ('"room temperature"', {"text": "room temperature", "phrases": ("room temperature",)}),
        (
            'pen "a b" c "d"',
            {"text": "pen a b c d", "phrases": ("a b", "d")},
        ),
        ("insulin -pump", {"text": "insulin", "without": ("pump",)}),
        ('insulin -"sliding scale"', {"text": "insulin", "without": ("sliding scale",)}),
        ("-a -b", {"without": ("a", "b")}),
        ("tag:insulin", {"tags": ("insulin",)}),
        ('tag:"ng tube" TAG:pumps', {"tags": ("ng tube", "pumps")}),
        ("author:amina", {"authors": ("amina",)}),
        ("author:@amina", {"authors": ("amina",)}),
        ('author:"Amina Yusuf"', {"authors": ("Amina Yusuf",)}),
        ('department:"Ward 7B"', {"departments": ("Ward 7B",)}),
        ("is:answered", {"is_answered": True}),
        ("is:unanswered", {"is_answered": False}),
        ("is:accepted", {"is_accepted": True}),
        ("Is:ANSWERED", {"is_answered": True}),
        ("since:2026-06-05", {"since": date(2026, 6, 5)}),
        ("after:2026-06-05", {"since": date(2026, 6, 5)}),
        ("until:2026-06-05", {"until": date(2026, 6, 5)}),
        ("before:2026-06-05", {"until": date(2026, 6, 5)}),
        (
            "pens tag:insulin is:answered keep -pump",
            {
                "text": "pens keep",
                "tags": ("insulin",),
                "is_answered": True,
                "without": ("pump",),
            },
        ),
    ],
)
def test_a_query_is_taken_apart(typed, meant):
    query = parse(typed)
    assert query == Query(query.typed, **meant)


@pytest.mark.parametrize(
    "typed",
    [
        "since:yesterday",
        "until:2026-02-30",
        "before:2026-13-01",
        "after:06/05/2026",
        "is:closed",
        "is:answered!",
    ],
)
def test_a_mistaken_filter_is_searched_as_words_and_explained(typed):
    query = parse(f"insulin {typed}")
    assert query.text == f"insulin {typed}"
    assert not query.has_filters
    [note] = query.notes
    assert f"“{typed}”" in note


@pytest.mark.parametrize("typed", ["-tag:insulin", "-is:answered", "-author:amina"])
def test_a_filter_cannot_be_excluded_and_that_is_explained(typed):
    query = parse(f"pens {typed}")
    assert not query.has_filters
    assert query.notes


@pytest.mark.parametrize("typed", ['tag:""', 'author:""', 'department:""'])
def test_a_filter_of_nothing_filters_nothing(typed):
    query = parse(f"pens {typed}")
    assert (query.tags, query.authors, query.departments) == ((), (), ())


@pytest.mark.parametrize(
    "typed", ["10:30", "ratio:3", "https://intranet/policy", "dose:weight", "tag:", "é:x"]
)
def test_a_colon_that_is_no_filter_is_just_a_colon(typed):
    query = parse(typed)
    assert (query.text, query.notes, query.has_filters) == (typed, (), False)


@pytest.mark.parametrize("typed", ["follow-up", "x-ray - neck", "-", "2-3"])
def test_a_hyphen_in_a_word_excludes_nothing(typed):
    query = parse(typed)
    assert (query.text, query.without) == (typed, ())


@pytest.mark.parametrize("typed", ['"', '"insulin', 'insulin"', '"insulin pen'])
def test_a_single_quote_mark_is_nothing(typed):
    query = parse(typed)
    assert query.text == typed.replace('"', "")
    assert query.phrases == ()


def test_an_empty_phrase_is_none():
    query = parse('"" insulin')
    assert query.phrases == ()
    assert "insulin" in query.text


@pytest.mark.parametrize(
    "typed",
    [
        "tag:a",
        "author:a",
        "department:a",
        "is:answered",
        "is:unanswered",
        "is:accepted",
        "since:2026-01-01",
        "until:2026-01-01",
    ],
)
def test_filters_are_noticed(typed):
    assert parse(typed).has_filters
    assert not parse("insulin -pump").has_filters


def test_a_query_is_not_endless():
    assert len(parse("a " * LONGEST).typed) <= LONGEST


def test_a_long_message_has_no_query_language():
    message = 'She said "no" - tag:insulin is:answered -pens ' + "and more " * MESSAGE
    assert parse(message) == Query(message.strip(), text=message.strip())


def test_nothing_invisible_stays():
    assert parse("\x00insu\u202elin\ud800").text == "insulin?"


@given(st.text())
def test_any_text_is_taken_apart(typed):
    query = parse(typed)
    assert len(query.typed) <= LONGEST
    assert isinstance(query.text, str)


PIECES = ['"', "-", "tag:", "is:", "since:", "2026-01-01", "author:@", " ", "pens", "'", "(", "*"]


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_any_mixture_of_the_language_is_taken_apart(typed):
    query = parse(typed)
    assert all(tag in typed for tag in query.tags)
    assert query.since in (None, date(2026, 1, 1))
    assert query.text.count("pens") <= typed.count("pens")


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), max_size=8).map(" ".join))
def test_plain_words_stay_as_they_are(typed):
    assert parse(typed) == Query(typed, text=typed)
