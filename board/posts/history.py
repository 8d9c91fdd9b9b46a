"""The history of a post: each revision with what it changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from board.core.database import AnyRow, db
from board.core.errors import Missing
from board.people.models import Person
from board.posts.differing import Piece, difference
from board.posts.models import Post, Revision


@dataclass(frozen=True)
class Step:
    """A revision, and how its words differ from those before it; None where they do not."""

    number: int
    edited_at: datetime
    editor_name: str | None
    editor_handle: str | None
    summary: str
    title: list[Piece] | None
    tags: list[Piece] | None
    body: list[Piece] | None


@dataclass(frozen=True)
class Comparison:
    """How two revisions differ; None where they do not."""

    title: list[Piece] | None
    tags: list[Piece] | None
    body: list[Piece] | None


def steps(post_id: int, *, before: int, size: int) -> tuple[list[Step], int | None]:
    """The `size` revisions with numbers below `before`, newest first, and where to go on."""
    rows = db.session.execute(
        select(Revision, Person.name, Person.handle)
        .outerjoin(Person, Person.id == Revision.editor_id)
        .where(Revision.post_id == post_id, Revision.number < before)
        .order_by(Revision.number.desc())
        .limit(size + 1)
    ).all()
    made = [_step(row, rows[place : place + 1]) for place, row in enumerate(rows[:size], start=1)]
    return made, made[-1].number if len(rows) > size else None


def comparison(post: Post, old: int, new: int) -> Comparison:
    """How revision `new` differs from `old`, in either order. Raises `Missing`."""
    before, after = _wording(post, old), _wording(post, new)
    return Comparison(
        _changed(before.title or "", after.title or ""),
        _changed(_listed(before.tags), _listed(after.tags)),
        _changed(before.body_md, after.body_md),
    )


def _wording(post: Post, number: int) -> Revision:
    """A post that was never edited has none: there is nothing to compare."""
    found = db.session.get(Revision, (post.id, number))
    if found is None:
        raise Missing("There is no such revision.")
    return found


def _step(row: AnyRow, previous: Sequence[AnyRow]) -> Step:
    revision, name, handle = row
    old = previous[0].Revision if previous else None
    return Step(
        number=revision.number,
        edited_at=revision.edited_at,
        editor_name=name,
        editor_handle=handle,
        summary=revision.summary,
        title=_changed(old and (old.title or ""), revision.title or ""),
        tags=_changed(old and _listed(old.tags), _listed(revision.tags)),
        body=_changed(old and old.body_md, revision.body_md),
    )


def _listed(tags: str) -> str:
    return tags.replace(",", ", ")


def _changed(old: str | None, new: str) -> list[Piece] | None:
    """The difference; the whole text for the first revision, None if nothing changed."""
    if old is None:
        return [Piece("same", new)] if new else None
    return None if old == new else difference(old, new)
