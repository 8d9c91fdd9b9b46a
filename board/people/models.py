"""Person and department, and the two who act without being a person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.core.clock import now
from board.core.database import Base


class Role(StrEnum):
    """What a person may do on the board."""

    MEMBER = "member"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


class Member(Protocol):
    """Whoever a rule is asked about: a person, somebody signed in, a visitor or the console."""

    @property
    def id(self) -> int | None: ...
    @property
    def is_moderator(self) -> bool: ...
    @property
    def is_administrator(self) -> bool: ...
    @property
    def is_privacy_reviewer(self) -> bool: ...


class Department(Base):
    """A ward or service. `slug` is its name in addresses."""

    __tablename__ = "department"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)


class Person(Base):
    """Somebody who works here, or whose words were imported.

    `handle` is what they sign in with and their address; `name` is what others read. `warned_at`
    and `suspended_until` are copies of what `moderation` has on record.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    profession: Mapped[str] = mapped_column(default="")
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"), index=True)
    role: Mapped[str] = mapped_column(default=Role.MEMBER)
    is_imported: Mapped[bool] = mapped_column(default=False)
    shows_helped: Mapped[bool] = mapped_column(default=False)
    reviews_privacy: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime] = mapped_column(default=now)
    deactivated_at: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]
    suspended_until: Mapped[datetime | None]

    department: Mapped[Department | None] = relationship()

    @property
    def is_active(self) -> bool:
        return self.deactivated_at is None

    @property
    def is_suspended(self) -> bool:
        return self.suspended_until is not None and self.suspended_until > now()

    @property
    def is_moderator(self) -> bool:
        return self.is_active and self.role in (Role.MODERATOR, Role.ADMINISTRATOR)

    @property
    def is_administrator(self) -> bool:
        return self.is_active and self.role == Role.ADMINISTRATOR

    @property
    def is_privacy_reviewer(self) -> bool:
        return self.is_active and self.reviews_privacy


@dataclass(frozen=True)
class Console:
    """Whoever has the server's command line: they could change the file itself."""

    id: None = None
    is_moderator: bool = True
    is_administrator: bool = True
    is_privacy_reviewer: bool = False


CONSOLE = Console()
