"""A relay and a receiver that are real, and people who want mail."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import settled
from flask import current_app
from relays import receiving, relaying, settings_for
from sqlalchemy import delete, select

from board.core import working
from board.core.clock import held_at, now
from board.core.database import db
from board.delivery import choosing, collecting
from board.delivery.models import MailChoice, Message
from board.delivery.signing import confirming_token


@pytest.fixture(autouse=True)
def quiet(world):
    """Everybody has read what the cast did before the test begins."""
    settled.nothing_waits()
    current_app.extensions.pop(collecting.LOOKED, None)
    usual = current_app.extensions["board.due"]
    current_app.extensions["board.due"] = [
        task for task in usual if task.__module__.startswith(("board.delivery", "board.inbox"))
    ]
    yield
    current_app.extensions["board.due"] = usual


@pytest.fixture
def relay(configure):
    with relaying() as started:
        configure(**settings_for(started))
        yield started


@pytest.fixture
def receiver(configure):
    with receiving() as started:
        configure(webhook_allowed=("127.0.0.0/8",), board_address="https://board.hospital.example")
        yield started


@pytest.fixture
def wants(relay) -> Callable[..., MailChoice]:
    """`wants(world.amina, "daily")`: mail, to an address that is confirmed."""

    def choose(person, frequency="immediately"):
        address = f"{person.handle}@hospital.example"
        choice = choosing.choose(person, frequency, address)
        choosing.confirm(confirming_token(person.id, address))
        db.session.execute(delete(Message))
        db.session.commit()
        return choice

    return choose


@pytest.fixture
def work():
    """Everything that is due is done, by a worker of a name nobody had before."""

    def go(at: datetime | None = None) -> int:
        db.session.commit()
        holder = working.new_holder()
        with held_at(at or now()):
            done = working.work(holder)
            working.let_go(holder)
        return done

    return go


@pytest.fixture
def message():
    """The only message there is, as it is now."""

    def read() -> Message:
        db.session.rollback()
        return db.session.scalars(select(Message).execution_options(populate_existing=True)).one()

    return read


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)
