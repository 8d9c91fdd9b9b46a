"""Webhooks in the browser: adding one, its secret, what it was sent."""

import re

import pytest
from relays import receiving
from sqlalchemy import select

from board.core import working
from board.core.database import db
from board.delivery import hooking
from board.delivery.models import Webhook, WebhookDelivery


@pytest.fixture
def receiver(configure):
    with receiving() as started:
        configure(webhook_allowed=("127.0.0.0/8",), board_address="https://board.hospital.example")
        yield started


@pytest.fixture
def tomasz(signed_in, receiver):
    return signed_in("tomasz")


@pytest.fixture
def webhook(tomasz, world, receiver):
    hooking.add(world.tomasz, receiver.url, ["asked"], "insulin")
    db.session.commit()
    return "/webhooks/1"


def deliveries():
    db.session.rollback()
    return db.session.scalars(select(WebhookDelivery)).all()


def test_adding_one_shows_its_secret_once(tomasz, receiver):
    fields = {"url": receiver.url, "event": ["asked", "answered"], "tag": ""}
    page = tomasz.send("/webhooks", **fields)
    secret = re.search(r'class="secret">(\w{64})<', page.text)[1]
    assert page.headers["Cache-Control"] == "no-store"
    assert secret == hooking.secret_of(db.session.scalar(select(Webhook)))
    for address in ("/webhooks", "/webhooks/1", "/deliveries"):
        page = tomasz.get(address)
        assert receiver.url in page.text
        assert secret not in page.text


def test_the_same_press_twice_makes_one(tomasz, receiver):
    fields = {"url": receiver.url, "event": "asked", "submission_key": "k"}
    tomasz.send("/webhooks", **fields)
    assert tomasz.send("/webhooks", **fields).location == "/webhooks/1"
    assert len(db.session.scalars(select(Webhook)).all()) == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"url": "http://10.9.9.9/x"}, "is not an address that webhooks may lead to"),
        ({"url": "ftp://127.0.0.1/x"}, "begins with https:// or http://"),
        ({"event": []}, "Choose what it should hear of"),
        ({"tag": "no-such-tag"}, "There is no such tag"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(tomasz, receiver, fields, words):
    sent = {"url": receiver.url, "event": ["accepted"], "tag": "insulin"} | fields
    page = tomasz.send("/webhooks", **sent)
    assert page.status_code == 422
    assert words in page.text
    assert f'value="{sent["url"]}"' in page.text
    assert 'value="asked" checked' not in page.text
    assert db.session.scalars(select(Webhook)).all() == []


def test_where_they_are_off(signed_in):
    tomasz = signed_in("tomasz")
    assert "Webhooks are off" in tomasz.get("/webhooks").text
    reply = tomasz.send("/webhooks", url="http://127.0.0.1/", event="asked")
    assert reply.status_code == 403


def test_a_ping_and_what_came_back(tomasz, webhook, receiver):
    assert "Nothing was sent yet" in tomasz.get(webhook).text
    receiver.status = lambda: 500
    tomasz.send(f"{webhook}/ping")
    working.work("a worker")
    page = tomasz.get(webhook).text
    assert "It answered 500." in page
    assert "Failing" in page
    receiver.status = lambda: 204
    tomasz.send(f"{webhook}/deliveries/1/retry")
    working.work("a worker")
    assert "Arrived (204)" in tomasz.get(webhook).text
    assert receiver.ids == [deliveries()[0].uid] * 2


def test_held_let_go_on_and_ended(tomasz, webhook):
    tomasz.send(f"{webhook}/pause", paused="1")
    assert "Let it go on" in tomasz.get(webhook).text
    tomasz.send(f"{webhook}/pause", paused="0")
    assert "Hold it" in tomasz.get(webhook).text
    tomasz.send(f"{webhook}/end")
    page = tomasz.get(webhook).text
    assert "Ended" in page
    assert "Send a ping" not in page
    assert tomasz.send(f"{webhook}/ping").status_code == 403


def test_a_new_secret(tomasz, webhook):
    first = tomasz.send(f"{webhook}/secret").text
    second = tomasz.send(f"{webhook}/secret").text
    secret = re.compile(r'class="secret">(\w{64})<')
    assert secret.search(first)[1] != secret.search(second)[1]


def test_one_that_is_not_there(tomasz, webhook):
    assert tomasz.get("/webhooks/9").status_code == 404
    assert tomasz.send(f"{webhook}/deliveries/9/retry").status_code == 404


def test_nobody_else_does_anything(webhook, signed_in):
    ruth = signed_in("ruth")
    for what in ("ping", "pause", "end", "secret", "deliveries/1/retry"):
        assert ruth.send(f"{webhook}/{what}", paused="1").status_code == 403
    assert ruth.send("/webhooks", url="http://127.0.0.1/", event="asked").status_code == 403
    assert deliveries() == []
