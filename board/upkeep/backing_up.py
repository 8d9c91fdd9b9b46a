"""Copies of the database: made while people work, and looked at before they are trusted.

For SQLite. A Postgres database is backed up with Postgres' own tools.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from flask import current_app

from board.activity.recording import note
from board.activity.verbs import Verb
from board.audit import checkpointing
from board.core.clock import now
from board.core.database import db, is_sqlite
from board.core.errors import Refused
from board.upkeep import schema

FOLDER = "backups"

POSTGRES = "This board is on Postgres. Use pg_dump and pg_restore (see docs/operations.md)."
IN_USE = "The board is being served. Stop it first, then restore."


def back_up(data_folder: Path) -> Path:
    """Copy the database into `backups/`; returns the verified copy. Raises `Refused`."""
    source = _database_file()
    folder = data_folder / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    copy = _free(folder / f"board-{_stamp(now())}.db")
    draft = copy.with_suffix(".part")
    try:
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(draft)) as target:
            live.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, no log beside it
        verify(draft)
        _sync(draft)
        draft.replace(copy)
    finally:
        draft.unlink(missing_ok=True)
    return copy


def restore(backup: Path) -> Path | None:
    """Put a backup in the database's place; returns where the present one was put aside.

    Raises `Refused` for a file that is no sound board, and while the board is being served.
    """
    target = _database_file()
    if not backup.is_file():
        raise Refused(f"There is no file {backup}.")
    verify(backup)
    db.session.remove()
    db.engine.dispose()
    draft = target.with_name(f".{target.name}.part")
    try:
        shutil.copyfile(backup, draft)
        _sync(draft)
        aside = _put_aside(target) if target.exists() else None
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    _note_restored()
    return aside


def _note_restored() -> None:
    """The trail is as old as the backup: say so in it, and let its checkpoints begin here."""
    if schema.problem_with_schema() is None:
        note(db.session, Verb.BACKUP_RESTORED, "board")
        db.session.commit()
        checkpointing.keep_now(Path(current_app.instance_path), checkpointing.RESTORED)
        db.session.rollback()


def verify(file: Path) -> None:
    """Read every page of a database file. Raises `Refused` for one that is damaged or no board."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            [answer] = connection.execute("PRAGMA integrity_check(1)").fetchone()
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        raise Refused(f"{file} is not the database of a board, or it is damaged.") from None
    if answer != "ok" or broken:
        raise Refused(f"{file} is damaged: it fails SQLite's integrity check.")
    if revision is None or revision[0] > schema.newest_revision():
        raise Refused(f"{file} was made by a newer version of Wardboard. Install that version.")


def _put_aside(file: Path) -> Path:
    """Rename the present database, once nobody uses it and its log is written into it."""
    try:
        with closing(sqlite3.connect(file, timeout=1)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError:
        raise Refused(IN_USE) from None
    except sqlite3.DatabaseError:
        pass  # it is damaged, which is why it is being replaced
    aside = _free(file.with_name(f"{file.stem}-before-restore-{_stamp(now())}.db"))
    return file.rename(aside)


def _database_file() -> Path:
    if not is_sqlite():
        raise Refused(POSTGRES)
    return Path(db.engine.url.database or "")


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%d-%H%M%S}"


def _free(path: Path) -> Path:
    """The path, or one with a number: nothing is ever overwritten."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def _sync(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
