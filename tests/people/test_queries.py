"""Finding people."""

import pytest

from board.core.database import db
from board.core.errors import Missing
from board.people import queries


def names(query):
    return [row.name for row in db.session.execute(query)]


def test_people_stand_in_order_of_name_without_those_who_left(world):
    assert names(queries.people()) == [
        "Amina Yusuf",
        "Jonas Weber",
        "Priya Nair",
        "Ruth Okafor",
        "Tomasz Zielinski",
    ]
    assert "Lena Holm" in names(queries.people(inactive=True))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("amina", ["Amina Yusuf"]),
        ("PHARMA", ["Jonas Weber"]),
        ("ward 7b", ["Amina Yusuf"]),
        ("nurse yusuf", ["Amina Yusuf"]),
        ("100%", []),
        ("_", []),
        ("\\", []),
    ],
)
def test_people_are_found_by_name_profession_and_department(world, words, found):
    assert names(queries.people(words)) == found


def test_imported_authors_are_not_listed(world):
    world.amina.is_imported = True
    assert "Amina Yusuf" not in names(queries.people())


def test_a_person_is_found_by_handle_whatever_its_case(world):
    assert queries.person_called("Amina").name == "Amina Yusuf"
    with pytest.raises(Missing, match="nobody"):
        queries.person_called("nobody")


def test_a_department_that_is_not_there(world):
    with pytest.raises(Missing):
        queries.department_at("nowhere", db.session.execute(queries.departments()).all())
