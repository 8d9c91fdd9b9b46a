"""Taking a decision of the queue back: an answer stands exactly as it stood; nobody is alarmed.

What the decision changed is kept with it, by number; only that is put back. Where anything was
decided or written since, it is refused.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from board.core.clock import now
from board.core.database import db
from board.core.errors import Conflict
from board.curation import caring, deciding, problems, recalling, removing
from board.curation.models import Verification
from board.people.models import Person
from board.posts import accepting
from board.posts.confiding import signature
from board.posts.models import Answer, Standing

SINCE = "Something was decided or changed since, so this cannot be undone from here."


def as_it_stands(answer: Answer) -> dict[str, Any]:
    """What a decision is about to change, for `put_back`. The answer is held from here on."""
    db.session.refresh(answer, with_for_update=True)
    return {
        "stood": answer.standing,
        "why": answer.standing_why,
        "revision": answer.revision_number,
        "verifications": [each.id for each in deciding.standing_verifications(answer.id)],
        "recall": recalling.under_way_id(answer.id),
        "accepted": accepting.acceptances_of(answer.id),
    }


def put_back(person: Person, answer: Answer, was: Mapping[str, Any]) -> None:
    """As it was before: its state, its marks, the reports of `settled`. Raises `Conflict`."""
    db.session.refresh(answer, with_for_update=True)
    if (answer.standing, answer.revision_number) != (was["left"], was["revision"]):
        raise Conflict(SINCE)
    problems.reopen(was["settled"])
    _end_removal(person, answer)
    _stand_again(was["verifications"])
    recalling.end_begun_since(answer.id, was["recall"])
    needed = caring.of_answer(answer).verifiers
    deciding.put(answer, Standing(was["stood"]), was["why"], needed=needed)
    accepting.stand_again(person, was["accepted"])


def _end_removal(person: Person, answer: Answer) -> None:
    removal = removing.standing_removal(answer.id)
    if removal is not None:
        removal.ended_at, removal.ended_by_id = now(), signature(person, answer)
        answer.replaced_by_id = None


def _stand_again(verification_ids: Sequence[int]) -> None:
    ended = select(Verification).where(Verification.id.in_(verification_ids))
    for each in db.session.scalars(ended):
        each.ended_at, each.ended_by_id, each.why_ended, each.reason = None, None, "", ""
