"""A colleague's whole name is no patient's, unless somebody of that name is nursed."""

from dataclasses import replace

import pytest

from board.core.database import db
from board.people import joining, leaving
from board.people.models import CONSOLE
from board.privacy import guarding, staffing
from board.privacy.detecting import DEFAULT, Kind, find
from board.privacy.whole_names import whole_name

NAMES = ("Jonas Weber", "Siobhan O\u2019Brien", "Dr. Amélie Laurent", "Mary Ann Smith")
POLICY = replace(DEFAULT, directory=frozenset(map(whole_name, NAMES)))


def names_in(text, policy=POLICY):
    return [text[each.start : each.end] for each in find(text, policy) if each.kind == Kind.NAME]


@pytest.mark.parametrize(
    "text",
    [
        "The form goes to Jonas Weber by Friday.",
        "Jonas Weber wrote the leaflet, and jonas weber keeps it.",
        "Jonas Weber has the key to the cupboard.",
        "JONAS WEBER, then Siobhan O'Brien, decide about pumps.",
        "Siobhan O\u2019Brien said so on Monday.",
        "Mary Ann Smith knows, mary ann smith knows.",
        "Amelie Laurent and Mary Ann Smith run the course.",
        "Jonas Weber: 4567 or bleep him.",
    ],
)
def test_a_colleague_may_be_named(text):
    assert names_in(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "pt Jonas Weber is in pain",
        "Pt: Jonas Weber",
        "patient Jonas Weber refused it",
        "a lady called Mary Ann Smith",
        "Mr Jonas Weber is confused",
        "Bed 4 Jonas Weber",
        "his wife Mary Ann Smith rang",
        "Jonas Weber, dob 12/03/1950",
        "Jonas Weber 87 yo",
        "Jonas Weber needs analgesia",
        "Jonas Weber keeps climbing out",
        "Jonas Weber's bloods are back",
        "Jonas Weber in the side room",
        "999 012 3454 Jonas Weber",
        "Pt Mary Ann Smith is back",
    ],
)
def test_a_patient_of_the_same_name_is_found(text):
    assert names_in(text), "as without a directory"
    assert names_in(text) == names_in(text, DEFAULT)


@pytest.mark.parametrize("text", ["Mrs Weber fell again", "Petra Weber rang", "Jonas Becker rang"])
def test_half_a_name_silences_nobody(text):
    assert names_in(text) == names_in(text, DEFAULT) != []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Jonas Weber", "jonas weber"),
        ("Dr Jonas  Weber", "jonas weber"),
        ("Prof. Dr. Jonas Weber", "jonas weber"),
        ("Weber", ""),
        ("Dr Weber", ""),
        ("J Weber", ""),
        ("J. Weber", ""),
        ("", ""),
    ],
)
def test_what_is_a_whole_name(name, kept):
    assert whole_name(name) == kept


def test_a_name_in_the_directory_costs_no_pattern():
    """Ten thousand people are a set: asked once for each name that a text has."""
    crowd = frozenset(f"forename{number} surname{number}" for number in range(10_000))
    many = replace(DEFAULT, directory=crowd | POLICY.directory)
    text = "Oleg Petrenko asked Jonas Weber."
    assert names_in(text, many) == names_in(text) == ["Oleg Petrenko"]


# Who works here


def test_the_directory_is_who_works_here_now(world):
    assert {"jonas weber", "amina yusuf", "priya nair"} <= staffing.whole_names()
    assert "lena holm" not in staffing.whole_names(), "she left"
    assert guarding.policy().directory == staffing.whole_names()


def test_it_follows_the_people(world):
    assert "oleg petrenko" not in staffing.whole_names()
    oleg = joining.add(CONSOLE, "oleg", name="Oleg Petrenko")
    db.session.commit()
    assert "oleg petrenko" in staffing.whole_names()
    joining.change(CONSOLE, oleg, name="Oleg Marchenko", profession="", department="")
    db.session.commit()
    assert "oleg petrenko" not in staffing.whole_names()
    assert "oleg marchenko" in staffing.whole_names()
    leaving.deactivate(CONSOLE, oleg)
    db.session.commit()
    assert "oleg marchenko" not in staffing.whole_names()
    leaving.reactivate(CONSOLE, oleg)
    db.session.commit()
    assert "oleg marchenko" in staffing.whole_names()


def test_whoever_registered_by_themselves_is_not_in_it_until_an_administrator_has_saved_them(world):
    oleg = joining.register("oleg", name="Oleg Petrenko", profession="", department="")
    db.session.commit()
    assert "oleg petrenko" not in staffing.whole_names()
    joining.show_helped(oleg, True)
    db.session.commit()
    assert "oleg petrenko" not in staffing.whole_names()
    joining.change(world.tomasz, oleg, name="Oleg Petrenko", profession="Nurse", department="")
    db.session.commit()
    assert "oleg petrenko" in staffing.whole_names()


def test_while_nobody_changes_it_is_read_once(world, statements):
    staffing.whole_names()
    with statements() as seen:
        assert staffing.whole_names()
    assert len(seen) == 1
    assert "activity" in seen[0]


def test_that_question_is_answered_by_an_index(world, database):
    if database == "sqlite":
        plan = db.session.connection().exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT id, at FROM activity WHERE verb IN "
            "('deactivated', 'joined', 'person_changed', 'reactivated') ORDER BY id DESC LIMIT 1"
        )
        assert "ix_activity_people" in str(plan.all())


def test_a_question_may_name_a_colleague(signed_in):
    amina = signed_in("amina")
    asked = {"title": "Whom do I ask about pumps?", "body": "The form goes to Jonas Weber."}
    assert amina.send("/questions", **asked).status_code == 303
    asked["body"] = "The form of pt Jonas Weber is lost."
    assert amina.send("/questions", **asked).status_code == 422
    asked["body"] = "The form goes to Lena Holm."
    assert amina.send("/questions", **asked).status_code == 422
