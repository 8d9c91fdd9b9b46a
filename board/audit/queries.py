"""Reading the trail."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select

from board.audit.models import AuditRecord
from board.core.database import AnySelect, db

PAGE = 50
BATCH = 1_000

RECORD = AuditRecord.__table__


def trail(
    *,
    actor: str = "",
    action: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> AnySelect:
    """The records of this actor and action between these moments, latest first."""
    found = select(RECORD).order_by(RECORD.c.seq.desc())
    if actor:
        found = found.where(RECORD.c.actor == actor)
    if action:
        found = found.where(RECORD.c.action == action)
    if since:
        found = found.where(RECORD.c.at >= since)
    if until:
        found = found.where(RECORD.c.at < until)
    return found


def page_of(found: AnySelect, before: int | None) -> tuple[list[dict[str, Any]], int | None]:
    """A page of them, and before which number the next one begins."""
    if before:
        found = found.where(RECORD.c.seq < before)
    rows = [dict(row) for row in db.session.execute(found.limit(PAGE + 1)).mappings()]
    return rows[:PAGE], rows[PAGE - 1]["seq"] if len(rows) > PAGE else None


def all_of(found: AnySelect) -> Iterator[dict[str, Any]]:
    """All of them, a batch at a time."""
    before = None
    while True:
        step = found if before is None else found.where(RECORD.c.seq < before)
        rows = [dict(row) for row in db.session.execute(step.limit(BATCH)).mappings()]
        yield from rows
        if len(rows) < BATCH:
            return
        before = rows[-1]["seq"]


def actions() -> list[str]:
    """What the trail can be asked for: every kind of deed that is in it."""
    return sorted(db.session.scalars(select(RECORD.c.action).distinct()))
