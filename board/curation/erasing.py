"""What a purge does to notes, sources and reports of answers; and who opened the question."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select, update

from board.core.clock import now
from board.core.database import db
from board.curation import deciding, verifying
from board.curation.models import (
    Ended,
    Evidence,
    Guideline,
    ProblemReport,
    Recall,
    Removal,
    Use,
    Verification,
    ViewRecord,
)
from board.posts import merging
from board.posts.models import Answer, Post, Standing
from board.privacy.elsewhere import Erasure, Seen
from board.privacy.passages import pattern_of
from board.privacy.sweeping import sweep_rows

ABOUT_AN_ANSWER = (
    (ProblemReport, {"words": ""}),
    (Removal, {"reason": ""}),
    (Verification, {"note": "", "reason": ""}),
    (Evidence, {"source": "", "site": "", "setting": ""}),
)


def erase(erasure: Erasure) -> None:
    """What was written about the answer goes with it; that it was written stays. Nothing is left to
    stand behind, so how it stood goes too.
    """
    for table, nothing in ABOUT_AN_ANSWER:
        about = update(table).where(table.answer_id == erasure.post_id).values(nothing)
        db.session.execute(about.execution_options(synchronize_session=False))
    answer = db.session.get(Post, erasure.post_id)
    if isinstance(answer, Answer):
        _end_standing(answer)


def _end_standing(answer: Answer) -> None:
    verifying.end_all(deciding.standing_verifications(answer.id), None, Ended.PURGED)
    removal = update(Removal).where(Removal.answer_id == answer.id, Removal.ended_at.is_(None))
    db.session.execute(
        removal.values(ended_at=now()), execution_options={"synchronize_session": False}
    )
    answer.replaced_by_id = None
    deciding.put(answer, Standing.POSTED)


def sweep(passages: Sequence[str], cursor: int) -> tuple[int | None, int]:
    """Remove the passages from everything written here: few enough rows to be read in one go."""
    del cursor
    pattern, found = pattern_of(passages), 0
    for table in (Guideline, Recall, *(table for table, _ in ABOUT_AN_ANSWER)):
        found += sweep_rows(db.session.scalars(select(table)).all(), pattern)
    return None, found


def exposed(question_id: int, post_id: int) -> Iterator[Seen]:
    """Who opened the question signed in, as far as views are kept, and who used the answer."""
    del question_id
    addresses = list(merging.read_under(db.session.get_one(Post, post_id)))
    opened = select(ViewRecord).where(ViewRecord.question_id.in_(addresses))
    for view in db.session.scalars(opened):
        yield Seen(view.person_id, "opened the question", view.last_seen)
    for use in db.session.scalars(select(Use).where(Use.answer_id == post_id)):
        yield Seen(use.person_id, "used the answer", use.used_at)
