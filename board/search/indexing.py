"""Keeping what is searched as the posts are, in the posts' own transaction."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import delete, insert, select

from board.activity.recording import Deed
from board.core.database import AnyRow, db
from board.core.markup import plain
from board.posts import merging
from board.posts.models import Kind, Post, PostTag
from board.search import vocabulary
from board.search.analysing import stems
from board.search.models import SearchDocument
from board.search.question_types import types_of

# A tsvector holds a megabyte; an answer's last pages are not what people search for.
LONGEST = 100_000
NAMES_BETWEEN = " | "

DOCUMENT = SearchDocument.__table__
WITHOUT_SYNC = {"synchronize_session": False}

Document = dict[str, Any]
V = TypeVar("V")


def follow(deed: Deed) -> None:
    """A post was written, changed, hidden or accepted: index its question again, and the one on
    whose page its title stands.
    """
    index(found_at(deed.subject))


def found_at(subject: Any) -> list[int]:
    """The questions under which a post is found."""
    into_id = getattr(subject, "merged_into_id", None)
    return [subject.question_id, into_id] if into_id else [subject.question_id]


def follow_merge(deed: Deed) -> None:
    """Two questions were merged, or a merge undone: index both again."""
    index([deed.subject.id, deed.activity.detail["merged"]])


def index(question_ids: Sequence[int], spelled: dict[str, str] | None = None) -> None:
    """Make these questions' documents anew; a hidden question has none. `spelled` learns words."""
    db.session.flush()
    ours = DOCUMENT.c.question_id.in_(question_ids)
    before = [dict(row._mapping) for row in db.session.execute(select(DOCUMENT).where(ours))]
    spelled = {} if spelled is None else spelled
    documents = list(made(question_ids, spelled))
    if before:
        db.session.execute(delete(SearchDocument).where(ours), execution_options=WITHOUT_SYNC)
    if documents:
        db.session.execute(insert(SearchDocument), documents)
    vocabulary.count(before, documents, spelled)


def made(question_ids: Sequence[int], spelled: dict[str, str]) -> Iterator[Document]:
    """The documents of those of these questions that can be read; `spelled` learns their words."""
    tags, others = _tags(question_ids), _also_asked_as(question_ids)
    for posts in _posts(question_ids).values():
        questions = [post for post in posts if post.kind == Kind.QUESTION]
        for question in questions:
            names = [*(question.synonyms or []), *others.get(question.id, [])]
            yield _document(question, posts, names, tags.get(question.id, []), spelled)


def _document(
    question: AnyRow,
    posts: Sequence[AnyRow],
    names: Sequence[str],
    tag_ids: Sequence[int],
    spelled: dict[str, str],
) -> Document:
    def joined(chosen: Iterable[AnyRow]) -> str:
        text = " ".join(plain(post.body_html) for post in chosen)[:LONGEST]
        return " ".join(stems(text, spelled))

    answers = [post for post in posts if post.kind == Kind.ANSWER]
    seen = {question.id, *(answer.id for answer in answers)}
    title = stems(question.title, spelled)
    other_names = (stems(name, spelled) for name in names)
    return {
        "question_id": question.id,
        "types": " ".join(sorted(types_of(title))),
        "title": " ".join(title),
        "names": NAMES_BETWEEN.join(" ".join(name) for name in other_names),
        "tags": " ".join(f"t{id}" for id in tag_ids),
        "body": joined([question]),
        "accepted": joined(post for post in answers if post.id == question.accepted_id),
        "answers": joined(post for post in answers if post.id != question.accepted_id),
        "comments": joined(post for post in posts if post.parent_id in seen),
    }


def _posts(question_ids: Sequence[int]) -> dict[int, list[AnyRow]]:
    """Everything on these questions that can be read."""
    rows = db.session.execute(
        select(
            Post.id,
            Post.kind,
            Post.question_id,
            Post.parent_id,
            Post.title,
            Post.synonyms,
            Post.accepted_id,
            Post.body_html,
        )
        .where(Post.question_id.in_(question_ids), Post.hidden_at.is_(None))
        .order_by(Post.id)
    )
    return _grouped((row.question_id, row) for row in rows)


def _tags(question_ids: Sequence[int]) -> dict[int, list[int]]:
    rows = db.session.execute(
        select(PostTag.post_id, PostTag.tag_id).where(PostTag.post_id.in_(question_ids))
    )
    return _grouped((row.post_id, row.tag_id) for row in rows)


def _also_asked_as(question_ids: Sequence[int]) -> dict[int, list[str]]:
    """The titles of what was merged into these questions: they are found under both."""
    return _grouped((row.into_id, row.title) for row in merging.also_asked_as(question_ids))


def _grouped(pairs: Iterable[tuple[int, V]]) -> dict[int, list[V]]:
    groups: dict[int, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
