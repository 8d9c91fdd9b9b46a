"""The database: one `Base`, one session a request, and who may write when.

A session begins in one of two ways. Reading (GET and HEAD) sees one unchanging picture. Writing
takes SQLite's writer lock with its first statement, because a read transaction cannot become a
writer once another has committed. `apart()` is for what must outlive a refusal.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, cast

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    CursorResult,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    Row,
    Select,
    Update,
    event,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session, registry, scoped_session
from sqlalchemy.types import TypeDecorator

_begin: ContextVar[str] = ContextVar("_begin", default="BEGIN IMMEDIATE")

AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]
AnySession = Session | scoped_session[Any]

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "cache_size=-16000",
)


class Moment(TypeDecorator[datetime]):
    """A point in time: aware and UTC in Python; SQLite stores it without the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """What every table of the board is declared on."""

    registry = registry(
        type_annotation_map={datetime: Moment},
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "fk": "fk_%(table_name)s_%(column_0_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True, add_models_to_shell=False)


@contextmanager
def reading() -> Iterator[None]:
    """Transactions begun in here only read."""
    token = _begin.set("BEGIN")
    try:
        yield
    finally:
        _begin.reset(token)


def is_reading() -> bool:
    """Whether a transaction begun now would only read."""
    return _begin.get() == "BEGIN"


@contextmanager
def writing() -> Iterator[None]:
    """Transactions begun in here write, whatever stands around it."""
    token = _begin.set("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        _begin.reset(token)


@contextmanager
def apart() -> Iterator[Session]:
    """A short write transaction of its own, committed at the end.

    For what must outlive a refusal (failed sign-ins, throttles, parked text). Never inside an
    open write transaction: with SQLite it would wait for itself.
    """
    with writing(), Session(db.engine) as session, session.begin():
        yield session


@contextmanager
def glance() -> Iterator[Session]:
    """A short read transaction of its own, before the request's own begins."""
    with reading(), Session(db.engine) as session:
        yield session


def upsert(table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what happens on a conflict, in this database's own words."""
    return sqlite.insert(table) if is_sqlite() else postgresql.insert(table)


def changes(session: AnySession, statement: Update) -> int:
    """Carry out an update; how many rows it found to change. Of two who take turns by a condition
    in the update, one changes a row.
    """
    return cast("CursorResult[object]", session.execute(statement)).rowcount


def only_where(condition: str) -> dict[str, Any]:
    """For an index over some of the rows, on either database: `Index(…, **only_where("…"))`."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def take_turns(number: int) -> None:
    """Whoever comes here with the same number waits until this transaction is over. SQLite has one
    writer at a time anyway; Postgres keeps a lock of this name.
    """
    if not is_sqlite():
        db.session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def is_sqlite() -> bool:
    """Whether this board keeps its data in the single file."""
    return db.engine.dialect.name == "sqlite"


def init_app(app: Flask, url: str, **engine_options: Any) -> None:
    """Connect the app to its database; no connection is opened before the first use."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    # A statement's parameters are what people wrote: they never reach an error message.
    options = {"hide_parameters": True, **engine_options}
    if url.startswith("postgresql"):
        options |= {"connect_args": {"options": "-c lock_timeout=5000 -c timezone=UTC"}}
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)


def prepare(engine: Engine) -> None:
    """Give an SQLite engine our pragmas and its transactions back (pysqlite begins them late)."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)


def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    # SQLite's own knows the letters of English only.
    connection.create_function("lower", 1, _lower, deterministic=True)
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql(_begin.get())
