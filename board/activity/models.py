"""The activity table."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from board.core.clock import now
from board.core.database import Base, only_where

# Who works here, and under which name, may be another thing after one of these.
PEOPLE_CHANGED = "verb IN ('deactivated', 'joined', 'person_changed', 'reactivated')"


class Activity(Base):
    """Who did what to what, and when. `actor_id` is empty for the server's own console."""

    __tablename__ = "activity"
    __table_args__ = (
        Index(None, "subject_kind", "subject_id"),
        Index("ix_activity_people", "id", **only_where(PEOPLE_CHANGED)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    verb: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[int | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
