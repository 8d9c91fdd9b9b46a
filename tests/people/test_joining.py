"""Somebody starts to work here."""

import pytest

from board.activity.models import Activity
from board.core.database import db
from board.core.errors import Invalid, Refused
from board.people import joining
from board.people.models import CONSOLE


def test_an_administrator_adds_a_person(world):
    noor = joining.add(
        world.tomasz,
        "noor",
        name="Noor Haddad",
        profession="Physiotherapist",
        department="Therapies",
    )
    assert (noor.name, noor.department.name, noor.role) == ("Noor Haddad", "Therapies", "member")
    [activity] = db.session.query(Activity).filter_by(verb="joined", subject_id=noor.id)
    assert activity.actor_id == world.tomasz.id


def test_the_console_adds_a_person(world):
    assert joining.add(CONSOLE, "noor").name == "noor"


@pytest.mark.parametrize("who", ["amina", "ruth", "lena"])
def test_others_add_nobody(world, who):
    with pytest.raises(Refused, match="administrator"):
        joining.add(getattr(world, who), "noor")


@pytest.mark.parametrize(
    "handle", ["", "a b", "Ä", "-a", "a-", "a" * 41, "a/b", "<b>", "\u202eamina", "a\nb"]
)
def test_a_handle_that_cannot_be_one(world, handle):
    with pytest.raises(Invalid) as error:
        joining.add(CONSOLE, handle)
    assert "handle" in error.value.fields


def test_a_handle_that_is_taken_whatever_its_case(world):
    with pytest.raises(Invalid, match="taken"):
        joining.add(CONSOLE, "AMINA")


def test_a_role_that_is_none(world):
    with pytest.raises(Invalid, match="role"):
        joining.add(CONSOLE, "noor", role="king")


def test_a_department_is_made_once(world):
    first = joining.add(CONSOLE, "noor", department="Therapies")
    second = joining.add(CONSOLE, "sam", department=" therapies ")
    assert first.department_id == second.department_id


def test_a_department_in_another_alphabet_has_an_address(world):
    assert joining.department_named("病房").slug.startswith("department-")


def test_an_administrator_corrects_a_person(world):
    amina = world.amina
    joining.change(world.tomasz, amina, name="Amina Yusuf-Bell", profession="Sister", department="")
    assert (amina.name, amina.profession, amina.department) == ("Amina Yusuf-Bell", "Sister", None)


def test_nobody_corrects_themselves(world):
    with pytest.raises(Refused):
        joining.change(world.amina, world.amina, name="Consultant", profession="", department="")


def test_a_name_has_letters(world):
    with pytest.raises(Invalid, match="name"):
        joining.change(world.tomasz, world.amina, name=" ", profession="", department="")
