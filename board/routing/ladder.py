"""The ladder a site sets: for each urgency the steps, with the time after asking and for whom."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from board.config import settings
from board.posts.models import Urgency


class Rung(StrEnum):
    """Whom a step is for."""

    EXPERTS = "experts"
    ON_CALL = "on-call"
    MODERATORS = "moderators"
    LEAD = "lead"


@dataclass(frozen=True)
class LadderStep:
    """So long after the question was asked, for these."""

    after: timedelta
    rung: Rung


def of(urgency: str) -> list[LadderStep]:
    """The steps of this urgency, in order of time; none for one that is not known."""
    lines: dict[str, tuple[str, ...]] = {
        Urgency.THIS_SHIFT: settings().ladder_this_shift,
        Urgency.THIS_WEEK: settings().ladder_this_week,
        Urgency.WHEN_YOU_CAN: settings().ladder_when_you_can,
    }
    steps = [_step(line) for line in lines.get(urgency, ())]
    return sorted(steps, key=lambda step: step.after)


def _step(line: str) -> LadderStep:
    hours, _, rung = line.partition(" ")
    return LadderStep(timedelta(hours=float(hours)), Rung(rung))
