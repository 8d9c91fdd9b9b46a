"""Letting go of what is older than the site keeps: whole months from the beginning, exported first.

What goes is named by a record at the end of the chain, signed with the board's key: the numbers of
the first and the last, the hash of the last, and the fingerprint of the file they were written to.
The database lets go of nothing else, and `verifying` begins behind what such a record names.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select

from board.activity.recording import note
from board.activity.verbs import Verb
from board.audit import checkpointing, exporting
from board.audit.chaining import FIRST
from board.audit.checkpointing import Checkpoint
from board.audit.models import AuditRecord
from board.config import settings
from board.core.clock import now
from board.core.database import db
from board.core.signing import keyed_fingerprint

BATCH = 2_000
PRUNED = "pruned"

RECORD = AuditRecord.__table__


@dataclass(frozen=True)
class Anchor:
    """Behind which record the trail begins, and the record that says so (0: it begins at 1)."""

    last: int = 0
    hash: str = FIRST
    said_by: int = 0
    is_signed: bool = True


@dataclass(frozen=True)
class Pruned:
    """What went: how many records, up to which."""

    count: int
    last: int


def anchor() -> Anchor:
    """Where the trail begins, by what was pruned last."""
    row = db.session.execute(
        select(RECORD.c.seq, RECORD.c.detail)
        .where(RECORD.c.action == Verb.AUDIT_PRUNED)
        .order_by(RECORD.c.seq.desc())
        .limit(1)
    ).first()
    if row is None:
        return Anchor()
    said = row.detail
    is_signed = said["signature"] == _signature(said["first"], said["last"], said["hash"])
    return Anchor(said["last"], said["hash"], row.seq, is_signed)


def due_before() -> datetime | None:
    """The beginning of the first month that is kept; None where the trail is kept for ever."""
    years = settings().audit_keep_years
    if not years:
        return None
    today = now().astimezone(UTC)
    return datetime(today.year - years, today.month, 1, tzinfo=UTC)


def prune(file: Path, folder: Path) -> Pruned:
    """Write what is too old to a new file, say so in the trail, let it go; a batch at a time.

    The caller has verified the trail. Raises `FileExistsError` rather than write over anything.
    """
    begins = anchor()
    last = _last_due()
    if last > begins.last:
        fingerprint = _export(file, begins.last, last)
        _say(begins.last + 1, last, fingerprint, folder)
    count = 0
    while removed := _remove_batch():
        count += removed
    return Pruned(count, anchor().last)


def _last_due() -> int:
    """The last record before the first that is kept."""
    before = due_before()
    if before is None:
        return 0
    kept = db.session.scalar(select(func.min(RECORD.c.seq)).where(RECORD.c.at >= before))
    if kept:
        return int(kept) - 1
    return db.session.scalar(select(func.max(RECORD.c.seq))) or 0


def _export(file: Path, after: int, last: int) -> str:
    """Everything in between, oldest first; returns the file's SHA-256."""
    spelled = hashlib.sha256()
    with file.open("x", encoding="utf-8", newline="\n") as written:
        for line in exporting.as_json(_records(after, last)):
            written.write(line)
            spelled.update(line.encode())
    return spelled.hexdigest()


def _records(after: int, last: int) -> Iterable[dict[str, Any]]:
    while after < last:
        for row in _batch(after, last):
            yield row
            after = row["seq"]


def _batch(after: int, last: int) -> Iterator[dict[str, Any]]:
    query = select(RECORD).where(RECORD.c.seq > after, RECORD.c.seq <= last)
    rows = db.session.execute(query.order_by(RECORD.c.seq).limit(BATCH)).mappings()
    yield from [dict(row) for row in rows]


def _say(first: int, last: int, fingerprint: str, folder: Path) -> None:
    """Before anything goes: a standstill in between leaves too much, never too little."""
    hash = db.session.scalars(select(RECORD.c.hash).where(RECORD.c.seq == last)).one()
    note(
        db.session,
        Verb.AUDIT_PRUNED,
        "audit_record",
        first=first,
        last=last,
        hash=hash,
        sha256=fingerprint,
        signature=_signature(first, last, hash),
    )
    db.session.commit()
    said_by = anchor().said_by
    hash = db.session.scalars(select(RECORD.c.hash).where(RECORD.c.seq == said_by)).one()
    checkpointing.keep(
        folder, Checkpoint(now().isoformat(timespec="seconds"), said_by, hash, PRUNED)
    )


def _remove_batch() -> int:
    """Only what the anchor covers: the database refuses anything else."""
    last = anchor().last
    oldest = select(RECORD.c.seq).where(RECORD.c.seq <= last).order_by(RECORD.c.seq).limit(BATCH)
    seqs = db.session.scalars(oldest).all()
    if seqs:
        db.session.execute(delete(AuditRecord).where(AuditRecord.seq <= seqs[-1]))
    db.session.commit()
    return len(seqs)


def _signature(first: int, last: int, hash: str) -> str:
    return keyed_fingerprint(f"audit pruned {first} {last} {hash}")
