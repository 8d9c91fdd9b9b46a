"""Writing the database anew, so that no byte of what was deleted is left in its file.

SQLite overwrites what is deleted (`secure_delete`), but copies of it may stand in the unused part
of a page. VACUUM writes every page anew and keeps others from writing meanwhile, so a large file
waits for the night. Postgres' VACUUM keeps nobody waiting.
"""

from pathlib import Path
from time import sleep
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text

from board.config import settings
from board.core.clock import now
from board.core.database import db, is_sqlite

SMALL = 64 * 1024 * 1024  # bytes: about half a second
LARGE = 256 * 1024 * 1024  # beyond this the copy goes to a temporary file instead of memory
BYTES_A_SECOND = 120 * 1024 * 1024
NIGHT = range(2, 5)
ATTEMPT = 300  # milliseconds
ATTEMPTS = 20


def is_time(*, is_urgent: bool = False) -> bool:
    """At once for a small file or when somebody wants it so, else at night."""
    hour = now().astimezone(ZoneInfo(settings().time_zone)).hour
    return is_urgent or not is_sqlite() or size() <= SMALL or hour in NIGHT


def size() -> int:
    """Bytes of the SQLite file; 0 elsewhere."""
    file = Path(db.engine.url.database or "")
    return file.stat().st_size if is_sqlite() and file.is_file() else 0


def seconds() -> float:
    """About how long nobody can post while the file is written."""
    return size() / BYTES_A_SECOND


def rewrite() -> bool:
    """Write it anew; False when somebody is reading so long that the log cannot be emptied."""
    return _rewrite_file() if is_sqlite() else _vacuum_tables()


def _rewrite_file() -> bool:
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA temp_store={'FILE' if size() > LARGE else 'MEMORY'}")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA temp_store=MEMORY")
        return _empty_log(cursor)
    finally:
        connection.close()


def _empty_log(cursor: Any) -> bool:
    """In short attempts: while it waits for somebody who reads, it keeps writers waiting too."""
    cursor.execute(f"PRAGMA busy_timeout={ATTEMPT}")
    try:
        for _ in range(ATTEMPTS):
            if not cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                return True
            sleep(ATTEMPT / 1000)
        return False
    finally:
        cursor.execute("PRAGMA busy_timeout=5000")


def _vacuum_tables() -> bool:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in db.metadata.sorted_tables:
            connection.execute(text(f'VACUUM "{table.name}"'))
    return True
