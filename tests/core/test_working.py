"""Due work: one worker at a time, and a task that fails keeps nothing else from being done."""

import pytest
from sqlalchemy.exc import OperationalError

from board.core import working
from board.core.clock import held_at, now
from board.core.database import db


@pytest.fixture
def due(app):
    """`due(task, …)`: what the worker of this test does."""
    usual = app.extensions["board.due"]

    def choose(*tasks):
        app.extensions["board.due"] = tasks

    yield choose
    app.extensions["board.due"] = usual


def pieces(number):
    left = iter(range(number))

    def task():
        db.session.commit()
        return 1 if next(left, None) is not None else 0

    return task


def test_one_worker_at_a_time(world):
    assert working.hold("first")
    assert not working.hold("second")
    assert working.hold("first")
    with held_at(now() + 2 * working.LEASE):
        assert working.hold("second")
        assert not working.hold("first")


def test_who_has_no_lease_holds_no_lock_either(world):
    """Else it would keep everybody from writing while it waits for its turn."""
    working.hold("first")
    assert not working.hold("second")
    assert not db.session().in_transaction()


def test_a_lease_that_was_let_go_is_free(world):
    working.hold("first")
    working.let_go("second")
    assert not working.hold("second")
    working.let_go("first")
    assert working.hold("second")


def test_everything_due_is_done(world, due):
    due(pieces(3), pieces(5))
    assert working.work("this worker") == 8
    assert working.work("this worker") == 0


def test_who_has_no_lease_does_nothing(world, due):
    due(pieces(3))
    working.hold("first")
    assert working.work("second") == 0


def test_a_database_that_is_busy_is_tried_again(world, due, caplog, monkeypatch):
    def fail(_holder):
        raise OperationalError("BEGIN", None, Exception("database is locked"))

    due(pieces(3))
    with monkeypatch.context() as patch:
        patch.setattr(working, "hold", fail)
        working.attempt("this worker")
    assert "failure" in caplog.text
    assert working.work("this worker") == 3


def test_a_task_that_fails_is_logged_and_the_others_go_on(world, due, caplog):
    def fail():
        raise RuntimeError("the relay went away")

    due(fail, pieces(3))
    assert working.work("this worker") == 3
    assert "failure" in caplog.text
