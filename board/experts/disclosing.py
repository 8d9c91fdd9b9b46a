"""Seats, how somebody is reached, and what they were asked."""

from sqlalchemy import or_, select

from board.core.disclosing import Record, rows
from board.experts.models import Duty, ExpertGroup, GroupMember, Reachability, Request, Seat
from board.tags.models import Tag


def seats(person_id: int) -> Record:
    """What they are listed for."""
    query = (
        select(Tag.name.label("tag"), Seat.status, Seat.nominated_at, Seat.ended_at)
        .join(Tag, Tag.id == Seat.tag_id)
        .where(Seat.person_id == person_id)
    )
    return Record("seats", "What you are listed for", "Everybody sees it.", rows(query))


def reached(person_id: int) -> Record:
    """How colleagues reach them."""
    query = select(Reachability.line, Reachability.weekly_cap, Reachability.away_until).filter_by(
        person_id=person_id
    )
    return Record("reachability", "How you are reached", "You wrote it yourself.", rows(query))


def asked(person_id: int) -> Record:
    """Requests to them and by them."""
    is_theirs = or_(Request.person_id == person_id, Request.asker_id == person_id)
    query = select(Request.question_id, Request.state, Request.asked_at, Request.closed_at)
    about = "Everybody who reads the question sees where it stands."
    return Record(
        "requests", "Who asked you, and whom you asked", about, rows(query.where(is_theirs))
    )


def groups(person_id: int) -> Record:
    """Expert groups they belong to."""
    query = (
        select(ExpertGroup.name.label("group"), GroupMember.status, GroupMember.since)
        .join(ExpertGroup, ExpertGroup.id == GroupMember.group_id)
        .where(GroupMember.person_id == person_id)
    )
    return Record("groups", "Groups you belong to", "Everybody sees it.", rows(query))


def on_call(person_id: int) -> Record:
    """When they are on the rota."""
    query = select(Duty.role, Duty.phone, Duty.starts_at, Duty.ends_at)
    mine = query.filter_by(person_id=person_id)
    return Record("rota", "When you are on call", "Everybody sees it.", rows(mine))
