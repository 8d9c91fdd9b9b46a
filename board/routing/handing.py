"""Hand-over: what waits with people who are not here goes to somebody who is."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from board.core.clock import now
from board.core.database import AnyRow, db
from board.core.errors import Conflict, Refused, require
from board.experts import reaching, requesting, seating
from board.experts.models import LIVE, Reachability, Request, Seat, State
from board.experts.rules import may_hand_over
from board.people.models import Member, Person
from board.posts.models import PostTag, Question
from board.routing import escalating
from board.tags.models import Tag

LONG = timedelta(days=7)
SOON = timedelta(days=14)
SHOWN = 300
REFUSAL = "Only moderators and the lead of the tag hand over what waits with others."


def hand_over(actor: Person, request: Request, to: Person) -> Request:
    """Give one request to somebody else. Raises `Refused` or `Conflict`."""
    _require_may(actor, request)
    return requesting.hand_over(actor, request, to)


def give_back(actor: Person, request: Request) -> None:
    """Let the ladder of the question find somebody. Raises `Refused`."""
    _require_may(actor, request)
    requesting.give_back(actor, request)
    escalating.resume(request.question_id)


def hand_over_all(actor: Person, person: Person, to: Person | None) -> tuple[int, int]:
    """Everything that waits with this person goes to somebody else, or back to the ladder; what
    that person cannot be asked goes back too. Returns how many went where.
    """
    handed = returned = 0
    for request in _waiting_with(actor, person):
        if to is not None:
            with suppress(Refused, Conflict):
                requesting.hand_over(actor, request, to)
                handed += 1
                continue
        give_back(actor, request)
        returned += 1
    return handed, returned


def requests(reader: Member) -> Sequence[AnyRow]:
    """What waits with people who are away for long, have left or are leaving, by person."""
    rows = db.session.execute(
        select(
            Request.id,
            Request.question_id,
            Request.asked_at,
            Question.title,
            *_WHO,
        )
        .join(Question, Question.id == Request.question_id)
        .join(Person, Person.id == Request.person_id)
        .outerjoin(Reachability, Reachability.person_id == Person.id)
        .where(Request.state == State.OPEN, Question.hidden_at.is_(None), _is_absent())
        .where(*_within_reach(reader))
        .order_by(Person.name, Person.id, Request.id)
        .limit(SHOWN)
    )
    return rows.all()


def seats(reader: Member) -> Sequence[AnyRow]:
    """The seats of the same people."""
    led = () if reader.is_moderator else (Seat.tag_id.in_(seating.led_by(reader.id)),)
    rows = db.session.execute(
        select(Seat.id, Seat.person_id, Seat.status, Tag.name.label("tag"), *_WHO)
        .join(Tag, Tag.id == Seat.tag_id)
        .join(Person, Person.id == Seat.person_id)
        .outerjoin(Reachability, Reachability.person_id == Person.id)
        .where(Seat.status.in_(LIVE), _is_absent(), *led)
        .order_by(Person.name, Person.id, Tag.name)
        .limit(SHOWN)
    )
    return rows.all()


def may_look(person: Member) -> bool:
    """Moderators, and whoever leads a tag."""
    return may_hand_over(person, is_lead=bool(person.is_moderator or seating.led_by(person.id)))


_WHO = (
    Person.name,
    Person.handle,
    Person.profession,
    Person.deactivated_at,
    Reachability.away_until,
    Reachability.last_day,
)


def _is_absent() -> ColumnElement[bool]:
    today = reaching.today()
    return or_(
        Person.deactivated_at.is_not(None),
        Reachability.away_until > today + LONG,
        Reachability.last_day <= today + SOON,
    )


def _within_reach(reader: Member) -> tuple[ColumnElement[bool], ...]:
    """Of what a lead sees: questions in the tags they lead."""
    if reader.is_moderator:
        return ()
    led = seating.led_by(reader.id)
    linked = select(PostTag.post_id).where(
        and_(PostTag.post_id == Request.question_id, PostTag.tag_id.in_(led))
    )
    return (linked.exists(),)


def _waiting_with(actor: Person, person: Person) -> list[Request]:
    require(may_look(actor), REFUSAL)
    waiting = (
        select(Request)
        .join(Question, Question.id == Request.question_id)
        .where(Request.person_id == person.id, Request.state == State.OPEN)
        .where(Request.asked_at <= now(), Question.hidden_at.is_(None), *_within_reach(actor))
        .order_by(Request.id)
    )
    return list(db.session.scalars(waiting))


def _require_may(actor: Person, request: Request) -> None:
    tags = set(db.session.scalars(select(PostTag.tag_id).filter_by(post_id=request.question_id)))
    is_lead = actor.is_moderator or bool(tags & seating.led_by(actor.id))
    require(may_hand_over(actor, is_lead=is_lead), REFUSAL)
