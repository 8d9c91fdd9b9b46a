"""Due work, done by one worker at a time: whoever holds the lease in the database.

A worker that is stopped anywhere leaves what was done, and the next one goes on.
"""

import secrets
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Event, Thread

from flask import Flask, current_app
from sqlalchemy import or_
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from board.core.clock import now
from board.core.database import Base, db, upsert, writing

LEASE = timedelta(seconds=30)
NAME = "worker"
PAUSE = 2.0  # seconds: people hear of an answer while they still think of the question
STOPPING = 5.0

# Does one piece of due work, commits it, and says how many it did: 0 when nothing is due.
Task = Callable[[], int]


class Lease(Base):
    """Which worker does the due work, until when: one at a time, whatever the number of nodes."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime]


def init_app(app: Flask, due: Sequence[Task]) -> None:
    """Hand over what the worker does; the list stands in `board/wiring/due.py`."""
    app.extensions["board.due"] = due


def new_holder() -> str:
    """What this worker calls itself."""
    return secrets.token_hex(8)


def work(holder: str) -> int:
    """Do everything that is due while this worker holds the lease; returns how much it was."""
    done = 0
    with writing():
        while hold(holder):
            step = sum(_do(task) for task in current_app.extensions["board.due"])
            if step == 0:
                break
            done += step
    return done


def attempt(holder: str) -> None:
    """Do what is due. A busy or unreachable database is tried again next time: nothing is lost."""
    try:
        work(holder)
    except SQLAlchemyError:
        current_app.log_exception(sys.exc_info())
    finally:
        db.session.remove()


def _do(task: Task) -> int:
    """A task that fails is logged and tried again next time; the others go on."""
    try:
        return task()
    except Exception:
        current_app.log_exception(sys.exc_info())
        db.session.rollback()
        return 0


class Background:
    """A thread that does due work while a process serves people."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.holder = new_holder()
        self.is_over = Event()
        self.thread = Thread(target=self._run, name="due work", daemon=True)

    def start(self) -> None:
        """Begin, until `stop`."""
        self.thread.start()

    def stop(self) -> None:
        """End after the batch that is under way."""
        self.is_over.set()
        self.thread.join(timeout=STOPPING)

    def _run(self) -> None:
        with self.app.app_context():
            while not self.is_over.wait(PAUSE):
                attempt(self.holder)
            with suppress(SQLAlchemyError):
                let_go(self.holder)
            db.session.remove()


def hold(holder: str) -> bool:
    """Take or renew the lease; False while another worker has it."""
    row = upsert(Lease).values(name=NAME, holder=holder, until=now() + LEASE)
    db.session.execute(
        row.on_conflict_do_update(
            index_elements=["name"],
            set_={"holder": row.excluded.holder, "until": row.excluded.until},
            where=or_(Lease.holder == holder, Lease.until < now()),
        )
    )
    lease = db.session.get(Lease, NAME, populate_existing=True)
    is_ours = lease is not None and lease.holder == holder  # read after it, a new one would begin
    db.session.commit()
    return is_ours


def let_go(holder: str) -> None:
    """Another worker need not wait until the lease runs out."""
    lease = db.session.get(Lease, NAME)
    if lease is not None and lease.holder == holder:
        db.session.delete(lease)
    db.session.commit()
