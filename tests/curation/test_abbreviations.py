"""Notations that have harmed people are pointed out, with what to write instead."""

import pytest

from board.curation.abbreviations import Kind, corrected, find

# What somebody writes, and what it is corrected to.
FOUND = [
    ("Give 10U now.", Kind.UNIT_LETTER, "Give 10 units now."),
    ("Give 10U.", Kind.UNIT_LETTER, "Give 10 units."),
    ("Give 10 U now.", Kind.UNIT_LETTER, "Give 10 units now."),
    ("Heparin 5000 IU daily.", Kind.UNIT_LETTER, "Heparin 5000 units daily."),
    ("Give 6u with food.", Kind.UNIT_LETTER, "Give 6 units with food."),
    ("Lorazepam 1.0 mg.", Kind.TRAILING_ZERO, "Lorazepam 1 mg."),
    ("Lorazepam 1.0mg.", Kind.TRAILING_ZERO, "Lorazepam 1mg."),
    ("Digoxin .5 mg once.", Kind.NAKED_DECIMAL, "Digoxin 0.5 mg once."),
    ("Digoxin .125mg once.", Kind.NAKED_DECIMAL, "Digoxin 0.125mg once."),
    ("Fentanyl 25 ug.", Kind.MICROGRAM, "Fentanyl 25 micrograms."),
    ("Fentanyl 25µg.", Kind.MICROGRAM, "Fentanyl 25 micrograms."),
    ("Fentanyl 25\u03bcg.", Kind.MICROGRAM, "Fentanyl 25 micrograms."),
    ("Aspirin 75 mg QD", Kind.FREQUENCY, "Aspirin 75 mg daily"),
    ("Warfarin qod", Kind.FREQUENCY, "Warfarin every other day"),
    ("Give MSO4 slowly.", Kind.DRUG_NAME, "Give morphine sulfate slowly."),
    ("Give MgSO4 slowly.", Kind.DRUG_NAME, "Give magnesium sulfate slowly."),
    ("MS 10 mg", Kind.DRUG_NAME, "morphine sulfate 10 mg"),
    ("Draw up 5cc.", Kind.CUBIC, "Draw up 5 ml."),
    ("Only if >5 mg.", Kind.SIGN, "Only if more than 5 mg."),
    ("Only if < 5 mg.", Kind.SIGN, "Only if less than 5 mg."),
    ("Run @ 5 ml", Kind.SIGN, "Run at 5 ml"),
]

NOT_FOUND = [
    "Give 10 units now.",
    "Give 0.5 mg.",
    "Give 10.5 mg.",
    "Version 1.0 of the policy.",
    "pH 7.0 is neutral.",
    "Ward 7U is closed.",
    "25 micrograms",
    "The patient has MS and walks with a stick.",
    "Write to pharmacy@hospital.example.",
    "> Four weeks, as the leaflet says.",
    "See section 2.0 and 3.",
    "Call extension 2345.",
    "A UK guideline",
    "| 10 | 20 |",
    "Never write `10U` or `1.0 mg`.",
    "BMI > 30",
]


@pytest.mark.parametrize(("text", "kind", "right"), FOUND)
def test_it_is_found_and_corrected(text, kind, right):
    [found] = find(text)
    assert found.kind == kind
    assert text[found.start : found.end] == found.passage
    assert found.why
    assert corrected(text, [found]) == right


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_is_plain_is_left_alone(text):
    assert find(text) == []


def test_several_are_found_in_order_and_corrected_at_once():
    text = "Give 10U, then .5 mg and 1.0 mg."
    found = find(text)
    assert [each.passage for each in found] == ["10U", ".5 mg", "1.0 mg"]
    assert corrected(text, found) == "Give 10 units, then 0.5 mg and 1 mg."


def test_what_is_corrected_is_found_no_more():
    for text, _, _ in FOUND:
        assert find(corrected(text, find(text))) == []
