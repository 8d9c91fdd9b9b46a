"""A fresh board for every test: a copy of a founded one, on SQLite and on a real Postgres."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import world
from flask import Flask, has_app_context
from sqlalchemy.engine import make_url

from board import create_app
from board.core.database import db
from board.upkeep import founding

SHARED_MEMORY = Path("/dev/shm")


@contextmanager
def folder(name: str) -> Iterator[Path]:
    """A folder that is gone afterwards, in memory where the system has such a place."""
    where = SHARED_MEMORY if os.access(SHARED_MEMORY, os.W_OK) else None
    made = Path(tempfile.mkdtemp(prefix=f"wardboard-{name}-", dir=where))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


class SQLiteBoard:
    """A board in a file. Each test begins with another file's pages copied over it."""

    def __init__(self, place: Path) -> None:
        self.kept: set[str] = set()
        self.place = place
        self.file = place / "board.db"
        self.app = make_app(place, f"sqlite:///{self.file}")
        found(self.app)
        shutil.copyfile(self.file, place / "empty.db")
        settle(self.app)
        self.file.rename(place / "settled.db")

    def renew(self, template: str = "settled") -> None:
        disconnect(self.app)
        copied, fresh = sqlite3.connect(self.place / f"{template}.db"), sqlite3.connect(self.file)
        with closing(copied), closing(fresh):
            copied.backup(fresh)

    def keep(self, template: str) -> None:
        """Remember the board as it is now under this name."""
        disconnect(self.app)
        shutil.copyfile(self.file, self.place / f"{template}.db")
        self.kept.add(template)

    def close(self) -> None:
        disconnect(self.app)


class PostgresBoard:
    """A board in a database that is made from another one for each test."""

    def __init__(self, place: Path, server: str) -> None:
        self.kept: set[str] = set()
        self.server = server
        self._run("CREATE DATABASE empty")
        found(make_app(place, self._address("empty")))
        self._run("CREATE DATABASE settled TEMPLATE empty")
        settle(make_app(place, self._address("settled")))
        self.app = make_app(place, self._address("board"))

    def renew(self, template: str = "settled") -> None:
        disconnect(self.app)
        self._run("DROP DATABASE IF EXISTS board WITH (FORCE)")
        self._run(f"CREATE DATABASE board TEMPLATE {template} STRATEGY file_copy")

    def keep(self, template: str) -> None:
        """Remember the board as it is now under this name."""
        disconnect(self.app)
        self._run(f"CREATE DATABASE {template} TEMPLATE board")
        self.kept.add(template)

    def close(self) -> None:
        disconnect(self.app)

    def _address(self, database: str) -> str:
        url = make_url(self.server).set(database=database, drivername="postgresql")
        return url.render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]


def make_app(place: Path, url: str, **settings: Any) -> Flask:
    """An app on this database, without limits unless a test wants them."""
    app = create_app(
        place, database_url=url, ratelimit_enabled=False, log_level="error", **settings
    )
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


def found(app: Flask) -> None:
    """Make the tables; nobody is there yet."""
    with app.app_context():
        founding.found(Path(app.instance_path))
    disconnect(app)


def settle(app: Flask) -> None:
    """Let the cast in."""
    with app.app_context():
        world.found()
    disconnect(app)


def disconnect(app: Flask) -> None:
    """Close the app's connections, so that its database can be replaced."""
    if has_app_context():
        db.session.remove()  # of whoever calls: what it has read would keep the file in use
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
