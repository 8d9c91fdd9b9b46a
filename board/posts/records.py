"""What was done to posts, on record: who, when, why, and until when. Never deleted."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.core.clock import now
from board.core.database import Base, only_where
from board.people.models import Person

STANDS = only_where("ended_at IS NULL")


class Acceptance(Base):
    """Somebody accepted an answer. Ends when it is withdrawn or moved; never deleted."""

    __tablename__ = "acceptance"
    __table_args__ = (
        Index("uq_acceptance_standing", "question_id", unique=True, **STANDS),
        Index(None, "question_id", "accepted_at"),
        Index(None, "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    answer_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    by_moderator: Mapped[bool] = mapped_column(default=False)
    accepted_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(default="")

    accepted_by: Mapped[Person | None] = relationship(foreign_keys=[accepted_by_id])


class Hiding(Base):
    """Somebody took a post out of sight. Ends when it is restored; never deleted."""

    __tablename__ = "hiding"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    hidden_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by_moderator: Mapped[bool] = mapped_column(default=False)
    hidden_at: Mapped[datetime] = mapped_column(default=now)
    reason: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    hidden_by: Mapped[Person] = relationship(foreign_keys=[hidden_by_id])


class Closure(Base):
    """Somebody closed a question. Ends when it is reopened; never deleted."""

    __tablename__ = "closure"
    __table_args__ = (
        Index("uq_closure_standing", "question_id", unique=True, **STANDS),
        Index(None, "question_id", "closed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    by_moderator: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime] = mapped_column(default=now)
    closed_as: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    original_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    closed_by: Mapped[Person | None] = relationship(foreign_keys=[closed_by_id])


class Locking(Base):
    """A moderator locked a question. Ends when it is unlocked; never deleted."""

    __tablename__ = "locking"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    locked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    locked_at: Mapped[datetime] = mapped_column(default=now)
    note: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Featuring(Base):
    """A moderator put a question on top of the list. Ends at `until`, or when it is taken away;
    never deleted.
    """

    __tablename__ = "featuring"
    __table_args__ = (
        Index("uq_featuring_standing", "question_id", unique=True, **STANDS),
        Index(None, "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    featured_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    featured_at: Mapped[datetime] = mapped_column(default=now)
    note: Mapped[str] = mapped_column(default="")
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    featured_by: Mapped[Person | None] = relationship(foreign_keys=[featured_by_id])


class Merging(Base):
    """A question was merged into another. `moved` is what an undo puts back; never deleted."""

    __tablename__ = "merging"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    merged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    merged_at: Mapped[datetime] = mapped_column(default=now)
    moved: Mapped[dict[str, list[int]]] = mapped_column(JSON, default=dict)
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Conversion(Base):
    """An answer became a comment, a comment an answer, or a comment stands below another post.

    What it was before is what an undo puts back; never deleted.
    """

    __tablename__ = "conversion"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    converted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    converted_at: Mapped[datetime] = mapped_column(default=now)
    was_kind: Mapped[str]
    was_parent_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    moved: Mapped[list[int]] = mapped_column(JSON, default=list)
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
