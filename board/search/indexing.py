"""Keeping the search documents as the posts are, in the posts' own transaction."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import delete, insert, select

from board.activity.recording import Deed
from board.core.database import db
from board.core.markup import plain
from board.posts.models import Kind, Post, PostTag
from board.search.models import SearchDocument

# A tsvector holds a megabyte; an answer's last pages are not what people search for.
LONGEST = 200_000

V = TypeVar("V")


def follow(deed: Deed) -> None:
    """A post was written, changed, hidden or accepted: index its question again."""
    index([deed.subject.question_id])


def index(question_ids: Sequence[int]) -> None:
    """Make these questions' documents anew; a hidden question has none."""
    db.session.flush()
    documents = list(_documents(question_ids))
    db.session.execute(
        delete(SearchDocument)
        .where(SearchDocument.question_id.in_(question_ids))
        .execution_options(synchronize_session=False)
    )
    if documents:
        db.session.execute(insert(SearchDocument), documents)


def _documents(question_ids: Sequence[int]) -> Iterable[dict[str, object]]:
    answers = _answers(question_ids)
    tags = _tags(question_ids)
    questions = db.session.execute(
        select(Post.id, Post.title, Post.body_html, Post.synonyms).where(
            Post.id.in_(question_ids), Post.kind == Kind.QUESTION, Post.hidden_at.is_(None)
        )
    )
    for question in questions:
        yield {
            "question_id": question.id,
            "title": question.title,
            "body": " ".join([plain(question.body_html), *(question.synonyms or [])])[:LONGEST],
            "answers": " ".join(answers.get(question.id, []))[:LONGEST],
            "tags": " ".join(f"t{id}" for id in tags.get(question.id, [])),
        }


def _answers(question_ids: Sequence[int]) -> dict[int, list[str]]:
    """The words of the visible answers, best ones first."""
    rows = db.session.execute(
        select(Post.question_id, Post.body_html)
        .where(
            Post.question_id.in_(question_ids),
            Post.kind == Kind.ANSWER,
            Post.hidden_at.is_(None),
        )
        .order_by(Post.score.desc(), Post.id)
    )
    return _grouped((row.question_id, plain(row.body_html)) for row in rows)


def _tags(question_ids: Sequence[int]) -> dict[int, list[int]]:
    rows = db.session.execute(
        select(PostTag.post_id, PostTag.tag_id).where(PostTag.post_id.in_(question_ids))
    )
    return _grouped((row.post_id, row.tag_id) for row in rows)


def _grouped(pairs: Iterable[tuple[int, V]]) -> dict[int, list[V]]:
    groups: dict[int, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
