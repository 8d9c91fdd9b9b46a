"""The audit trail's table. The database refuses to change or delete its rows."""

from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from board.core.database import Base


class Outcome(IntEnum):
    """How it ended, in the words of healthcare's audit messages (RFC 3881)."""

    SUCCESS = 0
    MINOR_FAILURE = 4
    SERIOUS_FAILURE = 8


class AuditRecord(Base):
    """Who did what to what, when, from where and how it ended; chained to the record before.

    Without foreign keys: a record stands for itself, whatever becomes of what it speaks of.
    """

    __tablename__ = "audit_record"
    __table_args__ = (
        Index(None, "at"),
        Index(None, "actor_id", "seq"),
        Index(None, "action", "seq"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    actor: Mapped[str]
    actor_role: Mapped[str]
    address: Mapped[str]
    session: Mapped[str]
    action: Mapped[str]
    object_kind: Mapped[str]
    object_id: Mapped[int | None]
    outcome: Mapped[int]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    prev_hash: Mapped[str]
    hash: Mapped[str]


class Relayed(Base):
    """One row: up to which record the trail has gone to syslog."""

    __tablename__ = "audit_relayed"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
