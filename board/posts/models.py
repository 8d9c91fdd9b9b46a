"""Posts and the records about them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.core.clock import now
from board.core.database import Base, only_where
from board.people.models import Department, Person
from board.tags.models import Tag

TITLE_LENGTH = 200
BODY_LENGTH = 50_000
COMMENT_LENGTH = 2_000
SUMMARY_LENGTH = 200
EXCERPT_LENGTH = 220


class Urgency(StrEnum):
    """By when somebody needs an answer. What cannot wait at all is not for the board."""

    THIS_SHIFT = "this_shift"
    THIS_WEEK = "this_week"
    WHEN_YOU_CAN = "when_you_can"


class Kind(StrEnum):
    """What a post is."""

    QUESTION = "question"
    ANSWER = "answer"
    COMMENT = "comment"


class Standing(StrEnum):
    """Where an answer stands with those who know. Being accepted is another thing (`Acceptance`).

    What leads from one to another is `board/curation/states.py`.
    """

    POSTED = "posted"
    PARTLY = "partly"
    VERIFIED = "verified"
    REVIEW_DUE = "review_due"
    EXPIRED = "expired"
    UNSAFE = "unsafe"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


# What readers may rely on, and what nobody should follow any more.
RELIABLE = (Standing.VERIFIED, Standing.REVIEW_DUE)
OUT_OF_USE = (Standing.UNSAFE, Standing.WITHDRAWN, Standing.SUPERSEDED)


def _visible(name: str, *columns: str) -> Index:
    """An index over what readers find in lists."""
    return Index(name, *columns, **only_where("hidden_at IS NULL"))


class Post(Base):
    """Anything people write.

    `question_id` is the question a post belongs to, a question's own id included: one statement
    reads a thread. `parent_id` is what a comment is about. `urgency` is empty for what was imported
    without one. Long texts stand last in the row, where a list does not have to read past them.
    `withheld_at`: somebody said that it may hold a patient's details, so only its author and
    privacy reviewers read it; `purge_number`: it did. `standing` and what follows it are copies of
    what curation has on record; on a question they say how its best answer stands.
    """

    __tablename__ = "post"
    __table_args__ = (
        Index(None, "question_id", "kind"),
        Index(None, "author_id", "kind", "created_at"),
        Index(
            "ix_post_merged",
            "merged_into_id",
            **only_where("merged_into_id IS NOT NULL"),
        ),
        _visible("ix_post_newest", "kind", "created_at", "id"),
        _visible("ix_post_active", "kind", "active_at", "id"),
        _visible("ix_post_votes", "kind", "score", "id"),
        _visible("ix_post_unanswered", "kind", "answer_count", "created_at", "id"),
        _visible("ix_post_department_newest", "kind", "department_id", "created_at", "id"),
        _visible("ix_post_department_active", "kind", "department_id", "active_at", "id"),
        _visible("ix_post_department_votes", "kind", "department_id", "score", "id"),
        _visible(
            "ix_post_department_unanswered",
            "kind",
            "department_id",
            "answer_count",
            "created_at",
            "id",
        ),
        Index(
            "ix_post_review_by",
            "review_by",
            **only_where("review_by IS NOT NULL"),
        ),
        Index(
            "ix_post_owner_id",
            "owner_id",
            **only_where("owner_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    question_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    title: Mapped[str | None]
    score: Mapped[int] = mapped_column(default=0)
    imported_score: Mapped[int] = mapped_column(default=0)
    answer_count: Mapped[int] = mapped_column(default=0)
    accepted_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    urgency: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    revision_number: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=now)
    active_at: Mapped[datetime] = mapped_column(default=now)
    edited_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    withheld_at: Mapped[datetime | None]
    purge_number: Mapped[int | None]
    closed_as: Mapped[str | None]
    duplicate_of_id: Mapped[int | None]
    locked_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None]
    external_id: Mapped[str | None] = mapped_column(unique=True)
    source: Mapped[str | None]
    synonyms: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    standing: Mapped[str] = mapped_column(default=Standing.POSTED)
    standing_why: Mapped[str] = mapped_column(default="")
    verified_by: Mapped[str] = mapped_column(default="")
    verified_at: Mapped[datetime | None]
    review_by: Mapped[date | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    applies_to: Mapped[str] = mapped_column(default="")
    used_count: Mapped[int] = mapped_column(default=0)
    excerpt: Mapped[str] = mapped_column(default="")
    body_md: Mapped[str] = mapped_column(Text, default="")
    body_html: Mapped[str] = mapped_column(Text, default="")
    # Of whoever asked confidentially, and then has no author_id: see `confiding`.
    confider_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    shown_as: Mapped[str | None]

    author: Mapped[Person | None] = relationship(foreign_keys=[author_id])

    __mapper_args__ = {"polymorphic_on": "kind"}  # noqa: RUF012

    @property
    def is_visible(self) -> bool:
        return self.hidden_at is None


class Question(Post):
    """What somebody wants to know."""

    __mapper_args__ = {"polymorphic_identity": Kind.QUESTION}  # noqa: RUF012

    department: Mapped[Department | None] = relationship(foreign_keys=[Post.department_id])
    tag_links: Mapped[list["PostTag"]] = relationship(
        back_populates="question", cascade="all, delete-orphan", order_by="PostTag.position"
    )

    @property
    def tags(self) -> list[Tag]:
        return [link.tag for link in self.tag_links]


class InThread(Post):
    """A post below a question."""

    __mapper_args__ = {"polymorphic_abstract": True}  # noqa: RUF012

    question: Mapped[Question] = relationship(
        foreign_keys=[Post.question_id], remote_side=[Post.id], viewonly=True
    )


class Answer(InThread):
    """What somebody knows about it."""

    __mapper_args__ = {"polymorphic_identity": Kind.ANSWER}  # noqa: RUF012


class Comment(InThread):
    """A remark on a question or an answer; it takes no votes."""

    __mapper_args__ = {"polymorphic_identity": Kind.COMMENT}  # noqa: RUF012

    parent: Mapped[Post] = relationship(foreign_keys=[Post.parent_id], remote_side=[Post.id])


class PostTag(Base):
    """A question stands in a tag. The other columns are copies: a tag's lists seek in them."""

    __tablename__ = "post_tag"
    __table_args__ = (
        _visible("ix_post_tag_newest", "tag_id", "created_at", "post_id", "department_id"),
        _visible("ix_post_tag_active", "tag_id", "active_at", "post_id", "department_id"),
        _visible("ix_post_tag_votes", "tag_id", "score", "post_id", "department_id"),
        _visible(
            "ix_post_tag_unanswered",
            "tag_id",
            "answer_count",
            "created_at",
            "post_id",
            "department_id",
        ),
    )

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    department_id: Mapped[int | None]
    score: Mapped[int] = mapped_column(default=0)
    answer_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    active_at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]

    question: Mapped[Question] = relationship(back_populates="tag_links")
    tag: Mapped[Tag] = relationship()


class Vote(Base):
    """Somebody found a post useful. Never their own."""

    __tablename__ = "vote"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    voted_at: Mapped[datetime] = mapped_column(default=now)


class Bookmark(Base):
    """Somebody wants to find a question again."""

    __tablename__ = "bookmark"
    __table_args__ = (Index(None, "person_id", "saved_at", "question_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    saved_at: Mapped[datetime] = mapped_column(default=now)


class Revision(Base):
    """A post as it stood after its nth edit, whole. A post never edited has none: it is its own."""

    __tablename__ = "revision"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    edited_at: Mapped[datetime] = mapped_column(default=now)
    summary: Mapped[str] = mapped_column(default="")
    title: Mapped[str | None]
    tags: Mapped[str] = mapped_column(default="")
    body_md: Mapped[str] = mapped_column(Text)

    editor: Mapped[Person | None] = relationship()


class Draft(Base):
    """What somebody is writing and has not sent. `target` names the form it belongs to.

    `sequence` rises with every save and `window` is the one that saved last: a second window that
    has not seen the latest text cannot overwrite it. A sent draft stays empty, so that a save that
    arrives late does not bring it back. `evidence`: what the form of an answer says beside its
    text, `name=value` a line (`drafting.evidence_of`), in the clear so that a purge finds it.
    """

    __tablename__ = "draft"
    __table_args__ = (Index(None, "person_id", "question_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    target: Mapped[str] = mapped_column(primary_key=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    title: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(Text, default="")
    tags: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    evidence: Mapped[str] = mapped_column(Text, default="", server_default="")
    base_revision: Mapped[int | None]
    sequence: Mapped[int] = mapped_column(default=1)
    window: Mapped[str] = mapped_column(default="")
    is_sent: Mapped[bool] = mapped_column(default=False)
    is_confidential: Mapped[bool] = mapped_column(default=False, server_default=false())
    saved_at: Mapped[datetime] = mapped_column(default=now, index=True)
