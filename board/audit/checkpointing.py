"""Checkpoints: where the trail ended at some moment, kept outside the database.

A chain alone cannot show that its end was cut off. Once an hour, and when the board is stopped, the
number and hash of the last record go to a file, which a site may put on another machine, and to
syslog where it has one.
"""

import json
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from logging.handlers import SysLogHandler
from pathlib import Path

from flask import current_app

from board.audit import chaining
from board.config import settings
from board.core.clock import now
from board.core.database import db

FILE = "audit-checkpoints.jsonl"
EVERY = timedelta(hours=1)
RESTORED = "restored"
HOURLY = "hourly"
STOPPED = "stopped"


@dataclass(frozen=True)
class Checkpoint:
    """At `at` the trail ended with record `seq`, whose hash this is."""

    at: str
    seq: int
    hash: str
    why: str = HOURLY


@dataclass(frozen=True)
class Kept:
    """The checkpoints that hold for the present trail, and what is to be said about the others."""

    standing: Sequence[Checkpoint]
    note: str = ""


def keep_due() -> int:
    """A due task: keep a checkpoint where an hour has passed and something was written."""
    folder = _folder()
    last = _last(folder)
    if last is not None and now() - datetime.fromisoformat(last.at) < EVERY:
        return 0
    return _keep_new(folder, last, HOURLY)


def keep_last() -> int:
    """The board is stopped: keep a checkpoint of what was written since the latest."""
    folder = _folder()
    return _keep_new(folder, _last(folder), STOPPED)


def _keep_new(folder: Path, last: Checkpoint | None, why: str) -> int:
    seq, hash = chaining.head(db.session)
    db.session.rollback()
    if seq == (last.seq if last else 0):
        return 0
    keep(folder, Checkpoint(_moment(), seq, hash, why))
    return 1


def keep_now(folder: Path, why: str = HOURLY) -> None:
    """Keep where the trail ends now."""
    seq, hash = chaining.head(db.session)
    keep(folder, Checkpoint(_moment(), seq, hash, why))


def keep(folder: Path, checkpoint: Checkpoint) -> None:
    """Write it to the file and to syslog; the file is only ever added to."""
    line = json.dumps(asdict(checkpoint))
    place = _place(folder)
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("a") as file:
        file.write(line + "\n")
    _tell_syslog(line)


def read(folder: Path) -> Kept:
    """What was kept. After a backup was put back, only what was kept since then holds."""
    kept = _all(folder)
    restored = [number for number, each in enumerate(kept) if each.why == RESTORED]
    if not restored:
        return Kept(kept)
    begins = kept[restored[-1]]
    lost = max((each.seq for each in kept[: restored[-1]]), default=0) - begins.seq
    note = f"A backup was put back at {begins.at}, after which record {begins.seq} was written"
    if lost > 0:
        note += f"; {lost} later ones were in the database before"
    return Kept(kept[restored[-1] :], f"{note}.")


def _all(folder: Path) -> list[Checkpoint]:
    place = _place(folder)
    if not place.exists():
        return []
    return [Checkpoint(**json.loads(line)) for line in place.read_text().splitlines() if line]


def _last(folder: Path) -> Checkpoint | None:
    """The latest line, from the end of the file: it is asked for every other second."""
    place = _place(folder)
    if not place.exists():
        return None
    with place.open("rb") as file:
        file.seek(max(0, place.stat().st_size - 1_000))
        lines = file.read().splitlines()
    return Checkpoint(**json.loads(lines[-1])) if lines else None


def _place(folder: Path) -> Path:
    return Path(settings().audit_checkpoints or folder) / FILE


def _folder() -> Path:
    return Path(current_app.instance_path)


def _moment() -> str:
    return now().isoformat(timespec="seconds")


def _tell_syslog(line: str) -> None:
    """One datagram; a syslog that is away keeps nothing else from being done."""
    where = settings().syslog
    if not where:
        return
    host, _, port = where.rpartition(":")
    record = logging.LogRecord("board", logging.INFO, "", 0, f"wardboard audit {line}", None, None)
    with suppress(OSError):
        handler = SysLogHandler((host, int(port)) if host else where, SysLogHandler.LOG_AUTHPRIV)
        handler.emit(record)
        handler.close()
