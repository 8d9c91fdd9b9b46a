"""Looking for what is wrong with a board, and putting right what can be computed again."""

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, func, select, text, update
from sqlalchemy.orm import aliased

from board.core.database import db, is_sqlite
from board.core.signing import SECRET_FILE
from board.posts.models import Acceptance, Kind, Post, PostTag, Vote
from board.search import indexing
from board.search.models import SearchDocument
from board.tags.models import Tag

BATCH = 500


@dataclass(frozen=True)
class Finding:
    """Something that is wrong; `repair` puts it right, where it can be computed."""

    message: str
    repair: Callable[[], None] | None = None


def findings(data_folder: Path) -> Iterator[Finding]:
    """Everything that is wrong with this board."""
    yield from _about_files(data_folder)
    if is_sqlite():
        yield from _about_sqlite()
    yield from _about_counters()
    yield from _about_search()


def _about_files(data_folder: Path) -> Iterator[Finding]:
    secret = data_folder / SECRET_FILE
    if os.name == "posix" and secret.exists() and secret.stat().st_mode & stat.S_IRWXO:
        yield Finding(
            f"{secret} can be read by everybody on this computer.", lambda: secret.chmod(0o600)
        )


def _about_sqlite() -> Iterator[Finding]:
    answer = db.session.execute(text("PRAGMA integrity_check(1)")).scalar()
    if answer != "ok":
        yield Finding("The database file is damaged. Restore the latest backup: board restore")
    broken = db.session.execute(text("PRAGMA foreign_key_check")).first()
    if broken:
        yield Finding(f"Table {broken[0]} refers to rows that are not there.")


def _about_counters() -> Iterator[Finding]:
    for name, statement, wrong in _counters():
        count = db.session.scalar(wrong)
        if count:
            yield Finding(f"{count:,} wrong: {name}.", _running(statement))


def _counters() -> Iterator[tuple[str, Update, Any]]:
    """Each copy for reading: its name, the statement that makes it anew, how many are wrong."""
    votes = select(func.count()).where(Vote.post_id == Post.id).scalar_subquery()
    yield _counter("scores of posts", Post, {"score": Post.imported_score + votes})

    answer = aliased(Post)
    answers = (
        select(func.count())
        .where(
            answer.question_id == Post.id,
            answer.kind == Kind.ANSWER,
            answer.hidden_at.is_(None),
        )
        .scalar_subquery()
    )
    is_question = Post.kind == Kind.QUESTION
    yield _counter("numbers of answers", Post, {"answer_count": answers}, is_question)

    accepted = (
        select(Acceptance.answer_id)
        .where(Acceptance.question_id == Post.id, Acceptance.ended_at.is_(None))
        .scalar_subquery()
    )
    yield _counter("accepted answers", Post, {"accepted_id": accepted}, is_question)

    copies = {
        name: select(getattr(Post, name)).where(Post.id == PostTag.post_id).scalar_subquery()
        for name in ("department_id", "score", "answer_count", "active_at", "hidden_at")
    }
    yield _counter("copies in tags", PostTag, copies)

    used = (
        select(func.count())
        .where(PostTag.tag_id == Tag.id, PostTag.hidden_at.is_(None))
        .scalar_subquery()
    )
    yield _counter("numbers of questions in tags", Tag, {"question_count": used})


def _counter(
    name: str, table: Any, right: Mapping[str, Any], *where: ColumnElement[bool]
) -> tuple[str, Update, Any]:
    is_wrong = [getattr(table, column).is_distinct_from(value) for column, value in right.items()]
    condition = and_(*where, _any(is_wrong))
    statement = update(table).where(condition).values(right)
    return name, statement, select(func.count()).select_from(table).where(condition)


def _any(conditions: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    first, *others = conditions
    for other in others:
        first = first | other
    return first


def _about_search() -> Iterator[Finding]:
    missing = (
        select(Post.id)
        .outerjoin(SearchDocument, SearchDocument.question_id == Post.id)
        .where(
            Post.kind == Kind.QUESTION,
            Post.hidden_at.is_(None),
            SearchDocument.question_id.is_(None),
        )
    )
    ids = list(db.session.scalars(missing))
    if ids:
        yield Finding(f"{len(ids):,} questions cannot be found by searching.", _indexing(ids))


def _indexing(ids: list[int]) -> Callable[[], None]:
    def repair() -> None:
        for start in range(0, len(ids), BATCH):
            indexing.index(ids[start : start + BATCH])
            db.session.commit()

    return repair


def _running(statement: Update) -> Callable[[], None]:
    def repair() -> None:
        db.session.execute(statement, execution_options={"synchronize_session": False})
        db.session.commit()

    return repair
