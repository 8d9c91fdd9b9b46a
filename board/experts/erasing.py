"""What a purge does to requests: reasons that hold a passage; and who was asked."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from board.core.database import db
from board.experts.models import Reachability, Request
from board.privacy.elsewhere import Seen
from board.privacy.passages import holds, pattern_of, without


def sweep(passages: Sequence[str], cursor: int) -> tuple[int | None, int]:
    """Remove the passages from the reasons of requests and from the lines of experts."""
    del cursor
    pattern, found = pattern_of(passages), 0
    for request in db.session.scalars(select(Request).where(Request.reason != "")):
        if holds(pattern, request.reason):
            request.reason, found = without(request.reason, pattern), found + 1
    for reach in db.session.scalars(select(Reachability).where(Reachability.line != "")):
        if holds(pattern, reach.line):
            reach.line, found = without(reach.line, pattern), found + 1
    return None, found


def exposed(question_id: int, post_id: int) -> Iterator[Seen]:
    """Who was asked about the question."""
    del post_id
    for request in db.session.scalars(select(Request).where(Request.question_id == question_id)):
        yield Seen(request.person_id, "was asked about the question", request.asked_at)
