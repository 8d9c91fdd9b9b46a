"""The exchange format: one question a line of JSON. Here a line is read, checked and understood."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from board.core.clock import now
from board.core.errors import Invalid, Refused
from board.core.markup import Text
from board.core.text import one_line
from board.posts.models import BODY_LENGTH, TITLE_LENGTH, Urgency
from board.tags import naming

ID_LENGTH = 200
MOST_TAGS = 20
LARGEST_SCORE = 1_000_000_000


class BadLine(Exception):
    """A line that cannot go in; the message says why."""


@dataclass
class Entry:
    """What every post of a line has."""

    body: Text
    author: str | None
    created_at: datetime
    is_confidential: bool


@dataclass
class AnswerEntry(Entry):
    """An answer of a line."""

    score: int = 0
    accepted: bool = False
    comments: list[Entry] = field(default_factory=list)


@dataclass
class QuestionEntry(Entry):
    """A whole line."""

    id: str = ""
    title: str = ""
    score: int = 0
    tags: list[str] = field(default_factory=list)
    source: str | None = None
    urgency: str | None = None
    synonyms: list[str] = field(default_factory=list)
    answers: list[AnswerEntry] = field(default_factory=list)
    comments: list[Entry] = field(default_factory=list)


@contextmanager
def opened(path: Path) -> Iterator[Iterator[bytes]]:
    """The lines of a file, gzipped or not. Raises `Refused` for one that cannot be read."""
    try:
        with path.open("rb") as plain:
            zipped = plain.read(2) == b"\x1f\x8b"
            plain.seek(0)
            source: BinaryIO = gzip.GzipFile(fileobj=plain) if zipped else plain  # type: ignore[assignment]
            yield iter(source)
    except (EOFError, gzip.BadGzipFile) as error:
        raise Refused(f"{path} is damaged: {error}.") from None
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from None


def parse(line: bytes) -> QuestionEntry:
    """The question of this line, its Markdown rendered. Raises `BadLine`."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        raise BadLine("this is not JSON in UTF-8") from None
    if not isinstance(told, dict):
        raise BadLine("a line is one JSON object")
    answers = [_answer(each) for each in _objects(told, "answers")]
    if sum(answer.accepted for answer in answers) > 1:
        raise BadLine("at most one answer can be accepted")
    return QuestionEntry(
        id=_text(told, "id", longest=ID_LENGTH, required=True),
        title=one_line(_text(told, "title", longest=TITLE_LENGTH, required=True)),
        tags=_tags(told),
        source=_text(told, "source", longest=2000) or None,
        urgency=_urgency(told),
        synonyms=[one_line(each) for each in _texts(told, "synonyms")],
        score=_score(told),
        answers=answers,
        comments=_comments(told),
        **_common(told),
    )


def _answer(told: dict[str, Any]) -> AnswerEntry:
    return AnswerEntry(
        score=_score(told),
        accepted=_truth(told, "accepted"),
        comments=_comments(told),
        **_required_body(told),
    )


def _comments(told: dict[str, Any]) -> list[Entry]:
    return [Entry(**_required_body(each)) for each in _objects(told, "comments")]


def _required_body(told: dict[str, Any]) -> dict[str, Any]:
    found = _common(told)
    if not found["body"]:
        raise BadLine("an answer or comment has no body")
    return found


def _common(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "body": Text.of(_text(told, "body", longest=BODY_LENGTH)),
        "author": one_line(_text(told, "author", longest=200)) or None,
        "created_at": _moment(told),
        "is_confidential": _truth(told, "confidential"),
    }


def _moment(told: dict[str, Any]) -> datetime:
    """ISO 8601; without a zone it is UTC, without a value it is now."""
    value = told.get("created_at")
    if value is None:
        return now()
    try:
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise BadLine("created_at is a date and time such as 2026-06-05T14:02:00Z") from None


def _truth(told: dict[str, Any], name: str) -> bool:
    value = told.get(name) or False
    if not isinstance(value, bool):
        raise BadLine(f"{name} is true or false")
    return value


def _score(told: dict[str, Any]) -> int:
    value = told.get("score")
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST_SCORE:
        raise BadLine("score is a whole number")
    return value


def _urgency(told: dict[str, Any]) -> str | None:
    value = _text(told, "urgency", longest=40)
    if value and value not in set(Urgency):
        raise BadLine(f"urgency is one of {', '.join(Urgency)}")
    return value or None


def _tags(told: dict[str, Any]) -> list[str]:
    names = list(dict.fromkeys(filter(None, map(naming.normal, _texts(told, "tags")))))
    if len(names) > MOST_TAGS:
        raise BadLine(f"there are more than {MOST_TAGS} tags")
    for name in names:
        try:
            naming.check(name, "tags")
        except Invalid as error:
            raise BadLine(error.message) from None
    return names


def _text(told: dict[str, Any], name: str, *, longest: int, required: bool = False) -> str:
    value = told.get(name)
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise BadLine(f"{name} is a text")
    if required and not value.strip():
        raise BadLine(f"there is no {name}")
    if len(value) > longest:
        raise BadLine(f"{name} has {len(value):,} characters, more than {longest:,}")
    return value


def _texts(told: dict[str, Any], name: str) -> list[str]:
    return _list_of(told, name, str, "texts")


def _objects(told: dict[str, Any], name: str) -> list[Any]:
    return _list_of(told, name, dict, "objects")


def _list_of(told: dict[str, Any], name: str, kind: type, words: str) -> list[Any]:
    value = told.get(name)
    if value is None:
        return []
    if not (isinstance(value, list) and all(isinstance(each, kind) for each in value)):
        raise BadLine(f"{name} is a list of {words}")
    return value
