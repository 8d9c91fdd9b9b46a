"""Who wants mail, where and how often: their own choice, confirmed by the address itself."""

from datetime import timedelta

import pytest
from relays import YES
from sqlalchemy import select

from board.core.clock import held_at, now
from board.core.database import db
from board.core.errors import Invalid, Missing, Refused
from board.delivery import choosing, mailing
from board.delivery.models import MailChoice, Message
from board.delivery.signing import confirming_token, stopping_token
from board.posts import answering

ADDRESS = "amina@hospital.example"


def chosen(world):
    return db.session.get(MailChoice, world.amina.id, populate_existing=True)


def test_nothing_is_the_beginning(world, relay):
    assert choosing.choice_of(world.amina.id).frequency == "nothing"


def test_the_address_is_asked_first_and_mailed_nothing_else(world, relay, work):
    choosing.choose(world.amina, "immediately", ADDRESS)
    answering.answer(world.priya, world.insulin, "It says so.")
    work()
    [mail] = relay.mails
    assert mail["Subject"] == "Wardboard: Is this your address?"
    assert "/mail/confirmation/" in relay.text()
    assert "List-Unsubscribe" not in mail


def test_once_confirmed_mail_comes(world, relay, work):
    choosing.choose(world.amina, "immediately", ADDRESS)
    choosing.confirm(confirming_token(world.amina.id, ADDRESS))
    answering.answer(world.priya, world.insulin, "It says so.")
    work()
    assert [mail["Subject"] for mail in relay.mails] == ["Wardboard: 1 answer to your question"]


def test_another_address_has_to_be_confirmed_anew(world, relay, wants, work):
    wants(world.amina)
    choosing.choose(world.amina, "immediately", "elsewhere@hospital.example")
    answering.answer(world.priya, world.insulin, "It says so.")
    work()
    assert relay.recipients == ["elsewhere@hospital.example"]
    assert "Is this your address" in relay.mails[0]["Subject"]


def test_the_link_of_another_address_confirms_nothing(world, relay):
    choosing.choose(world.amina, "daily", "elsewhere@hospital.example")
    with pytest.raises(Missing, match="another address"):
        choosing.confirm(confirming_token(world.amina.id, ADDRESS))
    with pytest.raises(Missing):
        choosing.confirm("made-up")
    assert chosen(world).confirmed_at is None


def test_only_the_last_link_that_was_asked_for_is_sent(world, relay, work):
    choosing.choose(world.amina, "daily", "typo@hospital.example")
    with held_at(now() + timedelta(seconds=5)):
        choosing.choose(world.amina, "daily", ADDRESS)
    work(now() + timedelta(minutes=1))
    assert relay.recipients == [ADDRESS]
    dropped = db.session.scalars(select(Message.last_error).where(Message.sent_at.is_(None)))
    assert list(dropped) == [mailing.OTHER_ADDRESS]


def test_a_refused_address_can_be_saved_again(world, relay, work):
    relay.to = lambda address: "550 No"
    choosing.choose(world.amina, "daily", ADDRESS)
    work()
    assert chosen(world).refused_at is not None
    relay.to = lambda address: YES
    choosing.choose(world.amina, "daily", ADDRESS)
    work()
    assert chosen(world).refused_at is None
    assert len(relay.seen) == 1


@pytest.mark.parametrize(
    "address",
    [
        "amina",
        "amina@",
        "a b@c.example",
        "a@b\nBcc: c@d.example",
        "<a@b.example>",
        "a" * 250 + "@b.c",
    ],
)
def test_what_is_no_address(world, relay, address):
    with pytest.raises(Invalid):
        choosing.choose(world.amina, "daily", address)


def test_some_address_is_needed_for_mail_and_none_for_none(world, relay):
    with pytest.raises(Invalid, match="Write the address"):
        choosing.choose(world.amina, "daily", "")
    assert choosing.choose(world.amina, "nothing", "").asked_at is None


def test_a_frequency_that_is_none(world, relay):
    with pytest.raises(Invalid, match="how often"):
        choosing.choose(world.amina, "hourly", ADDRESS)


def test_only_the_hospitals_own_domains_where_it_names_them(world, relay, configure):
    configure(mail_domains=("hospital.example",))
    with pytest.raises(Invalid, match=r"only to addresses at hospital\.example"):
        choosing.choose(world.amina, "daily", "amina@elsewhere.example")
    choosing.choose(world.amina, "daily", "amina@Hospital.example")


def test_a_board_without_mail_says_so(world):
    with pytest.raises(Refused, match="sends no mail"):
        choosing.choose(world.amina, "daily", ADDRESS)


def test_the_link_in_a_mail_ends_it(world, wants):
    wants(world.amina)
    choosing.stop(stopping_token(world.amina.id))
    assert chosen(world).frequency == "nothing"
    with pytest.raises(Missing):
        choosing.stop(stopping_token(world.jonas.id))
    with pytest.raises(Missing):
        choosing.stop(confirming_token(world.amina.id, ADDRESS))
