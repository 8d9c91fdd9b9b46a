"""What stands in a Postgres database when a test begins, and the way back to it.

Making a database from another one takes 50 ms and empties every cache of the connections; putting
back the few rows that a test wrote takes a fraction of that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

# Whatever this asks for differs once a test has changed tables, triggers or functions.
SHAPE = " UNION ALL ".join(
    f"SELECT '{catalog}', count(*), max(xmin::text::bigint) FROM {catalog}"
    for catalog in ("pg_class", "pg_trigger", "pg_proc")
)
TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)
NUMBERS = "SELECT sequencename::text, last_value FROM pg_sequences"


@dataclass(frozen=True)
class Snapshot:
    """The rows of every table that has any, as COPY writes them, and how far each sequence is."""

    rows: dict[str, bytes]
    numbers: set[tuple[Any, ...]]


class Contents:
    """A database, the rows in it and which of them are new."""

    def __init__(self, address: str) -> None:
        self.connection = psycopg.connect(address)
        self.tables = [name for (name,) in self._all(TABLES)]
        self.shape = self._all(SHAPE)
        self.marks = self._marks(self.tables)
        self.standing = self.snapshot()

    def snapshot(self) -> Snapshot:
        """The rows as they are now."""
        marks = self._marks(self.tables)
        rows = {table: self._read(table) for table in self.tables if marks[table][0]}
        numbers = set(self._all(NUMBERS))
        self.connection.commit()
        return Snapshot(rows, numbers)

    def become(self, wanted: Snapshot) -> bool:
        """Replace the rows where they are others. False where that is not enough: the tables
        themselves were changed, or somebody is still at it.
        """
        try:
            return self._become(wanted)
        except psycopg.errors.LockNotAvailable:
            return False

    def close(self) -> None:
        self.connection.close()

    def _become(self, wanted: Snapshot) -> bool:
        if self._all(SHAPE) != self.shape:
            return False
        found = self._marks(self.tables)
        others = [
            table
            for table in self.tables
            if found[table] != self.marks[table]
            or wanted.rows.get(table) != self.standing.rows.get(table)
        ]
        self.connection.execute("SET LOCAL lock_timeout = '1s'")
        self.connection.execute("SET LOCAL session_replication_role = replica")  # no triggers
        for table in others:
            self._write(table, wanted.rows.get(table))
        for name, value in wanted.numbers - set(self._all(NUMBERS)):
            last = [name, 1 if value is None else value, value is not None]
            self.connection.execute("SELECT setval(%s, %s, %s)", last)
        self.marks |= self._marks(others) if others else {}
        self.standing = wanted
        self.connection.commit()
        return True

    def _marks(self, tables: Sequence[str]) -> dict[str, tuple[int, int]]:
        """For each table how many rows it has, and which transaction was the last to write one."""
        each = sql.SQL("SELECT {}, count(*), max(xmin::text::bigint) FROM {}")
        asked = [each.format(sql.Literal(table), sql.Identifier(table)) for table in tables]
        found = self.connection.execute(sql.SQL(" UNION ALL ").join(asked)).fetchall()
        return {table: (count, latest) for table, count, latest in found}

    def _read(self, table: str) -> bytes:
        command = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
        with self.connection.cursor().copy(command) as rows:
            return b"".join(bytes(part) for part in rows)

    def _write(self, table: str, rows: bytes | None) -> None:
        name = sql.Identifier(table)
        self.connection.execute(sql.SQL("DELETE FROM {}").format(name))
        if rows:
            with self.connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(name)) as into:
                into.write(rows)

    def _all(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()  # type: ignore[arg-type]
