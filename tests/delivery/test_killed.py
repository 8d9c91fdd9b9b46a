"""A worker that is really killed while the relay takes a mail; another one goes on."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import databases
import pytest
from relays import YES
from sqlalchemy import select

from board.core import working
from board.core.clock import held_at, now
from board.core.database import db, reading
from board.delivery import collecting
from board.delivery.models import Message
from board.posts import answering, asking

SECONDS = 120  # a busy machine takes its time to start three


@pytest.fixture
def start_worker(app, relay, tmp_path):
    """`start_worker()`: `board worker` in a process of its own, on this test's board."""
    started = []
    environment = os.environ | {
        "BOARD_INSTANCE": str(tmp_path),
        "BOARD_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"].replace("+psycopg", ""),
        "BOARD_MAIL_HOST": "127.0.0.1",
        "BOARD_MAIL_PORT": str(relay.port),
        "BOARD_MAIL_SENDER": "board@hospital.example",
        "BOARD_BOARD_ADDRESS": "https://board.hospital.example",
    }

    def start():
        process = subprocess.Popen([sys.executable, "-m", "board", "worker"], env=environment)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait(10)


def test_killed_while_the_relay_takes_it_nothing_is_lost(world, relay, wants, start_worker, app):
    wants(world.amina)
    ask_and_answer(world, 3)
    databases.disconnect(app)
    arrived, is_dead = threading.Event(), threading.Event()

    def answer():
        arrived.set()
        is_dead.wait(SECONDS)
        return YES

    relay.answer = answer
    worker = start_worker()
    assert arrived.wait(SECONDS)
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)
    is_dead.set()
    with held_at(now() + timedelta(minutes=10)):  # the lease and the claim have run out
        working.work("another")
    messages = all_messages()
    assert len(messages) == 3
    assert all(each.sent_at for each in messages)
    assert set(relay.ids) == {each.message_id for each in messages}
    assert len(relay.ids) == 4, "the one under way came twice, under one id"


def test_several_workers_at_once_send_everything_once(world, relay, wants, start_worker, app):
    wants(world.amina)
    ask_and_answer(world, 12)
    databases.disconnect(app)
    for _ in range(3):
        start_worker()
    deadline = time.monotonic() + SECONDS
    while any(each.sent_at is None for each in all_messages()):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert len(relay.ids) == 12
    assert set(relay.ids) == {each.message_id for each in all_messages()}


def ask_and_answer(world, times):
    """As many mails wait."""
    for number in range(times):
        answering.answer(world.priya, asking.ask(world.amina, f"Pump {number}?"), "Yes.")
        db.session.commit()
        collecting.collect_at_once()


def all_messages():
    db.session.rollback()
    with reading():
        found = db.session.scalars(select(Message)).all()
        db.session.expunge_all()
        db.session.rollback()
    return found
