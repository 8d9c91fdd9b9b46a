"""Making everything that is searched anew, while people work: `board search rebuild`."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlalchemy import select

from board.core.database import db
from board.posts.models import Kind, Post
from board.search import indexing, vocabulary
from board.search.indexing import DOCUMENT
from board.search.models import SearchDocument

BATCH = 200


def rebuild(say: Callable[[int], None]) -> int:
    """Index every question again, in batches; returns how many there are."""
    done, spelled = 0, dict[str, str]()
    for ids in batches():
        indexing.index(ids, spelled)
        db.session.commit()
        done += len(ids)
        say(done)
    index_again(strays())
    vocabulary.recount(spelled)
    return done


def batches() -> Iterator[Sequence[int]]:
    """The ids of the questions that can be read, a batch at a time."""
    last = 0
    while ids := db.session.scalars(
        select(Post.id)
        .where(Post.kind == Kind.QUESTION, Post.hidden_at.is_(None), Post.id > last)
        .order_by(Post.id)
        .limit(BATCH)
    ).all():
        last = ids[-1]
        yield ids


def drifted() -> list[int]:
    """The questions whose documents are not what their posts say, or are missing."""
    return [id for ids in batches() for id in _drifted(ids)]


def strays() -> list[int]:
    """Documents of questions that nobody can read."""
    readable = select(Post.id).where(Post.kind == Kind.QUESTION, Post.hidden_at.is_(None))
    return list(
        db.session.scalars(
            select(SearchDocument.question_id).where(SearchDocument.question_id.not_in(readable))
        )
    )


def index_again(ids: Sequence[int]) -> None:
    """Index these questions again, in batches; what nobody may read gets no document."""
    for start in range(0, len(ids), BATCH):
        indexing.index(ids[start : start + BATCH])
        db.session.commit()


def _drifted(ids: Sequence[int]) -> Iterable[int]:
    stored = {
        row.question_id: dict(row._mapping)
        for row in db.session.execute(select(DOCUMENT).where(DOCUMENT.c.question_id.in_(ids)))
    }
    right = {document["question_id"]: document for document in indexing.made(ids, {})}
    return [id for id in ids if stored.get(id) != right.get(id)]
