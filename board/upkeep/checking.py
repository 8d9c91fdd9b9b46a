"""Looking for what is wrong with a board, and putting right what can be computed again."""

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, func, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import aliased

from board.audit import verifying
from board.core.database import db, is_sqlite
from board.core.signing import SECRET_FILE
from board.curation.models import Use
from board.delivery import queries
from board.posts.models import Kind, Post, PostTag, Vote
from board.posts.records import Acceptance
from board.search import rebuilding, vocabulary
from board.tags.models import Tag


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
    yield from _about_trail(data_folder)
    yield from map(Finding, queries.problems())


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


def _about_trail(data_folder: Path) -> Iterator[Finding]:
    verdict = verifying.verify(data_folder)
    if not verdict.is_sound:
        yield Finding(
            f"Audit trail: {verdict.why} Keep this database, and tell who is responsible."
        )


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

    uses = select(func.count()).where(Use.answer_id == Post.id).scalar_subquery()
    yield _counter("numbers of uses", Post, {"used_count": uses}, Post.kind == Kind.ANSWER)

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
    if is_sqlite() and not _is_index_sound():
        yield Finding("The full-text index is not what it should be.", _rebuild_index)
    wrong = rebuilding.drifted()
    if wrong:
        message = f"{len(wrong):,} questions are not found by the words they have."
        yield Finding(message, partial(rebuilding.index_again, wrong))
    strays = rebuilding.strays()
    if strays:
        message = f"{len(strays):,} questions are found that nobody may read."
        yield Finding(message, partial(rebuilding.index_again, strays))
    miscounted = vocabulary.drift()
    if miscounted:
        yield Finding(f"{len(miscounted):,} words are counted wrong.", vocabulary.recount)


def _is_index_sound() -> bool:
    """FTS5 compares its index with the documents, and raises if they differ."""
    check = "INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)"
    try:
        db.session.execute(text(check))
    except DatabaseError:
        return False
    finally:
        db.session.rollback()
    return True


def _rebuild_index() -> None:
    db.session.execute(text("INSERT INTO search_index (search_index) VALUES ('rebuild')"))
    db.session.commit()


def _running(statement: Update) -> Callable[[], None]:
    def repair() -> None:
        db.session.execute(statement, execution_options={"synchronize_session": False})
        db.session.commit()

    return repair
