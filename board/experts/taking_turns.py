"""Asking a group: its members take turns, and any of them may take it over."""

from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import case, func, select

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.database import db
from board.core.errors import Conflict, Refused, require
from board.experts import grouping, reaching, receiving, requesting
from board.experts.models import (
    ExpertGroup,
    GroupMember,
    Membership,
    Reachability,
    Request,
    State,
)
from board.experts.rules import may_take
from board.people.models import Person
from board.posts.models import Question


def ask_group(asker: Person, question: Question, group: ExpertGroup) -> Request:
    """Ask a group: its members take turns, and any of them may take it over.

    One member has it, because what everybody was asked is nobody's. Raises `Conflict` when the
    group was asked already, `Refused` when no member can be asked now.
    """
    receiving.require_open(asker, question)
    waits = select(Request.id).filter_by(
        question_id=question.id, group_id=group.id, state=State.OPEN
    )
    if db.session.scalar(waits) is not None:
        raise Conflict(f"{group.name} has been asked already and has not answered yet.")
    for member in turns(group.id):
        with suppress(Refused, Conflict):
            recipient = receiving.recipient(asker, question, member)
            return requesting.send(asker, asker, question, recipient, member, group=group)
    raise Refused(f"Nobody of {group.name} can be asked now. Please ask somebody else, or phone.")


def turns(group_id: int) -> Sequence[Person]:
    """The members of a group, whoever was asked least this week and longest ago first."""
    asked_at = (
        select(func.max(Request.asked_at))
        .where(Request.person_id == Person.id)
        .correlate(Person)
        .scalar_subquery()
    )
    away = case((~reaching.is_here(), 1), else_=0)
    return db.session.scalars(
        select(Person)
        .join(GroupMember, GroupMember.person_id == Person.id)
        .outerjoin(Reachability, Reachability.person_id == Person.id)
        .where(
            GroupMember.group_id == group_id,
            GroupMember.status == Membership.MEMBER,
            Person.deactivated_at.is_(None),
        )
        .order_by(away, reaching.load(), asked_at.is_not(None), asked_at, Person.id)
    ).all()


def take(person: Person, request: Request) -> Request:
    """A member of the group takes over what another member has; whoever had it is told."""
    is_member = grouping.is_member(person.id, request.group_id)
    require(
        may_take(person, request, is_member=is_member),
        "Only another member of the group that was asked can take this over.",
    )
    requesting.hold(request)
    requesting.require_waiting(request)
    receiving.require_open(person, request.question)
    receiving.require_askable(request.asker, request.question, person)
    request.passed_to_id = person.id
    requesting.close(request, State.PASSED)
    record(person, Verb.REQUEST_TAKEN, request, tells=request.person_id)
    return requesting.send(
        person, request.asker, request.question, person, person, group=request.group
    )
