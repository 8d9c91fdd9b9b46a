"""What a query is about: words weighed, synonyms, misspellings."""

import pytest

from board.core.database import db
from board.posts import asking
from board.search import synonyms, understanding
from board.search.understanding import corrected, understand
from board.tags import naming


def weights(asked):
    """Each literal stem with what it weighs."""
    return {stem: weight for concept in asked.concepts for stem, weight in concept.literal.items()}


def others(asked):
    """Every other way to say something, with what it weighs."""
    return {other.stems: other.weight for concept in asked.concepts for other in concept.others}


@pytest.fixture
def ward(world):
    """A board on which some words are more common than others."""
    for number in range(6):
        asking.ask(world.amina, f"Bandage number {number}?")
    asking.ask(world.priya, "Which catheter?", "Please ask yesterday's patient.")
    db.session.flush()
    return world


def test_what_is_rare_weighs_more(ward):
    told = weights(understand("bandage catheter"))
    assert 0 < told["bandag"] < told["cathet"]


def test_words_that_hold_a_sentence_together_weigh_nothing(ward):
    assert set(weights(understand("which of the catheter is it"))) == {"cathet"}


def test_a_query_of_such_words_only_is_searched_by_them_all_the_same(ward):
    asked = understand("which is it")
    assert asked.concepts
    assert "which" in asked.stems


def test_everyday_words_weigh_little(ward):
    asked = understand("please catheter yesterday")
    told = weights(asked)
    assert 0 < told["pleas"] < told["cathet"] / 5
    assert 0 < told["yesterday"] < told["cathet"] / 5
    everyday = {stem for c in asked.concepts if c.is_everyday for stem in c.literal}
    assert everyday == {"pleas", "yesterday"}


def test_what_is_asked_weighs_less_than_what_about(ward):
    asking.ask(ward.amina, "Treatment?")
    told = weights(understand("treatment catheter"))
    assert 0 < told["treatment"] < told["cathet"]


def test_saying_it_twice_weighs_more_but_not_twice_as_much(ward):
    once, twice = (weights(understand(text))["cathet"] for text in ("catheter", "catheter " * 2))
    assert once < twice < 2 * once


def test_a_question_among_sentences_weighs_more(ward):
    told = weights(understand("I changed a catheter. Does the bandage stay?"))
    plain = weights(understand("catheter bandage"))
    assert told["cathet"] == plain["cathet"]
    assert told["bandag"] > plain["bandag"]


def test_a_query_is_after_something(ward):
    assert understand("How do you treat gout").types == {"treatment"}
    assert understand("catheter").types == frozenset()


def test_in_a_long_message_its_questions_say_what_it_is_after(ward):
    text = "He had a treatment last year. What are the symptoms of gout?"
    assert understand(text).types == {"symptom"}


def test_the_end_of_a_very_long_message_is_not_looked_at(ward):
    text = "word " * understanding.LONGEST + "catheter"
    assert "cathet" not in understand(text).stems


@pytest.mark.parametrize("text", ["", "?!", "  \n"])
def test_nothing_is_about_nothing(ward, text):
    asked = understand(text)
    assert (list(asked.concepts), asked.stems, asked.corrected) == ([], frozenset(), {})


def test_a_misspelled_word_is_corrected(ward):
    asked = understand("cathetre for insulim")
    assert asked.corrected == {"cathetre": "catheter", "insulim": "insulin"}
    assert weights(asked) == weights(understand("catheter for insulin"))


def test_correcting_can_be_declined(ward):
    asked = understand("cathetre", correcting=False)
    assert asked.corrected == {}
    assert "cathet" not in asked.stems


def test_a_known_word_is_not_corrected(ward):
    asking.ask(ward.amina, "Cathether?")
    assert understand("cathether").corrected == {}


def test_a_synonym_is_not_corrected(ward):
    synonyms.add(ward.ruth, "insulim, catheter")
    assert understand("insulim").corrected == {}


def test_a_word_with_an_accent_is_corrected_too(ward):
    asked = understand("insulím")
    assert asked.corrected == {"insulim": "insulin"}
    assert "insulin" in asked.stems


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        ("Insulim pen", {"insulim": "insulin"}, "insulin pen"),
        ("insulim insulims", {"insulim": "insulin"}, "insulin insulims"),
        ("insulim's", {"insulim": "insulin"}, "insulin's"),
        ("nothing", {}, "nothing"),
    ],
)
def test_only_whole_words_are_replaced(text, words, meant):
    assert corrected(text, words) == meant


def test_a_synonym_is_another_way_to_say_it(ward):
    synonyms.add(ward.ruth, "urine tube, catheter")
    asked = understand("urine tube")
    [concept] = [concept for concept in asked.concepts if concept.others]
    assert set(concept.literal) == {"urin", "tube"}
    assert [other.stems for other in concept.others] == [("cathet",)]


def test_a_synonym_stands_for_a_word_nobody_uses(ward):
    synonyms.add(ward.ruth, "foleyette, catheter")
    asked = understand("foleyette")
    assert asked.corrected == {}
    assert others(asked)[("cathet",)] > 0


def test_a_synonym_that_no_question_has_is_left_out(ward):
    synonyms.add(ward.ruth, "catheter, foleyette, plastic catheter")
    assert others(understand("catheter")) == {}


@pytest.mark.parametrize("said", ["catheter", "bandage", "insulin"])
def test_a_synonym_is_never_worth_more_than_the_literal_word(ward, said):
    asking.ask(ward.amina, "Zanthic tubing?")
    synonyms.add(ward.ruth, f"{said}, zanthic, zanthic tubing, tubing")
    asked = understand(said)
    literal = sum(weights(asked).values())
    assert len(others(asked)) >= 3
    for weight in others(asked).values():
        assert 0 < weight < literal


def test_a_tag_of_that_name_is_another_way_to_say_it(ward):
    asking.ask(ward.amina, "Which line?", "", "catheter")
    id = naming.tag_called("catheter").id
    asked = understand("catheter")
    assert (f"t{id}",) in others(asked)
    assert others(asked)[(f"t{id}",)] < weights(asked)["cathet"]


def test_a_tag_of_two_words_and_its_synonyms_too(ward):
    asking.ask(ward.amina, "Which line?", "", "ng tube")
    tag = naming.tag_called("ng-tube")
    naming.set_synonyms(ward.ruth, tag, ["feeding-line"])
    db.session.flush()
    assert (f"t{tag.id}",) in others(understand("NG tube"))
    assert (f"t{tag.id}",) in others(understand("feeding line"))


def test_a_word_still_being_typed_may_become_another(ward):
    assert ("cathet",) in others(understand("cath", still_typing=True))
    assert ("cathet",) in others(understand("cath"))  # no question has it
    assert others(understand("ca", still_typing=True)) == {}
    assert ("cathet",) not in others(understand("cath bandage", still_typing=True))


def test_a_whole_word_is_worth_more_than_a_beginning(ward):
    asking.ask(ward.amina, "Cat?")
    asked = understand("cat", still_typing=True)
    assert 0 < others(asked)[("cathet",)] <= weights(asked)["cat"]


def test_understanding_takes_two_statements(ward, statements):
    with statements() as seen:
        understand("bandage catheter insulin")
    assert len(seen) == 2


def test_and_up_to_five_more_for_words_nobody_uses(ward, statements):
    with statements() as seen:
        understand("bandage insulim cathetre zzzzzz")
    assert len(seen) <= 7
