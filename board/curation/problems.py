"""Problem reports as rows: settling those that are open, and opening them again."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select

from board.core.clock import now
from board.core.database import db
from board.core.errors import Conflict
from board.curation.models import Problem, ProblemReport
from board.people.models import Person
from board.posts.models import Answer


def close_reports(
    person: Person, answer: Answer, kinds: Collection[str] = tuple(Problem)
) -> Sequence[ProblemReport]:
    """Settle the open reports of this answer; returns them."""
    db.session.flush()
    of_these = _open_ones().where(
        ProblemReport.answer_id == answer.id, ProblemReport.kind.in_(kinds)
    )
    found = db.session.scalars(of_these).all()
    for each in found:
        each.settled_at, each.settled_by_id = now(), person.id
    return found


def reopen(ids: Sequence[int]) -> None:
    """These reports wait again. Raises `Conflict` where somebody has said the same again since."""
    for each in db.session.scalars(select(ProblemReport).where(ProblemReport.id.in_(ids))):
        again = _open_ones().filter_by(
            answer_id=each.answer_id, person_id=each.person_id, kind=each.kind
        )
        if db.session.scalar(again) is not None:
            raise Conflict("It was reported again since, so that report is decided instead.")
        each.settled_at = each.settled_by_id = None


def _open_ones() -> Select[ProblemReport]:
    still_open = select(ProblemReport).where(ProblemReport.settled_at.is_(None))
    return still_open.order_by(ProblemReport.id)
