"""Seats: somebody is nominated, confirmed, declines, or ends it. All of it is a person's deed."""

from collections.abc import Iterable

from sqlalchemy import delete, select, update

from board.activity.recording import Deed, record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db
from board.core.errors import Conflict, Gone, Missing, require
from board.experts.models import LIVE, Duty, GroupSeat, Seat, Status
from board.experts.rules import may_confirm, may_decline_seat, may_end, may_nominate
from board.people.models import Person
from board.tags.models import Tag


def nominate(nominator: Person, person: Person, tag: Tag) -> Seat:
    """Put somebody forward as an expert for this tag; themselves too. Raises `Refused` or
    `Conflict`.
    """
    require(may_nominate(nominator), "Sign in to nominate somebody.")
    _require_can_sit(person)
    latest = db.session.scalar(
        select(Seat).filter_by(person_id=person.id, tag_id=tag.id).order_by(Seat.id.desc()).limit(1)
    )
    if latest is not None and latest.is_live:
        raise Conflict(f"{person.name} is {latest.status} for {tag.name} already.")
    was_declined = latest is not None and latest.status == Status.DECLINED
    require(
        not was_declined or nominator.id == person.id,
        f"{person.name} does not want to be listed for {tag.name}. Only they can change that.",
    )
    seat = Seat(person=person, tag=tag, nominated_by_id=nominator.id)
    db.session.add(seat)
    record(nominator, Verb.EXPERT_NOMINATED, seat, tells=person.id)
    return seat


def confirm(confirmer: Person, seat: Seat) -> None:
    """List them from now on; a second time changes nothing. Raises `Refused` or `Gone`."""
    require(
        may_confirm(confirmer, seat, is_expert=is_expert(confirmer.id, seat.tag_id)),
        "Another expert of this tag or a moderator confirms this.",
    )
    if not seat.is_live:
        raise Gone("This nomination is over. Nominate them again if they agree.")
    if seat.status == Status.NOMINATED:
        _require_can_sit(seat.person)
        seat.status = Status.CONFIRMED
        seat.confirmed_by_id, seat.confirmed_at = confirmer.id, now()
        record(confirmer, Verb.EXPERT_CONFIRMED, seat, tells=seat.person_id)


def decline(person: Person, seat: Seat) -> None:
    """Somebody does not want to be listed, at any stage. Raises `Refused`."""
    require(may_decline_seat(person, seat), "Only they themselves can decline.")
    if seat.is_live:
        _close(person, seat, Status.DECLINED)
        record(person, Verb.EXPERT_DECLINED, seat)


def end(person: Person, seat: Seat) -> None:
    """They are no longer an expert for this tag, and may be again. Raises `Refused`."""
    require(may_end(person, seat), "Only they themselves and moderators can end this.")
    if seat.is_live:
        _close(person, seat, Status.ENDED)
        record(person, Verb.EXPERT_ENDED, seat, tells=seat.person_id)


def seat_with_id(id: int) -> Seat:
    """The seat; raises `Missing`. Held, so that two who decide at once do not both."""
    seat = db.session.get(Seat, id, with_for_update={"key_share": True})
    if seat is None:
        raise Missing("There is no such nomination.")
    return seat


def is_expert(person_id: int, tag_id: int) -> bool:
    """Whether this person is confirmed for this tag."""
    seat = select(Seat.id).filter_by(person_id=person_id, tag_id=tag_id, status=Status.CONFIRMED)
    return db.session.scalar(seat) is not None


def lead_of(tag_ids: Iterable[int]) -> Person | None:
    """Whoever of those confirmed for these tags has been so for longest, and still works here."""
    return db.session.scalar(
        select(Person)
        .join(Seat, Seat.person_id == Person.id)
        .where(
            Seat.tag_id.in_(tag_ids),
            Seat.status == Status.CONFIRMED,
            Person.deactivated_at.is_(None),
        )
        .order_by(Seat.confirmed_at, Seat.id)
        .limit(1)
    )


def led_by(person_id: int | None) -> set[int]:
    """The ids of the tags this person leads."""
    seats = db.session.execute(
        select(Seat.tag_id, Seat.person_id)
        .join(Person, Person.id == Seat.person_id)
        .where(Seat.status == Status.CONFIRMED, Person.deactivated_at.is_(None))
        .order_by(Seat.confirmed_at, Seat.id)
    )
    first: dict[int, int] = {}
    for seat in seats:
        first.setdefault(seat.tag_id, seat.person_id)
    return {tag_id for tag_id, lead_id in first.items() if lead_id == person_id}


def follow_merge(deed: Deed) -> None:
    """A tag became another: its experts are that one's now, unless they sit there already."""
    into: Tag = deed.subject
    merged_id = deed.activity.detail["merged"]
    there = select(Seat.person_id).where(Seat.tag_id == into.id, Seat.status.in_(LIVE))
    old = update(Seat).where(Seat.tag_id == merged_id).execution_options(synchronize_session=False)
    db.session.execute(
        old.where(Seat.person_id.in_(there), Seat.status.in_(LIVE)).values(
            status=Status.ENDED, ended_at=now(), ended_by_id=deed.actor.id
        )
    )
    db.session.execute(old.values(tag_id=into.id))
    _move_groups(merged_id, into.id)


def _move_groups(merged_id: int, into_id: int) -> None:
    """Groups and the rota of a merged tag are the other one's."""
    there = select(GroupSeat.group_id).where(GroupSeat.tag_id == into_id)
    without_sync = {"synchronize_session": False}
    moved = update(GroupSeat).where(GroupSeat.tag_id == merged_id, GroupSeat.group_id.not_in(there))
    db.session.execute(moved.values(tag_id=into_id), execution_options=without_sync)
    db.session.execute(
        delete(GroupSeat).where(GroupSeat.tag_id == merged_id), execution_options=without_sync
    )
    db.session.execute(
        update(Duty).where(Duty.tag_id == merged_id).values(tag_id=into_id),
        execution_options=without_sync,
    )


def _close(person: Person, seat: Seat, status: Status) -> None:
    seat.status = status
    seat.ended_by_id, seat.ended_at = person.id, now()


def _require_can_sit(person: Person) -> None:
    require(
        person.is_active and not person.is_imported,
        f"{person.name} has no account here, so nobody could ask them.",
    )
