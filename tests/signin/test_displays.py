"""Wall screens: one department, from its own networks, until it is ended."""

import pytest

from board.core.database import db
from board.core.errors import Conflict, Invalid, Missing, Refused
from board.people.models import CONSOLE
from board.signin import displays, tokens
from board.signin.models import ApiToken
from board.signin.tokens import Scope

NETWORKS = ["10.1.20.0/24", "fd00:7b::/64"]


@pytest.fixture
def secret(world):
    made = displays.create(world.tomasz, "7B corridor", "ward-7b", NETWORKS)
    db.session.commit()
    return made


def opened(secret, address="10.1.20.7"):
    db.session.rollback()
    return displays.opened(secret, address)


@pytest.mark.parametrize("address", ["10.1.20.7", "fd00:7b::12"])
def test_it_shows_its_department(world, secret, address):
    display = opened(secret, address)
    assert (display.name, display.department) == ("7B corridor", "Ward 7B")
    assert display.department_id == world.amina.department_id


@pytest.mark.parametrize("address", ["10.1.21.7", "127.0.0.1", "fd00:7c::1", "", None, "nonsense"])
def test_from_elsewhere_it_shows_nothing(secret, address):
    with pytest.raises(Refused, match="network"):
        opened(secret, address)


@pytest.mark.parametrize("wrong", ["", "x", "' OR 1=1 --", "x" * 9_000])
def test_a_wrong_token(secret, wrong):
    with pytest.raises(Refused, match="not set up"):
        opened(wrong)


def test_it_is_good_for_nothing_else(secret):
    assert not tokens.may(secret, Scope.READ)


def test_a_programs_token_opens_no_screen(world):
    made = tokens.create(CONSOLE, "intranet", Scope.READ)
    db.session.commit()
    with pytest.raises(Refused):
        opened(made)


def test_ended_it_shows_nothing_at_once(world, secret):
    id = db.session.query(ApiToken).one().id
    displays.end(world.tomasz, id)
    db.session.commit()
    with pytest.raises(Refused):
        opened(secret)
    assert displays.displays() == []


def test_a_programs_token_is_not_ended_as_a_screen(world):
    tokens.create(CONSOLE, "intranet", Scope.READ)
    db.session.flush()
    with pytest.raises(Missing):
        displays.end(world.tomasz, db.session.query(ApiToken).one().id)


@pytest.mark.parametrize("name", ["amina", "ruth"])
def test_only_administrators_set_screens_up(world, secret, name):
    with pytest.raises(Refused):
        displays.create(getattr(world, name), "mine", "ward-7b", NETWORKS)
    with pytest.raises(Refused):
        displays.end(getattr(world, name), db.session.query(ApiToken).one().id)


@pytest.mark.parametrize(
    ("slug", "networks", "field"),
    [
        ("nowhere", NETWORKS, "department"),
        ("ward-7b", [], "networks"),
        ("ward-7b", ["the ward"], "networks"),
        ("ward-7b", ["0.0.0.0/0"], "networks"),
        ("ward-7b", ["::/0"], "networks"),
        ("ward-7b", ["10.1.0.0/99"], "networks"),
    ],
)
def test_a_mistake_is_told(world, slug, networks, field):
    with pytest.raises(Invalid) as error:
        displays.create(world.tomasz, "7B corridor", slug, networks)
    assert list(error.value.fields) == [field]


def test_a_name_is_not_given_twice(world, secret):
    with pytest.raises(Conflict):
        displays.create(world.tomasz, "7B corridor", "ward-7b", NETWORKS)


def test_its_use_is_noted(world, secret):
    assert displays.displays()[0].used_at is None
    opened(secret)
    assert displays.displays()[0].used_at is not None


def test_the_secret_is_not_stored(secret):
    [row] = db.session.query(ApiToken).all()
    assert secret not in str(vars(row))
