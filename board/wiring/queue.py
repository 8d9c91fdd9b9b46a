"""What waits for moderators, the gravest first."""

from board.core.queueing import QueueKind
from board.moderation import kinds, kinds_of_answers

QUEUE: list[QueueKind] = [
    kinds.UNSAFE,
    kinds_of_answers.REPORTED,
    kinds_of_answers.PROBLEM,
    kinds_of_answers.SECOND,
    kinds.FLAGGED,
    kinds.FIRST,
    kinds.SUGGESTED,
    kinds_of_answers.REVIEW,
    kinds.UNANSWERED,
    kinds.NOT_ACCEPTED,
]
