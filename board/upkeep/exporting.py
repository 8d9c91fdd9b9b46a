"""Writing every visible question to a file, in the format that `board import` reads."""

import gzip
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import func, select

from board.activity.recording import note
from board.activity.verbs import Verb
from board.core.database import AnyRow, db, is_sqlite, reading
from board.people.models import Person
from board.posts import confiding
from board.posts.lists import TAGS
from board.posts.models import Kind, Post
from board.upkeep import founding
from board.upkeep.progress import Progress, silent

BATCH = 500


def export_file(path: Path, say: Progress = silent) -> int:
    """Write the file, gzipped if its name ends so; it appears only when it is whole.

    Returns how many questions are in it. One picture of the board, whoever writes meanwhile.
    """
    count = 0
    with reading(), _appearing(path) as target:
        if not is_sqlite():
            db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        for question in _questions():
            target.write(json.dumps(question, ensure_ascii=False).encode() + b"\n")
            count += 1
            say(count)
        db.session.rollback()
    note(db.session, Verb.EXPORTED, "board", questions=count)
    db.session.commit()
    return count


@contextmanager
def _appearing(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes its name when it is complete and on the disk."""
    draft = path.with_name(f".{path.name}.part")
    try:
        with draft.open("wb") as plain:
            if path.suffix == ".gz":
                with gzip.GzipFile(filename="", fileobj=plain, mode="wb") as zipped:
                    yield zipped  # type: ignore[misc]
            else:
                yield plain
            plain.flush()
            os.fsync(plain.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _questions() -> Iterator[dict[str, Any]]:
    names = _names()
    board_id = founding.fact("board_id")
    last = 0
    while questions := _visible(Kind.QUESTION, Post.id > last, limit=BATCH):
        last = questions[-1].id
        ids = [question.id for question in questions]
        below = _grouped(_visible(Kind.ANSWER, Post.question_id.in_(ids)), "question_id")
        comments = _grouped(_visible(Kind.COMMENT, Post.question_id.in_(ids)), "parent_id")
        for question in questions:
            yield {
                "id": question.external_id or f"{board_id}/{question.id}",
                "title": question.title,
                "tags": question.tags.split(",") if question.tags else [],
                "score": question.score,
                **_optional(
                    source=question.source,
                    synonyms=question.synonyms,
                    urgency=question.urgency,
                ),
                **_common(question, names),
                "answers": [
                    {
                        "score": answer.score,
                        "accepted": answer.id == question.accepted_id,
                        **_common(answer, names),
                        "comments": [_common(each, names) for each in comments.get(answer.id, [])],
                    }
                    for answer in below.get(question.id, [])
                ],
                "comments": [_common(each, names) for each in comments.get(question.id, [])],
            }


def _visible(kind: Kind, *which: Any, limit: int | None = None) -> list[AnyRow]:
    return list(
        db.session.execute(
            select(
                Post.id,
                Post.question_id,
                Post.parent_id,
                Post.author_id,
                confiding.shown(Post.__table__),
                Post.title,
                Post.score,
                Post.accepted_id,
                Post.created_at,
                Post.external_id,
                Post.source,
                Post.urgency,
                Post.synonyms,
                Post.body_md,
                *([TAGS] if kind is Kind.QUESTION else []),
            )
            .select_from(Post.__table__)
            .where(Post.kind == kind.value, Post.hidden_at.is_(None), *which)
            .order_by(Post.id)
            .limit(limit)
        )
    )


def _grouped(rows: Iterable[AnyRow], name: str) -> dict[int, list[AnyRow]]:
    groups: dict[int, list[AnyRow]] = {}
    for row in rows:
        groups.setdefault(row._mapping[name], []).append(row)
    return groups


def _common(post: AnyRow, names: dict[int, str]) -> dict[str, Any]:
    return {
        "body": post.body_md,
        **_optional(author=names.get(post.author_id), confidential=post.shown_as is not None),
        "created_at": post.created_at.isoformat(),
    }


def _optional(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _names() -> dict[int, str]:
    """What each person is called in the file: by name, or by handle where a name is several's."""
    persons = db.session.execute(
        select(
            Person.id,
            Person.name,
            Person.handle,
            func.count().over(partition_by=Person.name).label("namesakes"),
        )
    )
    return {
        person.id: person.name if person.namesakes == 1 else person.handle for person in persons
    }
