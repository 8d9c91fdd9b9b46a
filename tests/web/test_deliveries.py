"""How mail does, for administrators: what waits, what failed, hold it, try again."""

import pytest
from sqlalchemy import select, update

from board.core.clock import now
from board.core.database import db
from board.delivery import mailing
from board.delivery.models import Message, Relay

ON = {
    "mail_host": "127.0.0.1",
    "mail_port": 9,
    "mail_sender": "board@hospital.example",
    "board_address": "https://board.hospital.example",
}


@pytest.fixture
def tomasz(signed_in, world, configure):
    """Tomasz, with one mail of Amina's that failed and one that waits."""
    configure(**ON)
    for number, failed in ((1, now()), (2, None)):
        db.session.add(
            Message(
                person_id=world.amina.id,
                kind="daily",
                key=f"daily:{number}",
                message_id=f"<{number}@x>",
                failed_at=failed,
                last_error="The relay refuses the address (550)." if failed else "",
            )
        )
    db.session.flush()
    over = update(Message).where(Message.failed_at.is_not(None))
    db.session.execute(over.values(next_try_at=None))
    db.session.commit()
    return signed_in("tomasz")


def test_what_waits_and_what_failed(tomasz, world):
    page = tomasz.get("/deliveries")
    assert page.status_code == 200
    assert "The relay refuses the address (550)." in page.text
    assert world.amina.name in page.text


def test_a_relay_that_is_away(tomasz, world):
    mailing.send_mail()
    page = tomasz.get("/deliveries").text
    assert "Failing" in page
    assert "The relay does not answer (ConnectionRefusedError)." in page
    tomasz.send("/deliveries/retry")
    assert db.session.get(Relay, "mail", populate_existing=True).next_try_at is None


def test_one_is_sent_again(tomasz):
    assert tomasz.send("/deliveries/1/retry").location == "/deliveries"
    assert db.session.get(Message, 1, populate_existing=True).next_try_at is not None
    assert tomasz.send("/deliveries/99/retry").status_code == 404


def test_held_and_let_go_on(tomasz):
    tomasz.send("/deliveries/pause", paused="1")
    assert "Held" in tomasz.get("/deliveries").text
    tomasz.send("/deliveries/pause", paused="0")
    assert "Let mail go on" not in tomasz.get("/deliveries").text


def test_where_mail_is_off(signed_in):
    assert "Mail is off" in signed_in("tomasz").get("/deliveries").text


@pytest.mark.parametrize("address", ["/deliveries", "/webhooks", "/webhooks/new", "/webhooks/1"])
def test_nobody_else_sees_them(tomasz, signed_in, address):
    assert signed_in("ruth").get(address).status_code == 403


def test_nobody_else_does_anything(tomasz, signed_in):
    ruth = signed_in("ruth")
    for address in ("/deliveries/pause", "/deliveries/retry", "/deliveries/1/retry"):
        assert ruth.send(address, paused="1").status_code == 403
    assert db.session.scalars(select(Message.next_try_at).where(Message.id == 1)).one() is None
