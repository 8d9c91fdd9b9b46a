"""Announcements, and who has put one away."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.core.clock import now
from board.core.database import Base
from board.people.models import Person


class Level(StrEnum):
    """How much it matters; said in words beside it."""

    NOTICE = "notice"
    WARNING = "warning"


class Announcement(Base):
    """A line on top of every page, from one moment to another; `ended_at` when it ended early.

    `path` is a page of this board, without the address the board itself stands at.
    """

    __tablename__ = "announcement"

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str]
    path: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default=Level.NOTICE)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime | None]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    made_by: Mapped[Person | None] = relationship(foreign_keys=[made_by_id])
    changed_by: Mapped[Person | None] = relationship(foreign_keys=[changed_by_id])
    ended_by: Mapped[Person | None] = relationship(foreign_keys=[ended_by_id])

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or self.ends_at <= now()

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= now()


class Dismissal(Base):
    """Somebody has read an announcement and put it away."""

    __tablename__ = "announcement_dismissal"

    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcement.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    dismissed_at: Mapped[datetime] = mapped_column(default=now)
