"""What was put aside, what people reported, what was purged: never the text itself in the clear."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.core.clock import now
from board.core.database import Base, only_where
from board.people.models import Person

HELD_DAYS = 7
MESSAGE_LENGTH = 500


class Outcome(StrEnum):
    """What became of something that a reviewer looked at."""

    RELEASED = "released"
    RETURNED = "returned"
    DISCARDED = "discarded"
    EXPIRED = "expired"
    CLEARED = "cleared"
    PURGED = "purged"


class WaitsFor(StrEnum):
    """Who looks at what was put aside."""

    REVIEWER = "reviewer"
    MODERATOR = "moderator"


class Source(StrEnum):
    """Who or what says that a post may hold a patient's details."""

    READER = "reader"
    OVERRIDE = "override"
    RESCAN = "rescan"


def _expiry() -> datetime:
    return now() + timedelta(days=HELD_DAYS)


class Held(Base):
    """A text that was put aside. Nothing of it is posted, counted, found or told of.

    `form` and `target_id` say which form it was written in; `payload` is what was typed, sealed
    with a key that is not in the database, and goes with the decision; `findings` are kinds and
    places. An imported line has no author. `is_confidential`: its author is not to be shown.
    `waits_for`: a privacy reviewer, or a moderator because somebody new wrote it
    (`moderation/screening.py`), then for as long as it takes.
    """

    __tablename__ = "quarantine"
    __table_args__ = (
        Index("ix_quarantine_waiting", "created_at", **only_where("decided_at IS NULL")),
        Index(None, "author_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    form: Mapped[str]
    target_id: Mapped[int | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    is_confidential: Mapped[bool] = mapped_column(default=False, server_default=false())
    payload: Mapped[str | None] = mapped_column(Text)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    submission_key: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime] = mapped_column(default=_expiry)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    message: Mapped[str] = mapped_column(default="")
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    waits_for: Mapped[str] = mapped_column(default=WaitsFor.REVIEWER)

    author: Mapped[Person | None] = relationship(foreign_keys=[author_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def held_id(self) -> int:
        """What news about it names."""
        return self.id

    @property
    def kinds(self) -> list[str]:
        """What was found in it, each kind once."""
        return list(dict.fromkeys(each["kind"] for each in self.findings))


class Concern(Base):
    """Somebody, or the rules, say that a post may hold a patient's details.

    A reader's word hides the post at once (`has_hidden`); a sample or a second look does not.
    `acceptance_id` is the acceptance that ended with it and comes back if nothing was wrong.
    """

    __tablename__ = "privacy_concern"
    __table_args__ = (
        Index(
            "uq_privacy_concern_open",
            "post_id",
            unique=True,
            **only_where("decided_at IS NULL"),
        ),
        Index(None, "reporter_id", "raised_at"),
        Index(None, "post_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    raised_at: Mapped[datetime] = mapped_column(default=now)
    kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    has_hidden: Mapped[bool] = mapped_column(default=False)
    acceptance_id: Mapped[int | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    message: Mapped[str] = mapped_column(default="")

    reporter: Mapped[Person | None] = relationship(foreign_keys=[reporter_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])


class Stage(StrEnum):
    """How far the cleaning after a purge has come."""

    SWEEPING = "sweeping"
    MERGING = "merging"
    REWRITING = "rewriting"
    DONE = "done"


class Purge(Base):
    """A post's text was removed for good. `id` is the number in its reference.

    The rest is the worker's: `passages` (sealed) are looked for everywhere else, then the search
    index and the file are written anew. `part` and `cursor` are how far the sweep has come.
    """

    __tablename__ = "purge"
    __table_args__ = (Index("ix_purge_unfinished", "id", **only_where("finished_at IS NULL")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    kind: Mapped[str]
    purged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    purged_at: Mapped[datetime] = mapped_column(default=now)
    written_at: Mapped[datetime]
    passages: Mapped[str | None] = mapped_column(Text)
    stage: Mapped[str] = mapped_column(default=Stage.SWEEPING)
    part: Mapped[int] = mapped_column(default=0)
    cursor: Mapped[int] = mapped_column(default=0)
    found_elsewhere: Mapped[int] = mapped_column(default=0)
    is_urgent: Mapped[bool] = mapped_column(default=False)
    finished_at: Mapped[datetime | None]

    purged_by: Mapped[Person | None] = relationship(foreign_keys=[purged_by_id])

    @property
    def reference(self) -> str:
        """`PR-0042`, as the tombstone says."""
        return reference(self.id)


class Exposure(Base):
    """Somebody who may have seen what was purged, how, and when if that is known."""

    __tablename__ = "exposure"
    __table_args__ = (Index(None, "purge_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    purge_id: Mapped[int] = mapped_column(ForeignKey("purge.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    how: Mapped[str]
    at: Mapped[datetime | None]


class AllowedPassage(Base):
    """A passage that is never a patient's here: a ward's name, a supplier's number."""

    __tablename__ = "allowed_passage"

    id: Mapped[int] = mapped_column(primary_key=True)
    passage: Mapped[str] = mapped_column(unique=True)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(default=now)


class Look(Base):
    """What was posted is looked through once more, because the rules have changed since.

    `rules` and `allowed` say with which (`rule_pack`; empty: without any, the check was off). The
    worker has looked at everything up to post `cursor`, and goes on to `last_id`: what came later
    was looked through when it was written. `found`: how many posts were put before the reviewers.
    """

    __tablename__ = "privacy_look"

    id: Mapped[int] = mapped_column(primary_key=True)
    rules: Mapped[str]
    allowed: Mapped[list[str]] = mapped_column(JSON, default=list)
    began_at: Mapped[datetime] = mapped_column(default=now)
    cursor: Mapped[int] = mapped_column(default=0)
    last_id: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    looked: Mapped[int] = mapped_column(default=0)
    found: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]


class KnownPassage(Base):
    """A passage of a post that somebody has spoken about, as a fingerprint (`knowing`)."""

    __tablename__ = "privacy_known_passage"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(primary_key=True)


def reference(number: int) -> str:
    """`PR-0042`."""
    return f"PR-{number:04}"
