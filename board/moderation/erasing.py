"""What a purge does to flags, suggested edits and words to people."""

from collections.abc import Sequence

from sqlalchemy import select, update

from board.announcements.models import Announcement
from board.core.database import db
from board.moderation.models import Flag, Sanction, Suggestion
from board.posts.records import Featuring
from board.privacy.elsewhere import Erasure
from board.privacy.passages import pattern_of
from board.privacy.sweeping import sweep_rows


def erase(erasure: Erasure) -> None:
    """A suggested edit is a copy of the post: it goes, and so do the words of flags."""
    nothing = {"title": "", "tags": "", "summary": "", "body_md": "", "reply": ""}
    for statement in (
        update(Suggestion).where(Suggestion.post_id == erasure.post_id).values(nothing),
        update(Flag).where(Flag.post_id == erasure.post_id).values(words="", reply=""),
        update(Featuring).where(Featuring.question_id == erasure.post_id).values(note=""),
    ):
        db.session.execute(statement.execution_options(synchronize_session=False))


def sweep(passages: Sequence[str], cursor: int) -> tuple[int | None, int]:
    """Remove the passages from everything written here: few enough rows to be read in one go."""
    del cursor
    pattern = pattern_of(passages)
    tables = (Announcement, Featuring, Flag, Sanction, Suggestion)
    rows = (db.session.scalars(select(table)).all() for table in tables)
    return None, sum(sweep_rows(each, pattern) for each in rows)
