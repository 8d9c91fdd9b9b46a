"""What a purge does to what is searched: documents, vocabulary, missed searches, synonyms."""

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select, text

from board.core.database import db, is_sqlite
from board.posts.models import Post
from board.privacy.elsewhere import Erasure
from board.privacy.passages import holds, pattern_of
from board.search import indexing, vocabulary
from board.search.analysing import stem_of, words
from board.search.models import MissedSearch, Synonym

MERGED_PAGES = 500  # FTS5 pages a step: tens of milliseconds


def erase(erasure: Erasure) -> None:
    """Index the question without the post, and forget searches for words that only it had."""
    indexing.index(indexing.found_at(db.session.get_one(Post, erasure.post_id)))
    said = {stem_of(word) for part in erasure.texts for word in words(part)}
    known = vocabulary.known(said)
    gone = {stem for stem in said if not known.questions_with(stem)}
    _forget_missed(row for row in _missed() if gone & {stem_of(w) for w in words(row.words)})


def sweep(passages: Sequence[str], cursor: int) -> tuple[int | None, int]:
    """Remove missed searches and synonyms in which a passage, or a word of one, stands."""
    del cursor
    pattern = pattern_of(passages)
    stems = {stem_of(word) for passage in passages for word in words(passage)}
    known = vocabulary.known(stems)
    gone = {stem for stem in stems if not known.questions_with(stem)}
    missed = [
        row
        for row in _missed()
        if holds(pattern, row.words) or gone & {stem_of(w) for w in words(row.words)}
    ]
    _forget_missed(missed)
    return None, len(missed) + _sweep_synonyms(pattern)


def merge(is_first: bool) -> bool:
    """One step of merging the full-text index, which keeps deleted words until it is merged.

    The first step asks for everything to become one segment; True when nothing is left to do.
    """
    if not is_sqlite():
        return True
    before = db.session.scalar(select(func.total_changes())) or 0
    pages = -MERGED_PAGES if is_first else MERGED_PAGES
    merging = text("INSERT INTO search_index (search_index, rank) VALUES ('merge', :pages)")
    db.session.execute(merging, {"pages": pages})
    return (db.session.scalar(select(func.total_changes())) or 0) - before < 2


def _missed() -> Sequence[MissedSearch]:
    return db.session.scalars(select(MissedSearch)).all()


def _forget_missed(rows: Iterable[MissedSearch]) -> None:
    for row in rows:
        db.session.delete(row)


def _sweep_synonyms(pattern: re.Pattern[str]) -> int:
    found = [each for each in db.session.scalars(select(Synonym)) if holds(pattern, each.term)]
    for each in found:
        group = each.group
        group.terms.remove(each)
        if len(group.terms) < 2:
            db.session.delete(group)
    return len(found)
