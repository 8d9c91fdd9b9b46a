"""Seats, how to reach people, and requests."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.core.clock import now
from board.core.database import Base
from board.people.models import Person
from board.posts.models import Question
from board.tags.models import Tag

WEEKLY_CAP = 5
LINE_LENGTH = 120


class Status(StrEnum):
    """Where a seat stands."""

    NOMINATED = "nominated"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    ENDED = "ended"


class State(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    ANSWERED = "answered"
    PASSED = "passed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


LIVE = (Status.NOMINATED, Status.CONFIRMED)
IS_LIVE = text("status IN ('nominated', 'confirmed')")
IS_OPEN = text("state = 'open'")


class Seat(Base):
    """Somebody is, or was, an expert for a tag. One live seat each; those that are over stay."""

    __tablename__ = "seat"
    __table_args__ = (
        Index(
            "uq_seat_live",
            "person_id",
            "tag_id",
            unique=True,
            sqlite_where=IS_LIVE,
            postgresql_where=IS_LIVE,
        ),
        Index(None, "tag_id", "status"),
        Index(None, "person_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"))
    status: Mapped[str] = mapped_column(default=Status.NOMINATED)
    nominated_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    nominated_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    tag: Mapped[Tag] = relationship()

    @property
    def is_live(self) -> bool:
        return self.status in LIVE


class Reachability(Base):
    """How somebody can be reached, how often they want to be asked, and who stands in for them.

    Of the person, not of a seat: whoever is away is away for every tag, and a week has one cap.
    """

    __tablename__ = "reachability"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    line: Mapped[str] = mapped_column(default="")
    weekly_cap: Mapped[int] = mapped_column(default=WEEKLY_CAP)
    away_until: Mapped[date | None]
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    deputy: Mapped[Person | None] = relationship(foreign_keys=[deputy_id])


class Request(Base):
    """Somebody was asked to answer a question. `instead_of_id` is whose deputy they are."""

    __tablename__ = "expert_request"
    __table_args__ = (
        Index(
            "uq_expert_request_open",
            "question_id",
            "person_id",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index(None, "question_id", "person_id"),
        Index(None, "person_id", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    asker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    instead_of_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    passed_to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(default=State.OPEN)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")

    question: Mapped[Question] = relationship(foreign_keys=[question_id])
    asker: Mapped[Person] = relationship(foreign_keys=[asker_id])
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    instead_of: Mapped[Person | None] = relationship(foreign_keys=[instead_of_id])

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def named_asker(self) -> Person | None:
        """Who asked, unless they asked the question itself confidentially."""
        return None if self.question.confider_id == self.asker_id else self.asker
