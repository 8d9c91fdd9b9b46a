"""Looking whether the trail is as it was written: unchanged, whole, in order, to its end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from board.audit import checkpointing, pruning
from board.audit.chaining import hash_of
from board.audit.checkpointing import Checkpoint
from board.audit.models import AuditRecord
from board.audit.pruning import Anchor
from board.core.database import db

BATCH = 2_000

RECORD = AuditRecord.__table__


@dataclass(frozen=True)
class Verdict:
    """What was found: how many records were read, and the first that is wrong (0: none) and why."""

    count: int
    broken: int = 0
    why: str = ""
    note: str = ""

    @property
    def is_sound(self) -> bool:
        return not self.broken


def verify(folder: Path, since: datetime | None = None) -> Verdict:
    """Follow the chain from its beginning, or from the first record since then, to its end.

    The end itself is held against the checkpoints kept outside the database: a trail that was cut
    off, or written anew from some record on, agrees with itself but not with them.
    """
    kept = checkpointing.read(folder)
    checkpoints = {each.seq: each for each in kept.standing}
    begins = pruning.anchor()
    if problem := _false_beginning(begins, checkpoints):
        return Verdict(0, *problem)
    count, before = 0, None
    for record in _records(begins.last, since):
        first = begins.last + 1 if since is None else record["seq"]
        previous = begins.hash if since is None else record["prev_hash"]
        if before:
            first, previous = before["seq"] + 1, before["hash"]
        if problem := _problem(record, first, previous):
            return Verdict(count, *problem)
        if (kept_one := checkpoints.get(record["seq"])) and kept_one.hash != record["hash"]:
            return Verdict(count, record["seq"], _rewritten(kept_one.seq))
        count, before = count + 1, record
    end = before["seq"] if before else (begins.last if since is None else _end())
    if problem := _cut_off(end, list(checkpoints)):
        return Verdict(count, *problem)
    return Verdict(count, note=kept.note)


def _false_beginning(
    begins: Anchor, checkpoints: Mapping[int, Checkpoint]
) -> tuple[int, str] | None:
    """Whether a record only pretends that what stood before it was pruned."""
    kept = checkpoints.get(begins.last)
    if kept and kept.hash != begins.hash:
        return begins.said_by, _rewritten(begins.last)
    if not begins.is_signed and begins.said_by not in checkpoints:
        why = f"Record {begins.said_by} says that older ones were pruned, but not with our key."
        return begins.said_by, why
    return None


def _records(after: int, since: datetime | None) -> Iterator[dict[str, Any]]:
    """Every record after this one in order of its number, a batch at a time."""
    if since is not None:
        first = db.session.scalar(select(func.min(RECORD.c.seq)).where(RECORD.c.at >= since))
        if first is None:
            return
        after = max(after, first - 1)
    while True:
        rows = db.session.execute(
            select(RECORD).where(RECORD.c.seq > after).order_by(RECORD.c.seq).limit(BATCH)
        ).mappings()
        batch = [dict(row) for row in rows]
        yield from batch
        if len(batch) < BATCH:
            return
        after = batch[-1]["seq"]


def _problem(record: dict[str, Any], expected: int, previous: str) -> tuple[int, str] | None:
    seq = record["seq"]
    if seq != expected:
        return expected, f"Record {expected} is missing; the next one there is {seq}."
    if record["prev_hash"] != previous:
        return seq, f"Record {seq} does not follow from record {seq - 1}."
    if hash_of(record) != record["hash"]:
        return seq, f"Record {seq} is not as it was written."
    return None


def _rewritten(seq: int) -> str:
    return f"Record {seq} is not the one that was kept as a checkpoint: the trail was written anew."


def _cut_off(end: int, checkpoints: Sequence[int]) -> tuple[int, str] | None:
    if checkpoints and max(checkpoints) > end:
        last = max(checkpoints)
        return end + 1, f"Record {end + 1} is missing: a checkpoint was kept of record {last}."
    return None


def _end() -> int:
    return db.session.scalar(select(func.max(RECORD.c.seq))) or 0
