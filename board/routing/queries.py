"""What the asker sees of the ladder: the steps that were done, and the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from board.core.database import AnyRow, db
from board.people.models import Person
from board.routing import ladder
from board.routing.models import Escalation, Step


@dataclass(frozen=True)
class Climb:
    """The steps that were done, in their order; what comes next, and when."""

    steps: Sequence[AnyRow]
    next_rung: str | None
    next_at: datetime | None


def climb_of(question_id: int) -> Climb:
    """What was done for a question that nobody has answered, in two statements."""
    steps = db.session.execute(
        select(Step.rung, Step.at, Step.line, Step.reads_at, Person.name, Person.profession)
        .outerjoin(Person, Person.id == Step.person_id)
        .where(Step.question_id == question_id)
        .order_by(Step.id)
    ).all()
    row = db.session.get(Escalation, question_id)
    rungs = ladder.of(row.urgency) if row is not None and row.due_at is not None else []
    if row is None or row.next_step >= len(rungs):
        return Climb(steps, None, None)
    return Climb(steps, rungs[row.next_step].rung, row.due_at)
