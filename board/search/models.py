"""What is searched, the words it is made of, and the words that mean the same.

The full-text structures over `search_document` are made by migrations.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.core.clock import now
from board.core.database import Base


class SearchDocument(Base):
    """A visible question as the engines see it: stems with spaces between them, in fields.

    `names` are other names of what the question is about, with bars between them; `tags` are ids
    (`t12`), so that renaming a tag needs no re-indexing; `types` is what the question is after.
    """

    __tablename__ = "search_document"

    question_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    types: Mapped[str]
    title: Mapped[str] = mapped_column(Text)
    names: Mapped[str] = mapped_column(Text)
    tags: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    accepted: Mapped[str] = mapped_column(Text)
    answers: Mapped[str] = mapped_column(Text)
    comments: Mapped[str] = mapped_column(Text)


class SearchWord(Base):
    """A stem of the board's own vocabulary: one of its words, and how many questions have it.

    `headings` counts those that have it in the title or a name. The row of the empty stem counts
    all questions.
    """

    __tablename__ = "search_word"
    __table_args__ = (Index(None, "word"), Index(None, "length", "tail"))

    stem: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str]
    length: Mapped[int]
    tail: Mapped[str]
    questions: Mapped[int]
    headings: Mapped[int]


class SynonymGroup(Base):
    """Terms that mean the same."""

    __tablename__ = "synonym_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    changed_at: Mapped[datetime] = mapped_column(default=now)

    terms: Mapped[list["Synonym"]] = relationship(
        back_populates="group", order_by="Synonym.id", cascade="all, delete-orphan"
    )

    @property
    def name(self) -> str:
        """What the group is listed under: its first term."""
        return self.terms[0].term


class Synonym(Base):
    """One term of a group; `stems` is how a search recognizes it."""

    __tablename__ = "synonym"
    __table_args__ = (Index(None, "group_id", "stems", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("synonym_group.id"))
    term: Mapped[str]
    stems: Mapped[str] = mapped_column(index=True)

    group: Mapped[SynonymGroup] = relationship(back_populates="terms")


class MissedSearch(Base):
    """Words that were searched for on a day and led nowhere. Nobody's name stands beside them."""

    __tablename__ = "missed_search"

    words: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True, index=True)
    times: Mapped[int]
