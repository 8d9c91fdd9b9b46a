"""The board's own words: how many questions have them, and which one was meant."""

import pytest
from sqlalchemy import delete, text, update

from board.core.database import db
from board.posts import answering, asking, commenting, editing, hiding
from board.search import vocabulary
from board.search.analysing import stem_of
from board.search.models import SearchWord
from board.search.vocabulary import spelled_like


def counted(word):
    """(questions, headings) of a word; None for one that is not in the vocabulary."""
    db.session.flush()
    db.session.expire_all()
    row = db.session.get(SearchWord, stem_of(word))
    return (row.questions, row.headings) if row else None


def meant(word):
    db.session.flush()
    return {typed: row.word for typed, row in spelled_like([word]).items()}


def test_the_cast_has_a_vocabulary(world):
    assert counted("insulin") == (1, 1)
    assert counted("leaflet") == (1, 0)
    assert counted("") == (3, 0)
    assert counted("zinc") is None
    assert vocabulary.drift() == {}


def test_a_question_is_counted_once_however_often_it_has_the_word(world):
    asking.ask(world.amina, "Zinc or zinc oxide?", "Zinc, zinc and zinc.")
    assert counted("zinc") == (1, 1)
    assert counted("oxide") == (1, 1)
    assert counted("") == (4, 0)


def test_a_word_in_several_questions(world):
    asking.ask(world.amina, "Is zinc safe?")
    asking.ask(world.priya, "Which cream?", "With zinc.")
    assert counted("zinc") == (2, 1)


def test_answers_and_comments_count(world):
    answer = answering.answer(world.jonas, world.pump, "A kinked line.")
    assert counted("kinked") == (1, 0)
    commenting.comment(world.amina, answer, "Or a clamp.")
    assert counted("clamp") == (1, 0)
    commenting.comment(world.amina, world.pump, "Kinked again.")
    assert counted("kinked") == (1, 0)
    assert vocabulary.drift() == {}


def test_an_edit_counts_anew(world):
    question = asking.ask(world.amina, "Is zinc safe?", "Zinc.")
    editing.edit(world.amina, question, 1, title="Is copper safe?", body="Zinc.")
    assert (counted("zinc"), counted("copper")) == ((1, 0), (1, 1))
    editing.edit(world.amina, question, 2, title="Is copper safe?", body="Copper.")
    assert (counted("zinc"), counted("copper")) == (None, (1, 1))
    assert vocabulary.drift() == {}


def test_a_word_that_leaves_the_board_leaves_the_vocabulary(world):
    comment = commenting.comment(world.amina, world.pump, "Mrs Featherstonehaugh, bed four")
    db.session.commit()
    assert counted("Featherstonehaugh") == (1, 0)
    hiding.hide(world.ruth, comment, "a patient's name")
    assert counted("Featherstonehaugh") is None
    db.session.commit()
    words = db.session.scalars(text("SELECT word FROM search_word")).all()
    assert not [word for word in words if "feather" in word]


def test_hiding_takes_the_words_away_and_restoring_brings_them_back(world):
    before = counted("leaflet"), counted("policy")
    hiding.hide(world.jonas, world.insulin_answer)
    assert (counted("leaflet"), counted("policy")) == (None, before[1])
    hiding.restore(world.jonas, world.insulin_answer)
    assert (counted("leaflet"), counted("policy")) == before
    hiding.hide(world.ruth, world.insulin, "test")
    assert (counted("insulin"), counted("")) == (None, (2, 0))
    hiding.restore(world.ruth, world.insulin)
    assert (counted("insulin"), counted("")) == ((1, 1), (3, 0))
    assert vocabulary.drift() == {}


def test_what_is_undone_is_not_counted(world):
    db.session.commit()
    asking.ask(world.amina, "Is zinc safe?")
    db.session.rollback()
    assert (counted("zinc"), counted("")) == (None, (3, 0))


def test_a_stem_is_kept_with_one_of_its_words(world):
    assert db.session.get(SearchWord, "occlus").word == "occlusion"


def test_wrong_counts_are_noticed_and_put_right(world):
    db.session.execute(
        update(SearchWord).where(SearchWord.stem == "insulin").values(questions=7, headings=0)
    )
    db.session.execute(delete(SearchWord).where(SearchWord.stem == "pump"))
    db.session.execute(update(SearchWord).where(SearchWord.stem == "").values(questions=1))
    db.session.add(
        SearchWord(stem="ghost", word="ghosts", length=6, tail="sts", questions=2, headings=1)
    )
    db.session.commit()
    assert vocabulary.drift() == {
        "": (2, 0),
        "ghost": (-2, -1),
        "insulin": (-6, 1),
        "pump": (1, 1),
    }
    vocabulary.recount()
    assert vocabulary.drift() == {}
    assert (counted("insulin"), counted("pump"), counted("")) == ((1, 1), (1, 1), (3, 0))
    assert counted("ghost") is None


def test_recounting_what_is_right_changes_nothing(world):
    before = rows()
    vocabulary.recount()
    assert rows() == before


def rows():
    return sorted(tuple(row) for row in db.session.execute(text("SELECT * FROM search_word")))


def test_what_is_known_of_words_is_read_in_one_statement(world, statements):
    with statements() as seen:
        known = vocabulary.known(["insulin", "zinc"])
    assert len(seen) == 1
    assert (known.total, known.questions_with("insulin"), known.headings_with("insulin")) == (
        3,
        1,
        1,
    )
    assert (known.questions_with("zinc"), known.headings_with("zinc"), known.rarity("zinc")) == (
        0,
        0,
        0.0,
    )


def test_a_rare_word_is_worth_more(world):
    asking.ask(world.amina, "Is a pump safe?")
    known = vocabulary.known(["pump", "insulin"])
    assert 0 < known.rarity("pump") < known.rarity("insulin") == known.greatest_rarity
    assert known.rarity_of(3) < known.rarity_of(2)


def test_an_empty_board_knows_nothing(empty):
    known = vocabulary.known(["insulin"])
    assert (known.total, known.rarity("insulin")) == (0, 0.0)
    assert known.greatest_rarity > 0
    assert spelled_like(["insulin"]) == {}


def test_words_that_begin_with_letters(world):
    for _ in range(2):
        asking.ask(world.amina, "Occipital pain?")
    db.session.flush()
    assert [row.word for row in vocabulary.beginning_with("occ")] == ["occipital", "occlusion"]
    assert vocabulary.beginning_with("zz") == []


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("insulim", "insulin"),
        ("insuln", "insulin"),
        ("insullin", "insulin"),
        ("inuslin", "insulin"),
        ("isnulin", "insulin"),
        ("nisulin", "insulin"),
        ("insulni", "insulin"),
        ("unsulin", "insulin"),
        ("oclussion", "occlusion"),
        ("occlutoin", "occlusion"),
        ("okklusion", "occlusion"),
        ("cytotoixc", "cytotoxic"),
        ("temprature", "temperature"),
        ("tempreture", "temperature"),
        ("temperatuer", "temperature"),
    ],
)
def test_a_misspelled_word_is_recognized(world, typed, word):
    assert meant(typed) == {typed: word}


@pytest.mark.parametrize("word", ["fever", "sepsis", "heparin", "cannulas"])
def test_one_wrong_letter_is_recognized_wherever_it_stands(world, word):
    asking.ask(world.amina, "What is it?", f"{word} {word}")
    wrong = {
        f"{word[:place]}{letters}{word[place + step :]}"
        for place in range(len(word))
        for letters, step in (("x", 1), ("", 1), ("x", 0), (word[place : place + 2][::-1], 2))
    }
    wrong = {typed for typed in wrong - {word} if len(typed) >= 5}
    db.session.flush()
    missed = {typed for typed in wrong if meant(typed) != {typed: word}}
    assert missed == set()


@pytest.mark.parametrize(
    "typed",
    [
        "pamp",  # too short: four letters
        "gove",
        "unsulxn",  # two wrong letters in a short word, one of them the first
        "insuline2",
        "1nsulin",
        "citotocsic",  # three in a longer one
        "xxxxxxxxx",
    ],
)
def test_what_is_not_misspelled_is_nothing_else(world, typed):
    assert meant(typed) == {}


def test_of_several_words_as_near_the_more_used_is_meant(world):
    asking.ask(world.amina, "Zalcon?")
    for _ in range(3):
        asking.ask(world.amina, "Zalton?")
    assert meant("zalron") == {"zalron": "zalton"}


def test_several_words_are_looked_up_in_one_statement(world, statements):
    with statements() as seen:
        found = spelled_like(["insulim", "oclusion", "zzzzzzz"])
    assert {typed: row.word for typed, row in found.items()} == {
        "insulim": "insulin",
        "oclusion": "occlusion",
    }
    assert len(seen) == 1


def test_nothing_is_looked_up_where_nothing_can_be_misspelled(world, statements):
    with statements() as seen:
        assert spelled_like(["pen", "10mg", "in"]) == {}
    assert seen == []
