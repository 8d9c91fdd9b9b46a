"""What a purge does to requests: reasons that hold a passage; and who was asked."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from board.core.database import db
from board.experts.models import Duty, ExpertGroup, Reachability, Request
from board.privacy.elsewhere import Seen
from board.privacy.passages import pattern_of
from board.privacy.sweeping import sweep_rows

WITH_TEXT = (Request, Reachability, ExpertGroup, Duty)


def sweep(passages: Sequence[str], cursor: int) -> tuple[int | None, int]:
    """Remove the passages from requests, experts' lines, groups and the rota."""
    del cursor
    pattern = pattern_of(passages)
    rows = (db.session.scalars(select(table)).all() for table in WITH_TEXT)
    return None, sum(sweep_rows(each, pattern) for each in rows)


def exposed(question_id: int, post_id: int) -> Iterator[Seen]:
    """Who was asked about the question."""
    del post_id
    for request in db.session.scalars(select(Request).where(Request.question_id == question_id)):
        yield Seen(request.person_id, "was asked about the question", request.asked_at)
