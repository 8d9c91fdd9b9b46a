"""Mail in the browser: one's own choice, and the links that mails carry."""

import pytest
from clients import browser
from relays import relaying, settings_for
from sqlalchemy import select

from board.core import working
from board.core.database import db
from board.delivery import choosing
from board.delivery.models import MailChoice, Message
from board.delivery.signing import confirming_token, stopping_token
from board.posts import answering

ADDRESS = "amina@hospital.example"


@pytest.fixture
def relay(configure):
    with relaying() as started:
        configure(**settings_for(started))
        yield started


@pytest.fixture
def amina(signed_in, relay):
    return signed_in("amina")


def chosen(world):
    db.session.rollback()
    return db.session.get(MailChoice, world.amina.id, populate_existing=True)


def path(mail, words):
    """The address in this mail that has these words in it, without the host."""
    return next(part for part in mail.get_body("plain").get_content().split() if words in part)[
        len("https://board.hospital.example") :
    ]


def test_the_page(amina):
    page = amina.get("/mail")
    assert page.status_code == 200
    assert "Once a day, at 07:00" in page.text
    assert "Once a week, on Monday at 07:00" in page.text


def test_the_inbox_and_what_is_watched_lead_there(amina):
    for address in ("/inbox", "/watching"):
        assert 'href="/mail"' in amina.get(address).text


def test_without_a_relay_the_page_says_so(signed_in):
    page = signed_in("amina").get("/mail")
    assert "This board sends no mail" in page.text
    reply = signed_in("amina").send("/mail", frequency="daily", address=ADDRESS)
    assert reply.status_code == 403


def test_from_choosing_to_the_first_mail_and_out_again(amina, world, relay, stranger):
    reply = amina.send("/mail", frequency="immediately", address=ADDRESS)
    assert (reply.status_code, reply.location) == (303, "/mail")
    assert "Not confirmed yet" in amina.get("/mail").text
    working.work("a worker")
    confirmation = path(relay.mails[0], "/mail/confirmation/")
    assert stranger.get(confirmation).status_code == 200
    assert chosen(world).confirmed_at is None, "a program that opens links confirms nothing"
    assert "Your address is confirmed" in stranger.send(confirmation).text
    assert chosen(world).confirmed_at is not None
    assert "Confirmed" in amina.get("/mail").text
    answering.answer(world.priya, world.insulin, "It says so.")
    db.session.commit()
    working.work("a worker")
    mail = relay.mails[1]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    leaving = mail["List-Unsubscribe"].strip("<>").removeprefix("https://board.hospital.example")
    assert "Send me no more mail" in stranger.get(leaving).text
    assert chosen(world).frequency == "immediately"
    reply = stranger.post(leaving, data={"List-Unsubscribe": "One-Click"})
    assert reply.status_code == 200, "without a session and without a token of a form"
    assert chosen(world).frequency == "nothing"


def test_what_is_wrong_is_said_and_what_was_typed_stays(amina):
    page = amina.send("/mail", frequency="weekly", address="amina at home")
    assert page.status_code == 422
    assert "That is no e-mail address" in page.text
    assert "amina at home" in page.text
    assert 'value="weekly" checked' in page.text


def test_a_refused_address_is_told(amina, world, relay):
    relay.to = lambda address: "550 No"
    amina.send("/mail", frequency="daily", address=ADDRESS)
    working.work("a worker")
    assert "Your address was refused" in amina.get("/mail").text


@pytest.mark.parametrize("what", ["confirmation", "unsubscribe"])
def test_links_that_are_none(stranger, relay, what):
    assert stranger.get(f"/mail/{what}/x").status_code == 404
    assert stranger.send(f"/mail/{what}/x").status_code == 404


def test_confirming_by_a_form_from_elsewhere_is_refused(world, relay, app):
    choosing.choose(world.amina, "daily", ADDRESS)
    db.session.commit()
    token = confirming_token(world.amina.id, ADDRESS)
    assert browser(app).post(f"/mail/confirmation/{token}").status_code == 400
    assert chosen(world).confirmed_at is None


def test_nobodys_mail_but_ones_own_is_ended(amina, world, stranger):
    choosing.choose(world.amina, "daily", ADDRESS)
    choosing.choose(world.jonas, "daily", "jonas@hospital.example")
    stranger.send(f"/mail/unsubscribe/{stopping_token(world.jonas.id)}")
    assert chosen(world).frequency == "daily"


def test_nobody_makes_the_board_mail_strangers_all_day(amina, configure):
    configure(ratelimit_enabled=True)
    statuses = [
        amina.send("/mail", frequency="daily", address=f"a{number}@b.example").status_code
        for number in range(12)
    ]
    assert statuses[-1] == 429
    assert len(db.session.scalars(select(Message)).all()) == 10
