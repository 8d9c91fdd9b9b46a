"""Where a question stands on its ladder, and the steps that were done."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from board.core.clock import now
from board.core.database import Base, only_where


class Escalation(Base):
    """Which step of its ladder a question comes to next, and when. Without `due_at` it is over."""

    __tablename__ = "escalation"
    __table_args__ = (Index("ix_escalation_due_at", "due_at", **only_where("due_at IS NOT NULL")),)

    question_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    urgency: Mapped[str]
    began_at: Mapped[datetime] = mapped_column(default=now)
    next_step: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]


class Step(Base):
    """A step that was done: who was told, or what stands on the rota. `reads_at`: not before."""

    __tablename__ = "escalation_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    urgency: Mapped[str]
    rung: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    line: Mapped[str] = mapped_column(default="")
    reads_at: Mapped[datetime | None]
