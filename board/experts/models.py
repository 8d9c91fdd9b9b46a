"""Seats, groups, how to reach people, requests, and who is on call."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.core.clock import now
from board.core.database import Base, only_where
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


class Membership(StrEnum):
    """Where somebody stands in a group."""

    INVITED = "invited"
    MEMBER = "member"
    LEFT = "left"


LIVE = (Status.NOMINATED, Status.CONFIRMED)


class Seat(Base):
    """Somebody is, or was, an expert for a tag. One live seat each; those that are over stay."""

    __tablename__ = "seat"
    __table_args__ = (
        Index(
            "uq_seat_live",
            "person_id",
            "tag_id",
            unique=True,
            **only_where("status IN ('nominated', 'confirmed')"),
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
    quiet_from: Mapped[time | None]
    quiet_to: Mapped[time | None]
    away_until: Mapped[date | None]
    last_day: Mapped[date | None]
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    deputy: Mapped[Person | None] = relationship(foreign_keys=[deputy_id])


class ExpertGroup(Base):
    """People who answer for one another, such as medicines information."""

    __tablename__ = "expert_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    line: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(default=now)


class GroupMember(Base):
    """Somebody is invited into a group, is in it, or has left it."""

    __tablename__ = "group_member"

    group_id: Mapped[int] = mapped_column(ForeignKey("expert_group.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    status: Mapped[str] = mapped_column(default=Membership.INVITED)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    since: Mapped[datetime] = mapped_column(default=now)


class GroupSeat(Base):
    """A group answers for a tag."""

    __tablename__ = "group_seat"

    group_id: Mapped[int] = mapped_column(ForeignKey("expert_group.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True, index=True)


class Duty(Base):
    """Somebody, or whoever has a role, is on call for a tag or in a group, from and to."""

    __tablename__ = "duty"
    __table_args__ = (Index(None, "tag_id", "ends_at"), Index(None, "group_id", "ends_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    tag_id: Mapped[int | None] = mapped_column(ForeignKey("tag.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("expert_group.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)

    tag: Mapped[Tag | None] = relationship()
    group: Mapped[ExpertGroup | None] = relationship()
    person: Mapped[Person | None] = relationship()


class Mention(Base):
    """Somebody was told that a post names them; they are told once."""

    __tablename__ = "mention"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)


class Request(Base):
    """Somebody was asked to answer a question. `instead_of_id` is whose deputy they are,
    `group_id` the group that was asked: any member of it may take it over.
    """

    __tablename__ = "expert_request"
    __table_args__ = (
        Index(
            "uq_expert_request_open",
            "question_id",
            "person_id",
            unique=True,
            **only_where("state = 'open'"),
        ),
        Index(None, "question_id", "person_id"),
        Index(None, "person_id", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    asker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    instead_of_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("expert_group.id"))
    passed_to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(default=State.OPEN)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")

    question: Mapped[Question] = relationship(foreign_keys=[question_id])
    asker: Mapped[Person] = relationship(foreign_keys=[asker_id])
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    instead_of: Mapped[Person | None] = relationship(foreign_keys=[instead_of_id])
    group: Mapped[ExpertGroup | None] = relationship()

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def named_asker(self) -> Person | None:
        """Who asked, unless they asked the question itself confidentially."""
        return None if self.question.confider_id == self.asker_id else self.asker
