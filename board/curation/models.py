"""What is on record about answers; `post.standing` and its like are copies of it."""

from datetime import date, datetime
from enum import IntEnum, StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.core.clock import now
from board.core.database import Base, only_where
from board.people.models import Person
from board.posts.models import Answer

WORDS_LENGTH = 500


class Risk(IntEnum):
    """How much harm a wrong answer under this tag can do."""

    LOW = 1
    STANDARD = 2
    HIGH = 3


class Field(StrEnum):
    """What a tag is about, which says how often its answers are reviewed."""

    CLINICAL = "clinical"
    EQUIPMENT = "equipment"
    ADMINISTRATION = "administration"


class Ended(StrEnum):
    """Why a verification is over."""

    EDITED = "edited"
    RENEWED = "renewed"
    TAKEN_BACK = "taken_back"
    UNSAFE = "unsafe"
    OUT_OF_USE = "out_of_use"
    PURGED = "purged"


class Problem(StrEnum):
    """What may be wrong with an answer."""

    WRONG = "wrong"
    UNCLEAR = "unclear"
    OUT_OF_DATE = "out_of_date"
    UNSAFE = "unsafe"


class Verification(Base):
    """Somebody who knows the topic verified this revision. Ends; never deleted.

    `shown_as` is what readers read, as it was then: a department, a name, or a moderator.
    """

    __tablename__ = "verification"
    __table_args__ = (
        Index(
            "uq_verification_standing",
            "answer_id",
            "verified_by_id",
            unique=True,
            **only_where("ended_at IS NULL"),
        ),
        Index(None, "verified_by_id", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    verified_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    revision: Mapped[int]
    verified_at: Mapped[datetime] = mapped_column(default=now)
    review_by: Mapped[date]
    as_moderator: Mapped[bool] = mapped_column(default=False)
    tag_id: Mapped[int | None] = mapped_column(ForeignKey("tag.id"))
    shown_as: Mapped[str]
    is_pharmacist: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    why_ended: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")

    verified_by: Mapped[Person] = relationship(foreign_keys=[verified_by_id])


class Evidence(Base):
    """What an answer rests on, and where it applies. Asked for before it is verified."""

    __tablename__ = "evidence"

    answer_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    applies_to: Mapped[str] = mapped_column(default="")
    setting: Mapped[str] = mapped_column(default="")
    site: Mapped[str] = mapped_column(default="")
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    source_kind: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    doi: Mapped[str] = mapped_column(default="")
    pmid: Mapped[str] = mapped_column(default="")
    grade: Mapped[str] = mapped_column(default="")


class TagCare(Base):
    """What a moderator has set for a tag; a tag without a row is of standard risk and clinical."""

    __tablename__ = "tag_care"

    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True)
    risk: Mapped[int] = mapped_column(default=Risk.STANDARD)
    field: Mapped[str] = mapped_column(default=Field.CLINICAL)
    is_dosing: Mapped[bool] = mapped_column(default=False)


class Removal(Base):
    """An answer was taken out of use, with the reason; or another one took its place."""

    __tablename__ = "removal"
    __table_args__ = (
        Index(
            "uq_removal_standing",
            "answer_id",
            unique=True,
            **only_where("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    removed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    removed_at: Mapped[datetime] = mapped_column(default=now)
    reason: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    removed_by: Mapped[Person] = relationship(foreign_keys=[removed_by_id])


class Use(Base):
    """Somebody used an answer in their work, once."""

    __tablename__ = "answer_use"

    answer_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    used_at: Mapped[datetime] = mapped_column(default=now)


class ProblemReport(Base):
    """Somebody says that something is wrong with an answer. Open until it is settled."""

    __tablename__ = "problem_report"
    __table_args__ = (
        Index(
            "uq_problem_report_open",
            "answer_id",
            "person_id",
            "kind",
            unique=True,
            **only_where("settled_at IS NULL"),
        ),
        Index(None, "kind", "settled_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    reported_at: Mapped[datetime] = mapped_column(default=now)
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    answer: Mapped[Answer] = relationship(foreign_keys=[answer_id])
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class ReviewTask(Base):
    """Whoever looks after an answer was told that its review comes up; once a review date."""

    __tablename__ = "review_task"

    answer_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    review_by: Mapped[date] = mapped_column(primary_key=True)
    told_at: Mapped[datetime] = mapped_column(default=now)


class ViewRecord(Base):
    """Somebody who was signed in had the page of a question open: for recalls, and to say after a
    purge, a withdrawal or a change who may have seen what; for nothing else.
    """

    __tablename__ = "view_record"
    __table_args__ = (Index(None, "question_id", "last_seen"), Index(None, "last_seen"))

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    first_seen: Mapped[datetime] = mapped_column(default=now)
    last_seen: Mapped[datetime] = mapped_column(default=now)


class Recall(Base):
    """Whoever may have followed an answer is told not to. `told_to`: as far as the worker is."""

    __tablename__ = "recall"
    __table_args__ = (
        Index(
            "ix_recall_unfinished",
            "id",
            **only_where("finished_at IS NULL"),
        ),
        Index(None, "answer_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    begun_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    begun_at: Mapped[datetime] = mapped_column(default=now)
    why: Mapped[str]
    told_to: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    answer: Mapped[Answer] = relationship(foreign_keys=[answer_id])


class RecallNotice(Base):
    """Somebody is told of a recall, and says that they have read it."""

    __tablename__ = "recall_notice"
    __table_args__ = (Index(None, "person_id", "acknowledged_at"),)

    recall_id: Mapped[int] = mapped_column(ForeignKey("recall.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    told_at: Mapped[datetime] = mapped_column(default=now)
    acknowledged_at: Mapped[datetime | None]


class Guideline(Base):
    """One version of a guideline that answers cite. A newer version names the one it supersedes."""

    __tablename__ = "guideline"
    __table_args__ = (Index(None, "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    owner: Mapped[str] = mapped_column(default="")
    version: Mapped[str]
    effective_from: Mapped[date | None]
    review_by: Mapped[date | None]
    address: Mapped[str] = mapped_column(default="")
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("guideline.id"), unique=True)
    superseded_at: Mapped[datetime | None]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def name(self) -> str:
        """`Insulin policy, version 4`."""
        return f"{self.title}, version {self.version}"


class Citation(Base):
    """An answer cites this version of a guideline."""

    __tablename__ = "citation"

    answer_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    guideline_id: Mapped[int] = mapped_column(
        ForeignKey("guideline.id"), primary_key=True, index=True
    )
