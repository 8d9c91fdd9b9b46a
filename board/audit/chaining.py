"""The chain: what a record's hash is made of, and adding to its end."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select, text

from board.audit.models import AuditRecord
from board.core.database import AnySession

FIRST = "0" * 64  # what stands before the first record

# Any number no other part of the board uses: Postgres' name for "the end of the trail".
LOCK = 7_190_464_001


def append(session: AnySession, entries: list[dict[str, Any]]) -> None:
    """Put these at the end of the trail, in this transaction; others wait until it is over."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    seq, before = head(session)
    rows = []
    for entry in entries:
        seq += 1
        row = entry | {"seq": seq, "prev_hash": before}
        before = row["hash"] = hash_of(row)
        rows.append(row)
    session.execute(insert(AuditRecord), rows)


def head(session: AnySession) -> tuple[int, str]:
    """The number and hash of the last record."""
    last = session.execute(
        select(AuditRecord.seq, AuditRecord.hash).order_by(AuditRecord.seq.desc()).limit(1)
    ).first()
    return (last.seq, last.hash) if last else (0, FIRST)


def hash_of(record: Mapping[str, Any]) -> str:
    """SHA-256 of the hash before and of everything the record says, in one fixed spelling."""
    said = {name: record[name] for name in SAID}
    said["at"] = moment(record["at"])
    spelled = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(f"{record['prev_hash']}{spelled}".encode()).hexdigest()


def moment(at: datetime) -> str:
    """`2026-06-05T14:02:11.123Z`, whatever the database made of the zone."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"


SAID = tuple(
    column.name
    for column in AuditRecord.__table__.columns
    if column.name not in ("prev_hash", "hash")
)
