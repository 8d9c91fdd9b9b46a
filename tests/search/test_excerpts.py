"""The passage that is shown, its words marked."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from board.search.analysing import stems
from board.search.excerpts import LENGTH, excerpt, marked

FILLER = "Nothing about it stands here at all. " * 20
TWO = {"insulin", "heparin"}


def unmarked(passage):
    return Markup(re.sub("</?mark>", "", passage)).unescape()


def test_every_word_with_a_wanted_stem_is_marked():
    assert marked("Pens, a pen and open pens.", {"pen"}) == (
        "<mark>Pens</mark>, a <mark>pen</mark> and open <mark>pens</mark>."
    )


def test_a_possessive_is_marked_whole():
    assert marked("The patient's bed", {"patient"}) == "The <mark>patient&#39;s</mark> bed"


def test_accents_hinder_nobody():
    assert marked("Ménière", set(stems("meniere"))) == "<mark>Ménière</mark>"


def test_nothing_wanted_marks_nothing():
    assert marked("a < b & c", ()) == "a &lt; b &amp; c"


@pytest.mark.parametrize(
    "text", ["<script>insulin</script>", "insulin<b>", "<mark>insulin", "a\"insulin'&lt;"]
)
def test_what_people_wrote_is_escaped(text):
    for passage in (marked(text, {"insulin"}), excerpt(text, {"insulin"})[0]):
        assert "<mark>insulin</mark>" in passage
        assert "<" not in re.sub("</?mark>", "", passage)
        assert unmarked(passage) == text


def test_a_short_text_is_shown_whole():
    assert excerpt("Four weeks.", {"week"}) == ("Four <mark>weeks</mark>.", 1)
    assert excerpt("Four weeks.", {"insulin"}) == ("Four weeks.", 0)
    assert excerpt("", {"insulin"}) == ("", 0)


def test_the_passage_begins_with_its_sentence():
    passage, count = excerpt(FILLER + "Keep insulin cold. " + FILLER, {"insulin"})
    assert passage.startswith("…Keep <mark>insulin</mark> cold. ")
    assert passage.endswith("…")
    assert count == 1


def test_the_beginning_is_shown_unless_another_passage_says_more():
    once = "Keep insulin. " + FILLER + "Throw insulin away."
    assert excerpt(once, {"insulin", "cold"})[0].startswith("Keep <mark>insulin</mark>")
    more = "Keep insulin. " + FILLER + "Cold insulin lasts."
    passage, count = excerpt(more, {"insulin", "cold", "last"})
    assert "<mark>Cold</mark> <mark>insulin</mark> <mark>lasts</mark>." in passage
    assert count == 3


def test_a_text_without_the_words_is_shown_from_its_beginning():
    passage, count = excerpt(FILLER, {"insulin"})
    assert passage.startswith("Nothing about it")
    assert count == 0


def test_the_same_word_twice_counts_once():
    assert excerpt("insulin insulin insulin", {"insulin"})[1] == 1


def test_a_passage_is_not_long_and_ends_with_a_word():
    passage, _ = excerpt("wonderful " * 500, {"insulin"})
    assert len(passage) <= LENGTH + 1
    assert passage.endswith("wonderful…")


def test_a_sentence_too_long_begins_a_few_words_before():
    passage, _ = excerpt("word " * 200 + "insulin " + "word " * 200, {"insulin"})
    assert passage.startswith("…word ")
    assert "<mark>insulin</mark>" in passage


def test_a_word_after_much_without_spaces_is_in_its_passage():
    drugs = "/".join(["paracetamol"] * 12)
    passage, count = excerpt("word " * 40 + drugs + "/insulin/heparin and more", TWO)
    assert "<mark>insulin</mark>/<mark>heparin</mark>" in passage
    assert count == 2


def test_a_word_after_a_text_without_any_space_is_in_its_passage():
    passage, _ = excerpt("-" * 400 + "/insulin/heparin", TWO)
    assert "<mark>insulin</mark>/<mark>heparin</mark>" in passage


@given(st.text(), st.sampled_from(["insulin", "a", "1"]))
@example("<b>insulin</b>", "insulin")
@example("&lt;insulin", "insulin")
def test_nothing_of_a_text_is_markup(text, word):
    for passage in (marked(text, {word}), excerpt(text, {word})[0]):
        assert isinstance(passage, Markup)
        assert not re.search("[<>]", re.sub("</?mark>", "", passage))
        assert unmarked(passage).strip("…") in text


@given(st.text(alphabet="<>&\"' insulin.\n", max_size=900))
def test_whatever_is_marked_the_text_stays_the_same(text):
    assert unmarked(marked(text, set(stems(text)))) == text


SPACED = st.lists(st.sampled_from(["word", "of.", "sentences!\n", "and", "Why?"]), max_size=150)


@given(SPACED, SPACED)
@example(["word"] * 100, [])
def test_a_wanted_word_is_in_the_passage(before, after):
    passage, count = excerpt(" ".join([*before, "insulin", *after]), {"insulin"})
    assert passage.count("<mark>insulin</mark>") == 1
    assert count == 1
