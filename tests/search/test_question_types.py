"""What a question is after."""

import tomllib
from importlib.resources import files

import pytest

from board.search.analysing import stems
from board.search.question_types import types_of, words_of_types


@pytest.mark.parametrize(
    ("question", "type"),
    [
        ("What are the treatments for warts?", "treatment"),
        ("How do you get rid of warts?", "treatment"),
        ("What to do about warts", "treatment"),
        ("What does scabies look like?", "symptom"),
        ("Why does the pump alarm?", "cause"),
        ("Can I prevent a pressure sore?", "prevention"),
        ("How is sepsis diagnosed?", "diagnosis"),
        ("Does it run in families?", "inheritance"),
        ("Which gene is mutated?", "genetics"),
        ("Who is at risk of falls?", "risk"),
        ("How common is it?", "frequency"),
        ("Side effects of codeine", "side-effect"),
        ("How much paracetamol?", "dose"),
        ("He forgot his tablet", "missed-dose"),
        ("Overdose of codeine", "overdose"),
        ("Storage of vaccines", "storage"),
        ("Is it safe in pregnancy?", "precaution"),
        ("Who is on call?", "where-and-who"),
        ("How do I reset the password?", "how-to"),
    ],
)
def test_a_question_has_a_type(question, type):
    assert type in types_of(stems(question))


@pytest.mark.parametrize("question", ["", "Insulin pens", "Which gloves for cytotoxic agents?"])
def test_some_questions_just_ask_about_something(question):
    assert types_of(stems(question)) == frozenset()


def test_a_question_may_be_after_two_things():
    both = types_of(stems("What are the symptoms and treatments of gout?"))
    assert both == {"symptom", "treatment"}


def test_the_longer_phrase_is_meant():
    assert "treatment" not in types_of(stems("what is it used to treat")) - {"treatment"}
    assert types_of(stems("side effect")) == {"side-effect"}
    assert types_of(stems("blood test")) == {"diagnosis"}
    assert types_of(stems("risk factors")) == {"risk"}


def test_the_words_of_a_type_do_not_say_what_about():
    asked = stems("How do you get rid of warts?")
    assert {"get", "rid", "of"} <= words_of_types(asked)
    assert "wart" not in words_of_types(asked)


@pytest.mark.parametrize(
    "type",
    tomllib.loads(
        (files("board.search") / "language" / "question_types.toml").read_text(encoding="utf-8")
    ).items(),
    ids=lambda each: each[0],
)
def test_every_phrase_of_the_file_is_found(type):
    name, told = type
    for phrase in told["words"]:
        assert stems(phrase), phrase
        assert name in types_of(stems(phrase)), phrase
