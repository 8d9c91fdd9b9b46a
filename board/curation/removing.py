"""Taking an answer out of use, in favour of another one or of none, and bringing it back.

It stays where it is and says so: nothing that people may have followed disappears.
"""

from collections.abc import Sequence

from sqlalchemy import select

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db
from board.core.errors import Invalid
from board.curation import deciding, problems
from board.curation.deciding import Held, Seen
from board.curation.models import Ended, ProblemReport, Removal
from board.curation.states import Action
from board.curation.verifying import end_all, said
from board.people.models import Person
from board.posts import accepting, hiding
from board.posts.confiding import signature
from board.posts.models import OUT_OF_USE, Answer, Post, Standing
from board.posts.rules import writer_id


def withdraw(person: Person, answer: Answer, seen: Seen, reason: str) -> list[int]:
    """Nobody should follow this any more. Returns which reports that settled.

    Raises `Refused`, `Outpaced`, `Invalid`.
    """
    held = deciding.hold(person, answer, seen)
    after = held.after(Action.WITHDRAW)
    if not said(reason):
        raise Invalid({"reason": "Say in a few words why. Readers of the answer will see it."})
    settled = _remove(person, held, after, reason)
    record(person, Verb.ANSWER_WITHDRAWN, answer, tells=_whom(held, settled))
    return [each.id for each in settled]


def supersede(
    person: Person, answer: Answer, seen: Seen, successor: Answer | None, reason: str = ""
) -> None:
    """Another answer takes its place, and its address leads there. Raises `Invalid` for one that
    cannot, or that leads back here.
    """
    held = deciding.hold(person, answer, seen)
    after = held.after(Action.SUPERSEDE)
    if successor is None or not successor.is_visible or successor.standing in OUT_OF_USE:
        raise Invalid({"successor": "Choose an answer that can be read and is in use."})
    if successor.id == answer.id:
        raise Invalid({"successor": "An answer cannot take its own place."})
    settled = _remove(person, held, after, reason, successor)
    tells = sorted({*_whom(held, settled), *filter(None, [writer_id(successor)])})
    record(person, Verb.ANSWER_SUPERSEDED, answer, by=successor.id, tells=tells)


def remove(person: Person, post: Post, reason: str) -> list[int]:
    """Take a post out of sight. An answer that people may have followed is withdrawn first, so that
    its recall begins; returns which reports that settled. Raises what `withdraw` and `hide` do.
    """
    settled: list[int] = []
    is_followed = post.is_visible and hiding.is_followed(post)
    if isinstance(post, Answer) and is_followed and person.is_moderator:
        settled = withdraw(person, post, Seen(post.revision_number, post.standing), reason)
    hiding.hide(person, post, reason)
    return settled


def reinstate(person: Person, answer: Answer, seen: Seen) -> None:
    """Use it again; nobody has verified it then. Raises `Refused` or `Outpaced`."""
    held = deciding.hold(person, answer, seen)
    after = held.after(Action.REINSTATE)
    removal = standing_removal(answer.id)
    if removal is not None:
        removal.ended_at, removal.ended_by_id = now(), signature(person, answer)
    answer.replaced_by_id = None
    deciding.put(answer, after, "reinstated")
    record(person, Verb.ANSWER_REINSTATED, answer, tells=deciding.concerned(held))


def standing_removal(answer_id: int) -> Removal | None:
    """Why it is out of use now."""
    return db.session.scalar(select(Removal).filter_by(answer_id=answer_id, ended_at=None))


def _whom(held: Held, settled: Sequence[ProblemReport]) -> list[int]:
    """Whom it concerns, and whoever had said that something is wrong with it."""
    return sorted({*deciding.concerned(held), *(each.person_id for each in settled)})


def _remove(
    person: Person, held: Held, after: Standing, reason: str, successor: Answer | None = None
) -> Sequence[ProblemReport]:
    answer = held.answer
    end_all(held.standing, signature(person, answer), Ended.OUT_OF_USE)
    settled = problems.close_reports(person, answer)
    accepting.end_because(person, answer, "It is not to be followed any more.")
    successor_id = successor.id if successor else None
    db.session.add(
        Removal(
            answer_id=answer.id,
            replaced_by_id=successor_id,
            removed_by_id=person.id,
            reason=said(reason),
        )
    )
    answer.replaced_by_id = successor_id
    deciding.put(answer, after)
    return settled
