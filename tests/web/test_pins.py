"""The PIN for the lock, as a browser meets it: plain forms."""

from datetime import timedelta

import pytest
from clients import browser
from sqlalchemy import select
from world import PASSWORD

from board.core import clock
from board.core.database import db
from board.signin import pins
from board.signin.models import Pin, Session
from board.signin.pins import PinHash

CODE = "482915"


@pytest.fixture(autouse=True)
def wanted(configure):
    configure(lock_pin=True)


@pytest.fixture
def left(signed_in, world):
    """Amina's browser with her PIN set, eleven minutes after she was called away."""
    pins.choose(world.amina, PinHash.of(CODE))
    amina = signed_in("amina")
    for session in db.session.query(Session):
        session.last_active = clock.now() - timedelta(minutes=11)
    db.session.commit()
    return amina


def choose(client, **fields):
    return client.send("/pin", **({"present": PASSWORD, "pin": CODE, "repeated": CODE} | fields))


def test_the_page_works_and_the_menu_leads_to_it(signed_in):
    amina = signed_in("amina")
    assert amina.get("/pin").status_code == 200
    assert 'href="/pin"' in amina.get("/").text


@pytest.mark.parametrize("name", ["ruth", "tomasz"])
def test_there_is_none_for_whoever_has_more_rights(signed_in, name):
    client = signed_in(name)
    assert client.get("/pin").status_code == 404
    assert choose(client).status_code == 404
    assert 'href="/pin"' not in client.get("/").text


def test_there_is_none_unless_the_site_wants_it(signed_in, configure):
    configure(lock_pin=False)
    amina = signed_in("amina")
    assert amina.get("/pin").status_code == 404
    assert 'href="/pin"' not in amina.get("/").text


def test_choosing_and_doing_without(signed_in):
    amina = signed_in("amina")
    assert choose(amina).status_code == 303
    assert "You chose yours" in amina.get("/pin").text
    assert amina.send("/pin/removal").status_code == 303
    assert db.session.scalar(select(Pin)) is None


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"present": "not mine at all"}, "not your password"),
        ({"repeated": "482916"}, "not the same"),
        ({"pin": "123456", "repeated": "123456"}, "anybody would try"),
        ({"pin": "12", "repeated": "12"}, "6 digits"),
    ],
)
def test_a_mistake_is_told_beside_its_field(signed_in, wrong, message):
    page = choose(signed_in("amina"), **wrong)
    assert page.status_code == 422
    assert message in page.text
    assert CODE not in page.text


def test_the_lock_asks_for_it_and_opens(left):
    assert 'name="pin"' in left.get("/lock").text
    reply = left.send("/lock/end", pin=CODE, password="", next="/tags")
    assert reply.location == "/tags"
    assert left.get("/tags").status_code == 200


def test_the_password_still_opens(left):
    assert left.send("/lock/end", pin="", password=PASSWORD, next="/tags").location == "/tags"


def test_five_wrong_ones_and_the_lock_wants_the_password(left):
    for _ in range(5):
        page = left.send("/lock/end", pin="000001", password="", next="/tags")
        assert page.status_code == 422
    assert "Type the password instead" in page.text
    assert 'name="pin"' not in page.text
    assert 'name="next" value="/tags"' in page.text
    assert left.send("/lock/end", pin=CODE, password="").status_code == 422
    assert left.send("/lock/end", password=PASSWORD, next="/tags").location == "/tags"
    assert 'name="pin"' not in left.get("/tags").text


def test_it_signs_nobody_in(left):
    stranger = browser(left.application)
    assert stranger.send("/sign-in", username="amina", password=CODE).status_code == 422
    assert stranger.send("/lock/end", pin=CODE).status_code == 303
    assert stranger.get("/tags").location.startswith("/sign-in")


def test_it_opens_no_session_of_somebody_else(left, world):
    jonas = browser(left.application).sign_in(world.jonas)
    jonas.send("/lock", next="/tags")
    assert 'name="pin"' not in jonas.get("/lock").text
    assert jonas.send("/lock/end", pin=CODE, password="").status_code == 422
    assert jonas.get("/tags").status_code == 303


def test_a_wrong_pin_does_not_reach_the_page_or_the_address(left):
    page = left.send("/lock/end", pin="915284", password="")
    assert "915284" not in page.text
