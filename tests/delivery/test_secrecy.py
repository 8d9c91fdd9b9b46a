"""Over TLS: whom the board believes, and that it gives its password to nobody else."""

import ssl
import subprocess

import pytest
from aiosmtpd.smtp import AuthResult
from relays import receiving, relaying

from board.core.database import db
from board.delivery import collecting, hooking, mailing
from board.delivery.models import WebhookDelivery
from board.posts import answering

pytestmark = pytest.mark.needs("openssl")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for this computer, and its key."""
    place = tmp_path_factory.mktemp("tls")
    files = place / "certificate.pem", place / "key.pem"
    make = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=relay"
    more = "-addext subjectAltName=IP:127.0.0.1 -out certificate.pem -keyout key.pem"
    command = [*make.split(), *more.split()]
    subprocess.run(command, check=True, capture_output=True, cwd=place)
    return files


@pytest.fixture
def context(certificate):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(*certificate)
    return made


@pytest.fixture
def waiting(world, wants):
    """There is an answer to Amina's question, and she wants to know."""
    wants(world.amina)
    answering.answer(world.priya, world.insulin, "It says so.")
    db.session.commit()
    collecting.collect_at_once()


def known(_server, _session, _envelope, _mechanism, login):
    is_known = (login.login, login.password) == (b"board", b"relay password")
    return AuthResult(success=is_known, handled=False)


SECURE = [("starttls", "tls_context"), ("tls", "ssl_context")]


@pytest.mark.parametrize(("security", "option"), SECURE)
def test_mail_over_tls_with_a_password(waiting, configure, context, certificate, security, option):
    needs_tls = security == "starttls"  # else it is there from the beginning
    options = {"auth_required": needs_tls, "auth_require_tls": needs_tls, option: context}
    with relaying(authenticator=known, **options) as relay:
        configure(
            mail_port=relay.port,
            mail_security=security,
            mail_user="board",
            mail_password="relay password",
            ca_file=str(certificate[0]),
        )
        assert mailing.send_mail() == 1
        assert len(relay.seen) == 1


@pytest.mark.parametrize(("security", "option"), SECURE)
def test_a_relay_nobody_vouches_for_is_sent_nothing(waiting, configure, context, security, option):
    with relaying(**{option: context}) as relay:
        configure(mail_port=relay.port, mail_security=security, mail_user="b", mail_password="p")
        assert mailing.send_mail() == 0
        assert relay.seen == []
    assert "is not believed" in mailing.relay_row().last_error


def test_a_relay_without_starttls_is_not_spoken_to_in_the_clear(waiting, relay, configure):
    configure(mail_security="starttls")
    assert mailing.send_mail() == 0
    assert relay.seen == []
    assert "does not offer" in mailing.relay_row().last_error


def test_a_wrong_password_is_told_without_it(waiting, configure, context, certificate):
    with relaying(authenticator=known, tls_context=context) as relay:
        configure(
            mail_port=relay.port,
            mail_security="starttls",
            mail_user="board",
            mail_password="wrong words",
            ca_file=str(certificate[0]),
        )
        assert mailing.send_mail() == 0
    assert mailing.relay_row().last_error == "The relay refuses us (535)."


@pytest.mark.parametrize("is_believed", [True, False])
def test_a_webhook_over_tls(world, configure, context, certificate, work, is_believed):
    with receiving(context) as receiver:
        configure(
            webhook_allowed=("127.0.0.1",),
            board_address="https://board.hospital.example",
            ca_file=str(certificate[0]) if is_believed else "",
        )
        url = receiver.url.replace("http:", "https:")
        webhook = hooking.add(world.tomasz, url, ["asked"], "")
        hooking.ping(world.tomasz, webhook)
        work()
        assert len(receiver.seen) == (1 if is_believed else 0)
    db.session.rollback()
    said = db.session.get(WebhookDelivery, 1, populate_existing=True).last_error
    assert said == ("" if is_believed else "It cannot be reached (SSLCertVerificationError).")
