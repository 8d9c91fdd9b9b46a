"""What is searched: one document a question. The full-text structures are made by migrations."""

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from board.core.database import Base


class SearchDocument(Base):
    """The words of a visible question and its visible answers, without markup."""

    __tablename__ = "search_document"

    question_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    answers: Mapped[str] = mapped_column(Text)
    tags: Mapped[str] = mapped_column(Text)
