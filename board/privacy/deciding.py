"""What a privacy reviewer does with a text that was put aside: release it, return it, discard it.

Whatever is decided, the sealed text goes with the decision; the row stays as the record of it.
"""

from sqlalchemy import select

from board.activity.recording import record
from board.activity.verbs import Verb
from board.config import settings
from board.core.clock import as_date, now
from board.core.database import db
from board.core.errors import Conflict, Invalid, Missing, Refused, require
from board.core.text import one_line
from board.people.models import CONSOLE, Member, Person
from board.privacy.elsewhere import hands
from board.privacy.holding import writing_of
from board.privacy.models import MESSAGE_LENGTH, Held, Outcome, WaitsFor
from board.privacy.rules import may_decide, may_review

REFUSAL = "Only a privacy reviewer may look at this."
OWN = "You wrote this yourself, so somebody else has to look at it."
DECIDED = "Somebody else decided about this a moment ago. It was {}."
BATCH = 100

IN_WORDS = {
    Outcome.RELEASED: "posted as it was",
    Outcome.RETURNED: "given back to its author",
    Outcome.DISCARDED: "discarded",
    Outcome.EXPIRED: "left until its time was over",
}


def release(reviewer: Person, held: Held) -> int:
    """Post it as its author, as if they had pressed the button now; returns the post's id.

    Raises `Conflict` when somebody has decided already, and what posting raises (a question that
    is gone by now, an edit of what was changed meanwhile): then it still waits.
    """
    _lock(reviewer, held)
    _require_may_post(held.author)
    held.post_id = hands().writers[held.form].post(held.author, writing_of(held))
    _decide(reviewer, held, Outcome.RELEASED)
    record(reviewer, Verb.PRIVACY_RELEASED, held, kinds=held.kinds, tells=held.author_id)
    return held.post_id


def give_back(reviewer: Person, held: Held, message: str) -> None:
    """Put it among the author's drafts, with a message. Raises `Invalid` without one."""
    message = one_line(message)[:MESSAGE_LENGTH]
    if not message:
        raise Invalid({"message": "Say in a few words what to change. The author will read it."})
    _lock(reviewer, held)
    if held.author_id is None:
        raise Invalid({"message": "It came by an import, so there is nobody to return it to."})
    hands().writers[held.form].give_back(held.author_id, writing_of(held))
    held.message = message
    _decide(reviewer, held, Outcome.RETURNED)
    record(reviewer, Verb.PRIVACY_RETURNED, held, kinds=held.kinds, tells=held.author_id)


def take_back(author: Person, held: Held) -> None:
    """Its author would rather change it: it goes back among their drafts."""
    require(author.id == held.author_id, "Only its author may take it back.")
    _refresh(held)
    hands().writers[held.form].give_back(author.id, writing_of(held))
    _decide(author, held, Outcome.RETURNED)
    is_first = held.waits_for == WaitsFor.MODERATOR
    verb = Verb.FIRST_POST_TAKEN_BACK if is_first else Verb.PRIVACY_RETURNED
    record(author, verb, held, kinds=held.kinds)


def discard(reviewer: Person, held: Held, message: str = "") -> None:
    """Let the text go for good."""
    _lock(reviewer, held)
    held.message = one_line(message)[:MESSAGE_LENGTH]
    _decide(reviewer, held, Outcome.DISCARDED)
    record(reviewer, Verb.PRIVACY_DISCARDED, held, kinds=held.kinds, tells=held.author_id)


def expire() -> int:
    """Due work: what nobody decided about in time goes, and its author is told."""
    late = db.session.scalars(
        select(Held)
        .where(
            Held.decided_at.is_(None),
            Held.waits_for == WaitsFor.REVIEWER,
            Held.expires_at <= now(),
        )
        .order_by(Held.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for held in late:
        held.outcome, held.decided_at, held.payload = Outcome.EXPIRED, now(), None
        record(CONSOLE, Verb.PRIVACY_EXPIRED, held, kinds=held.kinds, tells=held.author_id)
    db.session.commit()
    return len(late)


def held_with_id(id: int, reader: Member) -> Held:
    """What was put aside, for its author, or a reviewer if it waits for one. Raises `Missing` or
    `Refused`.
    """
    held = db.session.get(Held, id)
    if held is None:
        raise Missing("There is nothing held under this number.")
    is_own = reader.id is not None and reader.id == held.author_id
    is_for_reviewers = held.waits_for == WaitsFor.REVIEWER
    require(is_own or (is_for_reviewers and may_review(reader, held.author_id)), REFUSAL)
    return held


def _lock(reviewer: Person, held: Held) -> None:
    """Two reviewers at once: one outcome, and the second is told."""
    is_for_reviewers = held.waits_for == WaitsFor.REVIEWER
    require(is_for_reviewers and may_review(reviewer, held.author_id), REFUSAL)
    require(may_decide(reviewer, held.author_id), OWN)
    _refresh(held)


def _refresh(held: Held) -> None:
    db.session.refresh(held, with_for_update=True)
    if held.decided_at is not None:
        raise Conflict(DECIDED.format(IN_WORDS[Outcome(held.outcome or Outcome.EXPIRED)]))


def _require_may_post(author: Person | None) -> None:
    if author is not None and author.is_suspended and author.suspended_until is not None:
        until = as_date(author.suspended_until, settings().time_zone)
        raise Refused(
            f"Its author is suspended until {until}, so it cannot be posted before. "
            "Release it after that, or return it with a message."
        )


def _decide(reviewer: Person, held: Held, outcome: Outcome) -> None:
    held.outcome, held.decided_at, held.decided_by_id = outcome, now(), reviewer.id
    held.payload = None
