"""Passwords and sessions."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from board.core.clock import now
from board.core.database import Base


class Password(Base):
    """The hash of a local account's password."""

    __tablename__ = "password"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    hash: Mapped[str]
    must_change: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime] = mapped_column(default=now)


class Pin(Base):
    """The hash of the PIN that opens somebody's own locked session, and how often it was wrong."""

    __tablename__ = "pin"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    hash: Mapped[str]
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    chosen_at: Mapped[datetime] = mapped_column(default=now)


class ApiToken(Base):
    """A program may read the board, or a wall screen show it, from `created_at` until `ended_at`.

    A screen's token is good for one department, and only from its networks.
    """

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    scope: Mapped[str]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    networks: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(default=now)
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class FeedToken(Base):
    """Somebody's feed reader may fetch their feeds. Making a new one replaces it."""

    __tablename__ = "feed_token"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    used_at: Mapped[datetime | None]

    @property
    def id(self) -> int:
        return self.person_id


class Session(Base):
    """Somebody is signed in on one browser, from `created_at` until `ended_at` or a time-out.

    While `locked_at` is set it rests: it answers nothing until its person shows who they are.
    """

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    method: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_active: Mapped[datetime] = mapped_column(default=now)
    locked_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(default="", server_default="")
    browser: Mapped[str] = mapped_column(default="", server_default="")
