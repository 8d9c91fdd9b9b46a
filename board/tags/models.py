"""Tag and synonym."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.core.database import Base


class Tag(Base):
    """A topic. `question_count` counts the questions a reader can find in it.

    A merged tag stays as a row, pointing to the one it became: the search index knows tags by id.
    """

    __tablename__ = "tag"
    __table_args__ = (Index(None, "question_count", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    description: Mapped[str] = mapped_column(default="")
    question_count: Mapped[int] = mapped_column(default=0)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("tag.id"), index=True)

    synonyms: Mapped[list["TagSynonym"]] = relationship(
        back_populates="tag", order_by="TagSynonym.name", cascade="all, delete-orphan"
    )


class TagSynonym(Base):
    """Another word for a tag."""

    __tablename__ = "tag_synonym"

    name: Mapped[str] = mapped_column(primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), index=True)

    tag: Mapped[Tag] = relationship(back_populates="synonyms")
