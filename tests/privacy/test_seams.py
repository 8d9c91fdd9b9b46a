"""A number that a title and the text below it give away together. All of it is invented."""

import pytest

from board.privacy import guarding
from board.privacy.detecting import DEFAULT


def spotted(world, title, body):
    found = guarding.look({"title": title, "body": body}, DEFAULT, (), world.amina)
    return [(each.field, each.kind.value, each.passage) for each in found]


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("Two wristbands, one MRN", "00482917 is on both.", [("body", "mrn", "00482917")]),
        ("NHS number", "  9990123454: who is it?", [("body", "nhs_number", "9990123454")]),
        ("Who is 999 012", "3454 in bed?", [
            ("title", "nhs_number", "999 012"), ("body", "nhs_number", "3454"),
        ]),
        ("Born 14/03/1952, MRN", "00482917", [
            ("title", "dob", "14/03/1952"), ("body", "mrn", "00482917"),
        ]),
    ],
)  # fmt: skip
def test_a_number_is_found_where_the_cue_stands_above(world, title, body, expected):
    assert spotted(world, title, body) == expected


def test_what_is_found_in_a_field_already_is_told_once(world):
    found = spotted(world, "Lost wristband", "MRN 00482917 is on it.")
    assert found == [("body", "mrn", "00482917")]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Which dressing for my patient", "Mepilex does not stick."),
        ("Room for Mr", "Smith forceps were used."),
        ("Warfarin dose", "5 mg or 7 mg?"),
        ("MRN", ""),
        ("", "00482917"),
        ("How to read an MRN", "A" * 400),
    ],
)
def test_a_title_and_a_text_that_say_nothing_together(world, title, body):
    assert spotted(world, title, body) == []


def test_places_are_those_in_the_field(world):
    title, body = "long " * 60 + "MRN", "\n\n00482917 it says " + "and so on " * 40
    assert spotted(world, title, body) == [("body", "mrn", "00482917")]


def test_a_number_that_only_the_cut_makes_is_none(world):
    body = "word " * 31 + "00482917"  # the first 160 characters end within it
    assert spotted(world, "About the MRN", body) == []


def test_both_parts_are_replaced_in_their_fields(world):
    texts = {"title": "Who is 999 012", "body": "3454 in bed?"}
    found = guarding.look(texts, DEFAULT, (), world.amina)
    assert guarding.replace(texts, found) == {
        "title": "Who is [NHS number]",
        "body": "[NHS number] in bed?",
    }
