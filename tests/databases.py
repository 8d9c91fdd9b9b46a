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
from flask import Flask
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
    """A board in a file. Each test begins with the founded file's pages copied over it."""

    def __init__(self, place: Path) -> None:
        self.template = place / "founded.db"
        self.app = make_app(place, f"sqlite:///{place / 'board.db'}")
        self.file = place / "board.db"
        found(self.app)
        self.file.rename(self.template)

    def close(self) -> None:
        disconnect(self.app)

    def renew(self) -> None:
        founded, fresh = sqlite3.connect(self.template), sqlite3.connect(self.file)
        with closing(founded), closing(fresh):
            founded.backup(fresh)


class PostgresBoard:
    """A board in a database that is made from a template database for each test."""

    def __init__(self, place: Path, server: str) -> None:
        self.server = server
        self._run("CREATE DATABASE founded")
        founded = make_app(place, self._address("founded"))
        found(founded)
        disconnect(founded)
        self.app = make_app(place, self._address("board"))

    def close(self) -> None:
        disconnect(self.app)

    def renew(self) -> None:
        disconnect(self.app)
        self._run("DROP DATABASE IF EXISTS board WITH (FORCE)")
        self._run("CREATE DATABASE board TEMPLATE founded STRATEGY file_copy")

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
    """Make the tables and let the cast in."""
    with app.app_context():
        founding.found(Path(app.instance_path))
        world.found()
    disconnect(app)


def disconnect(app: Flask) -> None:
    """Close the app's connections, so that its database can be replaced."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
