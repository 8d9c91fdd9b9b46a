"""From text to stems."""

from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.search import analysing
from board.search.analysing import folded, spans, stem_of, stems, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Patients' wounds", ["patient", "wound"]),
        ("Oedematous", ["oedemat"]),
        ("INSULIN insulin Insulins", ["insulin", "insulin", "insulin"]),
        ("Ménière's", ["menier"]),
        ("the nurse\u2019s pump", ["the", "nurs", "pump"]),
        ("COVID-19", ["covid", "19"]),
        ("snake_case", ["snake", "case"]),
        ("1,000 units/10mg", ["1", "000", "unit", "10mg"]),
        ("CO₂ and m²", ["co2", "and", "m2"]),
        ("l'eau", ["leau"]),
        ("日本語", ["日本語"]),
        ("ﬁbrosis", ["fibrosi"]),
        ("", []),
        ("?! … -- '' 😀", []),
    ],
)
def test_a_text_is_cut_into_stems(text, found):
    assert stems(text) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dressing", "dressings"),
        ("treat", "treated"),
        ("Ménière", "meniere"),
        ("naïve", "NAIVE"),
        ("Parkinson's", "Parkinson\u2019s"),
        ("Parkinson's", "Parkinson"),
        ("allergy", "allergies"),
    ],
)
def test_what_is_the_same_word_has_the_same_stem(one, other):
    assert stem_of(one) == stem_of(other)


@pytest.mark.parametrize(("one", "other"), [("insulin", "insulate"), ("mg", "mcg"), ("10", "100")])
def test_what_is_not_the_same_word_has_not(one, other):
    assert stem_of(one) != stem_of(other)


def test_a_stem_is_learned_with_the_first_of_its_words():
    spelled = {}
    stems("Keeping pens: keep the Pen", spelled)
    assert spelled == {"keep": "keeping", "pen": "pens", "the": "the"}


def test_a_word_may_not_be_endless():
    assert len(stem_of("x" * 10_000)) == analysing.LONGEST_WORD


def test_words_are_folded_and_not_stemmed():
    assert words("Dr. O'Brien's Ménière clinics") == ["dr", "obrien", "meniere", "clinics"]


def test_a_span_says_where_its_word_stands():
    text = "The patient's Wounds."
    assert [(stem, text[start:end]) for stem, start, end in spans(text)] == [
        ("the", "The"),
        ("patient", "patient's"),
        ("wound", "Wounds"),
    ]


@given(st.text())
def test_stems_are_letters_and_digits_in_small_letters(text):
    for stem in stems(text):
        assert stem.isalnum()
        assert len(stem) <= analysing.LONGEST_WORD
        assert folded(stem) == stem


@given(st.text())
def test_spans_and_stems_say_the_same(text):
    assert [stem for stem, *_ in spans(text)] == stems(text)


def test_everyday_words_do_not_hold_a_sentence_together():
    everyday, function = analysing.everyday_words(), analysing.function_words()
    assert {"the", "of", "is"} <= function
    assert {"pleas", "daughter", "yesterday"} <= everyday
    assert not everyday & function
    assert "insulin" not in everyday | function


def test_several_threads_cut_alike():
    given = [f"treatments{number}ings" for number in range(300)]
    found = []
    threads = [
        Thread(target=lambda: found.append([stem_of(word) for word in given])) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stem_of.cache_clear()
    assert found == [[stem_of(word) for word in given]] * 4
