"""Flags, suggested edits, what happens in the queue, warnings and suspensions."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.core.clock import now
from board.core.database import Base, only_where
from board.people.models import Person
from board.posts.models import Post

WORDS_LENGTH = 500


class Outcome(StrEnum):
    """What became of a flag or a suggestion."""

    UPHELD = "upheld"
    ACCEPTED = "accepted"
    CHANGED = "changed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Reason(StrEnum):
    """Why somebody flagged a post."""

    UNSAFE = "unsafe"
    WRONG = "wrong"
    RUDE = "rude"
    SPAM = "spam"
    ELSEWHERE = "elsewhere"
    OTHER = "other"


def _once_open(name: str) -> Index:
    return Index(
        name,
        "post_id",
        "person_id",
        unique=True,
        **only_where("outcome IS NULL"),
    )


class Flag(Base):
    """Somebody says that a post needs a moderator. One open flag a person and post."""

    __tablename__ = "flag"
    __table_args__ = (
        _once_open("uq_flag_open"),
        Index("ix_flag_waiting", "flagged_at", **only_where("outcome IS NULL")),
        Index(None, "post_id"),
        Index(None, "person_id", "flagged_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    flagged_at: Mapped[datetime] = mapped_column(default=now)
    outcome: Mapped[str | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    reply: Mapped[str] = mapped_column(default="")

    post: Mapped[Post] = relationship(foreign_keys=[post_id])
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class Suggestion(Base):
    """How somebody would word a post that is not theirs. One open suggestion a person and post."""

    __tablename__ = "suggestion"
    __table_args__ = (
        _once_open("uq_suggestion_open"),
        Index("ix_suggestion_waiting", "suggested_at", **only_where("outcome IS NULL")),
        Index(None, "post_id"),
        Index(None, "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    base_revision: Mapped[int]
    title: Mapped[str | None]
    tags: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    suggested_at: Mapped[datetime] = mapped_column(default=now)
    outcome: Mapped[str | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    reply: Mapped[str] = mapped_column(default="")
    body_md: Mapped[str] = mapped_column(Text)

    post: Mapped[Post] = relationship(foreign_keys=[post_id])
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def confider_id(self) -> int | None:
        """Who asked confidentially, where the post is theirs: what they decide carries no name."""
        return self.post.confider_id


class Claim(Base):
    """A moderator is looking at an item of the queue: others get the next one."""

    __tablename__ = "queue_claim"

    kind: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    until: Mapped[datetime]

    person: Mapped[Person] = relationship()


class Ruling(Base):
    """What was decided about an item of the queue; `detail` is what an undo needs to know."""

    __tablename__ = "queue_ruling"
    __table_args__ = (
        Index(None, "kind", "subject_id", "ruled_at"),
        Index(None, "ruled_by_id", "id"),
        Index(None, "ruled_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject_id: Mapped[int]
    decision: Mapped[str]
    ruled_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ruled_at: Mapped[datetime] = mapped_column(default=now)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    ruled_by: Mapped[Person] = relationship(foreign_keys=[ruled_by_id])


class Later(Base):
    """A moderator does not want to see an item before this moment."""

    __tablename__ = "queue_later"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    until: Mapped[datetime]


class Habits(Base):
    """How a moderator works with the queue."""

    __tablename__ = "queue_habits"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    introduced_at: Mapped[datetime | None]
    uses_keys: Mapped[bool] = mapped_column(default=True)


class Reminder(Base):
    """An asker was reminded, once, to accept an answer."""

    __tablename__ = "reminder"

    question_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    reminded_at: Mapped[datetime] = mapped_column(default=now)


class Sanction(Base):
    """Somebody was warned, or suspended until a date. It stays on record."""

    __tablename__ = "sanction"
    __table_args__ = (Index(None, "person_id", "given_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime] = mapped_column(default=now)
    words: Mapped[str]
    until: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    given_by: Mapped[Person | None] = relationship(foreign_keys=[given_by_id])
    ended_by: Mapped[Person | None] = relationship(foreign_keys=[ended_by_id])

    @property
    def is_suspension(self) -> bool:
        return self.until is not None
