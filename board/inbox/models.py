"""What people watch, what they were told, and who has still to be told."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from board.core.clock import now
from board.core.database import Base, only_where


class Watched(StrEnum):
    """What can be watched."""

    QUESTION = "question"
    TAG = "tag"
    DEPARTMENT = "department"
    PERSON = "person"
    SEARCH = "search"


class About(StrEnum):
    """What news can be about."""

    QUESTION = "question"
    TAG = "tag"
    PERSON = "person"
    SEARCH = "search"
    HELD = "held"


class Level(StrEnum):
    """How much somebody wants to hear of it."""

    ALL = "all"
    ANSWERS = "answers"
    NOTHING = "nothing"


class Subscription(Base):
    """Somebody watches something, or has said that they want to hear nothing of it."""

    __tablename__ = "subscription"
    __table_args__ = (Index(None, "kind", "target_id", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(default=Level.ALL)
    since: Mapped[datetime] = mapped_column(default=now)


class SavedSearch(Base):
    """A search somebody wants to hear of. `filters` hold beside the words, in the same language.

    `problem` says why it finds nothing any more, such as a tag that is gone.
    """

    __tablename__ = "saved_search"
    __table_args__ = (Index(None, "person_id", "name", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    query: Mapped[str]
    filters: Mapped[str] = mapped_column(default="")
    problem: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column(default=now)


class Notification(Base):
    """Somebody is told of a deed, once. `mine`: it is about something of theirs.

    Most news is about a question and a post of it; some is about a tag, a person, or what was held
    for a privacy reviewer. With `search_id` it was a saved search of theirs that found it.
    """

    __tablename__ = "notification"
    __table_args__ = (
        Index(None, "person_id", "activity_id", unique=True),
        Index(None, "person_id", "told_at", "id"),
        Index(
            "ix_notification_unread",
            "person_id",
            "snoozed_until",
            **only_where("read_at IS NULL"),
        ),
        Index(None, "question_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    verb: Mapped[str]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    tag_id: Mapped[int | None] = mapped_column(ForeignKey("tag.id"))
    search_id: Mapped[int | None] = mapped_column(ForeignKey("saved_search.id"))
    about_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    held_id: Mapped[int | None] = mapped_column(ForeignKey("quarantine.id"))
    is_mine: Mapped[bool]
    told_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    snoozed_until: Mapped[datetime | None]


class Telling(Base):
    """Watchers have still to be told of this deed; `told_to` is the last person who was."""

    __tablename__ = "telling"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    verb: Mapped[str]
    actor_id: Mapped[int | None]
    question_id: Mapped[int]
    post_id: Mapped[int]
    told_to: Mapped[int] = mapped_column(default=0)


class Sifting(Base):
    """Saved searches have still to be held against this deed; `sifted_to` is the last that was."""

    __tablename__ = "sifting"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    verb: Mapped[str]
    actor_id: Mapped[int | None]
    question_id: Mapped[int]
    post_id: Mapped[int]
    sifted_to: Mapped[int] = mapped_column(default=0)
