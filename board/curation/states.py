"""The states of an answer: one table of what leads where, and who may do it.

`docs/answer-states.md` is made of this table. Whoever acts may be several of these at once: an
author who is a moderator, an expert who has verified it already.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from board.core.errors import Conflict, Refused
from board.posts.models import Standing


class Role(StrEnum):
    """What somebody is to an answer."""

    MEMBER = "member"
    AUTHOR = "author"
    CONTRIBUTOR = "contributor"
    EXPERT = "expert"
    STAND_IN = "stand-in"
    VERIFIER = "verifier"
    MODERATOR = "moderator"
    BOARD = "board"


class Action(StrEnum):
    """What can happen to an answer."""

    VERIFY = "verify"
    VERIFY_PARTLY = "verify, with another one still needed"
    END_VERIFICATION = "withdraw the verification"
    EDIT = "edit"
    CORRECT = "correct a small thing, still true"
    REPORT_UNSAFE = "report as unsafe"
    CLEAR = "find the report unfounded"
    WITHDRAW = "withdraw the answer"
    SUPERSEDE = "replace by another answer"
    REINSTATE = "bring it back"
    CALL_FOR_REVIEW = "review date or source is over"
    EXPIRE = "nobody reviewed it"
    ASK_FOR_SECOND = "its tags ask for more than it has"
    BE_ENOUGH = "its tags ask for no more than it has"


POSTED, PARTLY, VERIFIED = Standing.POSTED, Standing.PARTLY, Standing.VERIFIED
REVIEW_DUE, EXPIRED, UNSAFE = Standing.REVIEW_DUE, Standing.EXPIRED, Standing.UNSAFE
WITHDRAWN, SUPERSEDED = Standing.WITHDRAWN, Standing.SUPERSEDED

MARKED = (PARTLY, VERIFIED, REVIEW_DUE, EXPIRED)
IN_USE = (POSTED, *MARKED)

ANYBODY = frozenset(Role) - {Role.BOARD}
KNOWING = frozenset({Role.EXPERT, Role.STAND_IN})
DECIDING = frozenset({Role.EXPERT, Role.MODERATOR})
AUTHOR, VERIFIER = frozenset({Role.AUTHOR}), frozenset({Role.VERIFIER})
WRITERS = AUTHOR | {Role.CONTRIBUTOR}
BOARD = frozenset({Role.BOARD})
NOBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Step:
    """From these states to that one (None: it stays), by one of `by` who is none of `never`."""

    action: Action
    before: tuple[Standing, ...]
    after: Standing | None
    by: frozenset[Role]
    never: frozenset[Role] = NOBODY


TABLE = (
    Step(Action.VERIFY, (POSTED, REVIEW_DUE, EXPIRED, VERIFIED), VERIFIED, KNOWING, WRITERS),
    Step(Action.VERIFY, (PARTLY,), VERIFIED, KNOWING, WRITERS | VERIFIER),
    Step(Action.VERIFY_PARTLY, (POSTED,), PARTLY, KNOWING, WRITERS),
    Step(Action.VERIFY_PARTLY, (PARTLY,), PARTLY, KNOWING, WRITERS | VERIFIER),
    Step(Action.VERIFY_PARTLY, (VERIFIED, REVIEW_DUE, EXPIRED), None, KNOWING, WRITERS),
    Step(Action.END_VERIFICATION, MARKED, POSTED, DECIDING | VERIFIER),
    Step(Action.EDIT, MARKED, POSTED, ANYBODY),
    Step(Action.EDIT, (POSTED, UNSAFE, WITHDRAWN, SUPERSEDED), None, ANYBODY),
    Step(Action.CORRECT, MARKED, None, VERIFIER, AUTHOR),
    Step(Action.REPORT_UNSAFE, IN_USE, UNSAFE, ANYBODY),
    Step(Action.CLEAR, (UNSAFE,), POSTED, DECIDING, AUTHOR),
    Step(Action.WITHDRAW, (*IN_USE, UNSAFE), WITHDRAWN, DECIDING | AUTHOR),
    Step(Action.SUPERSEDE, (*IN_USE, UNSAFE), SUPERSEDED, DECIDING | AUTHOR),
    Step(Action.REINSTATE, (WITHDRAWN, SUPERSEDED), POSTED, DECIDING, AUTHOR),
    Step(Action.CALL_FOR_REVIEW, (VERIFIED,), REVIEW_DUE, BOARD),
    Step(Action.CALL_FOR_REVIEW, (PARTLY, REVIEW_DUE, EXPIRED), None, BOARD),
    Step(Action.EXPIRE, (PARTLY, VERIFIED, REVIEW_DUE), EXPIRED, BOARD),
    Step(Action.ASK_FOR_SECOND, (VERIFIED, REVIEW_DUE), PARTLY, BOARD),
    Step(Action.BE_ENOUGH, (PARTLY,), VERIFIED, BOARD),
)

IMPOSSIBLE = "As this answer stands now, that cannot be done with it. Look at it once more."
_OTHERS = "An expert for one of its tags or a moderator"
BY_OTHERS = {
    Action.VERIFY: "An expert for one of its tags verifies it: not its author nor whoever "
    "changed its text since, and each only once.",
    Action.CORRECT: "Only whoever verified it can say that it is still true.",
    Action.CLEAR: f"{_OTHERS} decides that, not its author.",
    Action.REINSTATE: f"{_OTHERS} brings it back, not its author.",
}
NOT_ALLOWED = "Its author, an expert for one of its tags or a moderator decides that."
BY_OTHERS[Action.VERIFY_PARTLY] = BY_OTHERS[Action.VERIFY]


def after(standing: str, action: Action, roles: Iterable[Role]) -> Standing:
    """Where this leads. Raises `Conflict` where it cannot be done, `Refused` where not by them."""
    step = _step(Standing(standing), action)
    if step is None:
        raise Conflict(IMPOSSIBLE)
    if not _may(step, frozenset(roles)):
        raise Refused(BY_OTHERS.get(action, NOT_ALLOWED))
    return step.after or Standing(standing)


def may(standing: str, action: Action, roles: Iterable[Role]) -> bool:
    """Whether somebody who is this may do that now."""
    step = _step(Standing(standing), action)
    return step is not None and _may(step, frozenset(roles))


def _step(standing: Standing, action: Action) -> Step | None:
    steps = (step for step in TABLE if step.action == action and standing in step.before)
    return next(steps, None)


def _may(step: Step, roles: frozenset[Role]) -> bool:
    return bool(roles & step.by) and not roles & step.never
