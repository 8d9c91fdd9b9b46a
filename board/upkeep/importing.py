"""Bringing questions in from a file, as they are: `board import`.

In batches of a short transaction each, so that people can work meanwhile. A question whose id the
board knows is left out whole: a second import changes nothing, and one that was cut off goes on.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, update

from board.activity.recording import note
from board.activity.verbs import Verb
from board.config import settings
from board.core.database import db, is_sqlite
from board.core.errors import Conflict, Refused
from board.core.markup import plain
from board.core.text import shorten
from board.people.models import Person
from board.posts.models import EXCERPT_LENGTH, Kind, Post, PostTag
from board.posts.records import Acceptance
from board.privacy import guarding
from board.privacy.elsewhere import Writing
from board.privacy.policy import Policy
from board.search import indexing
from board.tags import naming
from board.tags.models import Tag
from board.upkeep import founding, held_lines, lines
from board.upkeep.authors import Authors
from board.upkeep.lines import AnswerEntry, BadLine, Entry, QuestionEntry
from board.upkeep.progress import Progress, silent

BATCH = 100


@dataclass
class Report:
    """What an import did: how many went in, how many were known, which lines repeat the id of an
    earlier line, which were bad and why; and how many hold what looks like a patient's details, by
    kind: they go in, and are not named. `held`: lines put aside for a privacy reviewer instead.
    """

    imported: int = 0
    known: int = 0
    held: int = 0
    repeated: list[int] = field(default_factory=list)
    bad: list[tuple[int, str]] = field(default_factory=list)
    identifying: Counter[str] = field(default_factory=Counter)


def import_file(
    path: Path, *, strict: bool = False, hold: bool = False, say: Progress = silent
) -> Report:
    """Bring in every good line. Raises `Refused` for a file that cannot be read, and, if `strict`,
    for one with a bad line: then nothing has gone in. `hold`: lines with what a member could not
    post wait for a privacy reviewer.
    """
    if strict:
        _require_all_good(path)
    report = Report()
    authors = Authors()
    for batch in _batches(_entries(path, report, hold=hold)):
        _store(batch, authors, report)
        say(report.imported + report.known)
    db.session.commit()  # what was held after the last batch
    if report.imported:
        _note(report)
    return report


def post_held(_author: Person | None, writing: Writing) -> int:
    """Bring in a line that a privacy reviewer let through; returns the question's id."""
    entry = lines.parse(writing.fields["line"].encode())
    if not _unknown([entry]):
        raise Conflict("A question with this id has been imported meanwhile.")
    (id,) = _Batch([entry], Authors()).store()
    return id


def _require_all_good(path: Path) -> None:
    report = Report()
    for _ in _entries(path, report):
        pass
    if report.bad:
        number, why = report.bad[0]
        raise Refused(
            f"Nothing was imported: {len(report.bad):,} bad lines, the first is {number}: {why}."
        )


def _entries(path: Path, report: Report, *, hold: bool = False) -> Iterator[QuestionEntry]:
    """The questions of the good lines; a line with the id of an earlier one is left out."""
    seen, site = set[str](), guarding.policy()
    with lines.opened(path) as source:
        for number, line in enumerate(source, start=1):
            if not line.strip():
                continue
            try:
                entry = lines.parse(line)
            except BadLine as error:
                report.bad.append((number, str(error)))
                continue
            if entry.id in seen:
                report.repeated.append(number)
                continue
            seen.add(entry.id)
            report.identifying.update(_identifying(entry, site))
            if not (hold and _is_held(entry, line, site, report)):
                yield entry


def _is_held(entry: QuestionEntry, line: bytes, site: Policy, report: Report) -> bool:
    """Whether the line waits for a reviewer, now or since an earlier import."""
    if not settings().privacy_check or not _unknown([entry]):
        return False
    held = held_lines.put_aside(entry, line, site)
    report.held += held is True
    report.known += held is None
    return held is not False


def _identifying(entry: QuestionEntry, site: Policy) -> set[str]:
    """The kinds of what looks like a patient's details anywhere in a line."""
    if not settings().privacy_check:
        return set()
    texts = [entry.title, ", ".join(entry.tags), *(str(each.body) for each in _all_entries(entry))]
    return {kind for text in texts for kind in guarding.kinds_in(text, site)}


def _batches(entries: Iterator[QuestionEntry]) -> Iterator[list[QuestionEntry]]:
    while batch := list(islice(entries, BATCH)):
        yield batch


def _store(batch: Sequence[QuestionEntry], authors: Authors, report: Report) -> None:
    """One transaction: the new questions of a batch with everything on them."""
    new = _unknown(batch)
    report.known += len(batch) - len(new)
    if new:
        _Batch(new, authors).store()
        report.imported += len(new)
    db.session.commit()
    db.session.expunge_all()


def _unknown(batch: Sequence[QuestionEntry]) -> list[QuestionEntry]:
    """The questions that are not on the board yet, neither imported nor this board's own."""
    ids = [entry.id for entry in batch]
    known = set(db.session.scalars(select(Post.external_id).where(Post.external_id.in_(ids))))
    own = f"{founding.fact('board_id')}/"
    mine = {id: int(id.removeprefix(own)) for id in ids if _is_own(id, own)}
    present = set(db.session.scalars(select(Post.id).where(Post.id.in_(mine.values()))))
    known |= {id for id, number in mine.items() if number in present}
    return [entry for entry in batch if entry.id not in known]


def _is_own(id: str, prefix: str) -> bool:
    number = id.removeprefix(prefix)
    return number != id and number.isascii() and number.isdecimal() and len(number) < 10


class _Batch:
    """New questions, stored table by table."""

    def __init__(self, entries: Sequence[QuestionEntry], authors: Authors) -> None:
        self.entries = entries
        self.authors = authors

    def store(self) -> Sequence[int]:
        names = [_author_of(entry) for each in self.entries for entry in _all_entries(each)]
        self.authors.learn(name for name in names if name)
        ids = _new_ids(len(self.entries))
        _insert(self._question(id, entry) for id, entry in zip(ids, self.entries, strict=True))
        self._store_tags(ids)
        self._store_answers(ids)
        indexing.index(ids)
        return ids

    def _store_answers(self, ids: Sequence[int]) -> None:
        pairs = [
            (id, answer)
            for id, entry in zip(ids, self.entries, strict=True)
            for answer in entry.answers
        ]
        answer_ids = _new_ids(len(pairs))
        _insert(
            self._answer(answer_id, *pair)
            for answer_id, pair in zip(answer_ids, pairs, strict=True)
        )
        comments = [
            self._comment(id, id, comment)
            for id, entry in zip(ids, self.entries, strict=True)
            for comment in entry.comments
        ]
        for answer_id, (question_id, answer) in zip(answer_ids, pairs, strict=True):
            comments += [self._comment(question_id, answer_id, each) for each in answer.comments]
            if answer.accepted:
                self._accept(question_id, answer_id, answer)
        _insert(comments)

    def _accept(self, question_id: int, answer_id: int, answer: AnswerEntry) -> None:
        """Accepted elsewhere, by somebody the file does not name."""
        db.session.execute(
            insert(Acceptance).values(
                question_id=question_id,
                answer_id=answer_id,
                accepted_at=answer.created_at,
                reason="",
                by_moderator=False,
            )
        )
        db.session.execute(update(Post).where(Post.id == question_id).values(accepted_id=answer_id))

    def _store_tags(self, ids: Sequence[int]) -> None:
        links, counts = [], dict[int, int]()
        tags = naming.ids_of({name for entry in self.entries for name in entry.tags})
        for id, entry in zip(ids, self.entries, strict=True):
            for position, tag_id in enumerate(dict.fromkeys(tags[name] for name in entry.tags)):
                links.append(_link(id, tag_id, position, entry))
                counts[tag_id] = counts.get(tag_id, 0) + 1
        if links:
            db.session.execute(insert(PostTag), links)
        for tag_id, count in sorted(counts.items()):
            db.session.execute(
                update(Tag)
                .where(Tag.id == tag_id)
                .values(question_count=Tag.question_count + count)
            )

    def _question(self, id: int, entry: QuestionEntry) -> dict[str, Any]:
        return self._post(Kind.QUESTION, entry) | {
            "id": id,
            "question_id": id,
            "title": entry.title,
            "score": entry.score,
            "imported_score": entry.score,
            "answer_count": len(entry.answers),
            "active_at": max(each.created_at for each in _all_entries(entry)),
            "external_id": entry.id,
            "source": entry.source,
            "urgency": entry.urgency,
            "synonyms": entry.synonyms or None,
        }

    def _answer(self, id: int, question_id: int, answer: AnswerEntry) -> dict[str, Any]:
        return self._post(Kind.ANSWER, answer) | {
            "id": id,
            "question_id": question_id,
            "score": answer.score,
            "imported_score": answer.score,
        }

    def _comment(self, question_id: int, parent_id: int, comment: Entry) -> dict[str, Any]:
        return self._post(Kind.COMMENT, comment) | {
            "question_id": question_id,
            "parent_id": parent_id,
        }

    def _post(self, kind: Kind, entry: Entry) -> dict[str, Any]:
        author = _author_of(entry)
        return {
            "kind": kind.value,
            "author_id": self.authors.id_of(author) if author else None,
            "shown_as": "" if entry.is_confidential else None,
            "created_at": entry.created_at,
            "active_at": entry.created_at,
            "excerpt": shorten(plain(entry.body.html), EXCERPT_LENGTH),
            "body_md": str(entry.body),
            "body_html": entry.body.html,
        }


def _new_ids(count: int) -> list[int]:
    """Ids for new posts, known before they are inserted, so that they can refer to each other."""
    if is_sqlite():  # this transaction holds the only writer's lock
        last = db.session.scalar(select(func.max(Post.id))) or 0
        return list(range(last + 1, last + 1 + count))
    sequence = func.nextval(func.pg_get_serial_sequence("post", "id"))
    return list(db.session.scalars(select(sequence).select_from(func.generate_series(1, count))))


def _insert(rows: Iterable[dict[str, Any]]) -> None:
    if rows := list(rows):
        db.session.execute(insert(Post.__table__), rows)  # type: ignore[arg-type]


def _author_of(entry: Entry) -> str | None:
    """What was asked confidentially has no author here either, whatever the line says."""
    return None if entry.is_confidential else entry.author


def _all_entries(entry: QuestionEntry) -> list[Entry]:
    below = [comment for answer in entry.answers for comment in answer.comments]
    return [entry, *entry.answers, *entry.comments, *below]


def _link(post_id: int, tag_id: int, position: int, entry: QuestionEntry) -> dict[str, Any]:
    return {
        "post_id": post_id,
        "tag_id": tag_id,
        "position": position,
        "score": entry.score,
        "answer_count": len(entry.answers),
        "created_at": entry.created_at,
        "active_at": max(each.created_at for each in _all_entries(entry)),
    }


def _note(report: Report) -> None:
    """One activity row for the whole import."""
    note(db.session, Verb.IMPORTED, "board", questions=report.imported)
    db.session.commit()
