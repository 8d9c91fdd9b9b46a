"""Who looks after an answer when somebody leaves: an expert for its tags, else the moderators.

An answer without an owner is the moderators': they are told what its owner would be.
"""

from sqlalchemy import delete, func, select, update

from board.activity.recording import Deed, record
from board.activity.verbs import Verb
from board.core.database import db
from board.core.errors import Conflict, Invalid, Refused, require
from board.curation.models import ReviewTask
from board.curation.rules import may_hand_over
from board.experts import seating
from board.experts.models import LIVE, Seat
from board.experts.queries import expert_seats
from board.people.models import Person
from board.posts.models import Answer, Post
from board.posts.rules import writer_id


def hand_over(moderator: Person, leaver: Person, successor: Person) -> tuple[int, int]:
    """Give somebody's tags and reviews to somebody else; returns how many of each.

    Raises `Refused`, or `Invalid` for a successor who cannot take them.
    """
    require(may_hand_over(moderator), "Only a moderator hands over somebody's tags and reviews.")
    if successor.id == leaver.id or not successor.is_active or successor.is_imported:
        raise Invalid({"handle": "Choose somebody else who has an account here."})
    seats = db.session.scalars(
        select(Seat).where(Seat.person_id == leaver.id, Seat.status.in_(LIVE))
    )
    tags = [_pass_seat(moderator, seat, successor) for seat in seats.all()]
    answers = _of(leaver.id)
    _give(answers, successor.id)
    record(moderator, Verb.HANDED_OVER, leaver, to=successor.id, answers=len(answers))
    return len(tags), len(answers)


def follow_leaving(deed: Deed) -> None:
    """Somebody has no access any more: their reviews fall to whoever is an expert longest."""
    for answer_id in _of(deed.subject.id):
        _give([answer_id], _longest_expert(answer_id, but=deed.subject.id))


def how_many(person_id: int) -> int:
    """How many answers somebody looks after."""
    mine = select(func.count()).select_from(Answer).where(Answer.owner_id == person_id)
    return db.session.scalar(mine) or 0


def _of(person_id: int) -> list[int]:
    return list(db.session.scalars(select(Answer.id).where(Answer.owner_id == person_id)))


def _give(answers: list[int], owner_id: int | None) -> None:
    """The new owner is told in time, even where the old one had been."""
    without_sync = {"synchronize_session": False}
    db.session.execute(
        update(Post).where(Post.id.in_(answers)).values(owner_id=owner_id),
        execution_options=without_sync,
    )
    db.session.execute(
        delete(ReviewTask).where(ReviewTask.answer_id.in_(answers)), execution_options=without_sync
    )
    db.session.expire_all()


def _longest_expert(answer_id: int, but: int) -> int | None:
    answer = db.session.get_one(Answer, answer_id)
    others = expert_seats(answer.question_id).where(
        Seat.person_id != but, Seat.person_id.is_distinct_from(writer_id(answer))
    )
    return db.session.scalar(others.order_by(Seat.confirmed_at, Seat.id).limit(1))


def _pass_seat(moderator: Person, seat: Seat, successor: Person) -> int:
    """The seat ends, and the successor has one in its tag."""
    tag = seat.tag
    seating.end(moderator, seat)
    try:
        made = seating.nominate(moderator, successor, tag)
        seating.confirm(moderator, made)
    except (Conflict, Refused) as problem:
        if isinstance(problem, Refused):
            raise Invalid({"handle": problem.message}) from None
    return tag.id
