"""Wall screens in the browser: set up once, read-only, blank as soon as they are ended."""

import re

import pytest

from board.core.database import db
from board.posts import accepting, asking, hiding
from board.signin import displays
from board.signin.models import ApiToken

HERE = ["127.0.0.0/8"]


@pytest.fixture
def secret(world):
    made = displays.create(world.tomasz, "7B corridor", "ward-7b", HERE)
    db.session.commit()
    return made


@pytest.fixture
def screen(stranger, secret):
    """A screen that was started at its address."""
    stranger.get(f"/wall/{secret}")
    return stranger


def test_its_address_leads_to_one_without_the_token(stranger, secret):
    reply = stranger.get(f"/wall/{secret}")
    assert (reply.status_code, reply.location) == (303, "/wall")
    cookie = reply.headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Strict", "Path=/wall"):
        assert part in cookie
    page = stranger.get("/wall")
    assert page.status_code == 200
    assert secret not in page.text


def test_over_https_the_cookie_is_secure(stranger, secret):
    reply = stranger.get(f"/wall/{secret}", base_url="https://localhost")
    assert "Secure" in reply.headers["Set-Cookie"]


def test_it_shows_titles_and_nobody(screen, world):
    accepting.accept(world.amina, world.insulin_answer)
    asking.ask(world.amina, "Where are the spare beds kept?")
    db.session.commit()
    page = screen.get("/wall")
    assert "Ward 7B" in page.text
    assert world.insulin.title in page.text
    assert "Where are the spare beds kept?" in page.text
    assert "refreshed at" in page.text
    for hidden in ("Amina", "Jonas", "Four weeks", "not</strong> in the fridge"):
        assert hidden not in page.text


def test_nothing_can_be_pressed(screen):
    page = screen.get("/wall").text
    assert not re.search(r"<(a|button|form|input|details)[ >]", page)


def test_it_refreshes_itself(screen):
    page = screen.get("/wall").text
    assert 'hx-get="/wall"' in page
    assert 'hx-trigger="every 60s"' in page
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in page
    assert "Not refreshed since" in page
    part = screen.part("/wall", "wall").text
    assert part.lstrip().startswith('<main id="wall"')


def test_nothing_keeps_it(screen):
    headers = screen.get("/wall").headers
    assert headers["Cache-Control"] == "no-store"
    assert "noindex" in headers["X-Robots-Tag"]


def test_a_removed_question_is_not_on_it(screen, world):
    hiding.hide(world.amina, asking.ask(world.amina, "Where are the spare beds kept?"))
    db.session.commit()
    assert "spare beds" not in screen.get("/wall").text


def test_ended_it_is_blank_at_its_next_refresh(screen, world, signed_in):
    accepting.accept(world.amina, world.insulin_answer)
    db.session.commit()
    id = db.session.query(ApiToken).one().id
    assert signed_in("tomasz").send(f"/walls/{id}/end").location == "/walls"
    for reply in (screen.get("/wall"), screen.part("/wall", "wall")):
        assert reply.status_code == 403
        assert "was ended" in reply.text
        assert world.insulin.title not in reply.text


def test_from_another_network_it_shows_nothing(stranger, world):
    elsewhere = displays.create(world.tomasz, "7B corridor", "ward-7b", ["10.1.0.0/16"])
    db.session.commit()
    reply = stranger.get(f"/wall/{elsewhere}")
    assert reply.status_code == 403
    assert "Set-Cookie" not in reply.headers
    assert "not in a network" in reply.text
    there = {"REMOTE_ADDR": "10.1.2.3"}
    assert stranger.get(f"/wall/{elsewhere}", environ_overrides=there).status_code == 303
    assert stranger.get("/wall", environ_overrides=there).status_code == 200
    assert stranger.get("/wall").status_code == 403


def test_the_cookie_opens_nothing_else(screen):
    for address in ("/questions", "/departments/ward-7b", "/questions/1", "/walls"):
        assert screen.get(address).status_code == 303


def test_an_administrator_sets_one_up(signed_in, stranger, world):
    tomasz = signed_in("tomasz")
    fields = {"name": "Corridor", "department": "ward-7b", "networks": "10.1.0.0/16, 127.0.0.1"}
    page = tomasz.send("/walls", **fields)
    assert page.status_code == 200
    [address] = re.findall(r"<code>(http://localhost/wall/[^<]+)</code>", page.text)
    assert stranger.get(address).status_code == 303
    listed = tomasz.get("/walls").text
    assert "Corridor" in listed
    assert "10.1.0.0/16, 127.0.0.1" in listed
    assert "last used about" in listed
    assert address.rpartition("/")[2] not in listed


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": "", "department": "ward-7b", "networks": "10.1.0.0/16"}, "1 to 60 characters"),
        (
            {"name": "x", "department": "nowhere", "networks": "10.1.0.0/16"},
            "Choose the dep",
        ),
        ({"name": "x", "department": "ward-7b", "networks": ""}, "at least one network"),
        ({"name": "x", "department": "ward-7b", "networks": "0.0.0.0/0"}, "is not a network"),
    ],
)
def test_a_mistake_keeps_what_was_typed(signed_in, fields, message):
    page = signed_in("tomasz").send("/walls", **fields)
    assert page.status_code == 422
    assert message in page.text
    assert f'value="{fields["networks"]}"' in page.text


@pytest.mark.parametrize("name", ["amina", "ruth"])
def test_nobody_else_does(signed_in, name):
    browser = signed_in(name)
    assert browser.get("/walls").status_code == 403
    assert browser.send("/walls", name="x").status_code == 403
