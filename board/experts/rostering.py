"""The on-call rota: who can be telephoned about what, from when to when.

Times are typed on the site's clock and kept in UTC. Where an hour comes twice in autumn, a duty
begins with the first and ends with the second: an overlap does less harm than a hole.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from board.activity.recording import record
from board.activity.verbs import Verb
from board.config import settings
from board.core import clock
from board.core.database import db
from board.core.errors import Invalid, Missing, Problem, require
from board.core.text import one_line
from board.experts import grouping, seating
from board.experts.models import LINE_LENGTH, Duty, ExpertGroup
from board.experts.rules import may_keep_rota
from board.people.models import Member, Person
from board.people.queries import person_called
from board.tags import naming
from board.tags.models import Tag

LONGEST = timedelta(days=31)
REFUSAL = "Only moderators, the lead of the tag and members of the group keep this rota."

_PHONE = re.compile(r"(?=.*[0-9])[A-Za-z0-9 +().,#*/-]{2,40}")


@dataclass(frozen=True)
class Typed:
    """One entry as it was typed or stands in a file."""

    topic: str
    who: str
    role: str
    phone: str
    starts: str
    ends: str


def add(person: Member, typed: Typed) -> Duty:
    """Put somebody on the rota. Raises `Refused`, or `Invalid` with a message for each field."""
    duty, _ = enter(person, typed)
    return duty


def enter(person: Member, typed: Typed) -> tuple[Duty, bool]:
    """The entry, and whether it is new: the same entry twice is one."""
    duty = checked(typed)
    require(may_keep_rota(person, is_lead=leads(person, duty)), REFUSAL)
    known = db.session.scalar(select(Duty).filter_by(**_values(duty)).limit(1))
    if known is not None:
        return known, False
    db.session.add(duty)
    record(person, Verb.DUTY_ADDED, duty)
    return duty, True


def end(person: Person, duty: Duty) -> None:
    """It is over now, before its time. Raises `Refused`."""
    require(may_keep_rota(person, is_lead=leads(person, duty)), REFUSAL)
    moment = clock.now()
    if duty.starts_at < moment < duty.ends_at:
        duty.ends_at = moment
        record(person, Verb.DUTY_ENDED, duty)


def remove(person: Person, duty: Duty) -> None:
    """It was a mistake. Raises `Refused`."""
    require(may_keep_rota(person, is_lead=leads(person, duty)), REFUSAL)
    record(person, Verb.DUTY_REMOVED, duty)
    db.session.delete(duty)


def leads(person: Member, duty: Duty) -> bool:
    """Whether they lead the tag, or are in the group, whose rota this is."""
    if person.id is None:
        return False
    if duty.group_id is not None:
        return grouping.is_member(person.id, duty.group_id)
    lead = seating.lead_of([duty.tag_id or 0])
    return lead is not None and lead.id == person.id


def duty_with_id(id: int) -> Duty:
    """The entry; raises `Missing`."""
    duty = db.session.get(Duty, id)
    if duty is None:
        raise Missing("There is no such entry on the rota.")
    return duty


def checked(typed: Typed) -> Duty:
    """The entry that was typed, not stored; raises `Invalid` naming everything that is wrong."""
    wrong: dict[str, str] = {}
    topic = _topic(typed.topic, wrong)
    person, role = _who(typed, wrong)
    phone = one_line(typed.phone)
    if not _PHONE.fullmatch(phone):
        wrong["phone"] = "A telephone or bleep number, such as 4567."
    starts, ends = _span(typed, wrong)
    if wrong or topic is None or starts is None or ends is None:
        raise Invalid(wrong)
    return Duty(
        tag_id=topic.id if isinstance(topic, Tag) else None,
        group_id=topic.id if isinstance(topic, ExpertGroup) else None,
        person_id=person.id if person else None,
        role=role,
        phone=phone,
        starts_at=starts,
        ends_at=ends,
    )


def _values(duty: Duty) -> dict[str, object]:
    names = ("tag_id", "group_id", "person_id", "role", "phone", "starts_at", "ends_at")
    return {name: getattr(duty, name) for name in names}


def _topic(typed: str, wrong: dict[str, str]) -> Tag | ExpertGroup | None:
    """A tag, or a group: by `@handle`, or by its handle where there is no such tag."""
    name = one_line(typed)
    if not name:
        wrong["topic"] = "Write a tag, or a group such as @pharmacy."
        return None
    try:
        return grouping.group_called(name) if name.startswith("@") else naming.tag_called(name)
    except Missing as problem:
        group = grouping.find(name)
        if group is None:
            wrong["topic"] = problem.message
        return group


def _who(typed: Typed, wrong: dict[str, str]) -> tuple[Person | None, str]:
    handle, role = one_line(typed.who).lstrip("@"), one_line(typed.role)
    if not handle and not role:
        wrong["who"] = "Write a user name, or the role that is on call."
    if len(role) > LINE_LENGTH:
        wrong["role"] = f"At most {LINE_LENGTH} characters, please."
    if not handle:
        return None, role
    try:
        person = person_called(handle)
        require(person.is_active, f"{person.name} has no account here.")
    except Problem as problem:
        wrong["who"] = problem.message
        return None, role
    return person, role


def _span(typed: Typed, wrong: dict[str, str]) -> tuple[datetime | None, datetime | None]:
    starts = _moment("starts", typed.starts, 0, wrong)
    ends = _moment("ends", typed.ends, 1, wrong)
    if starts is not None and ends is not None and not starts < ends <= starts + LONGEST:
        wrong["ends"] = f"It ends after it begins, within {LONGEST.days} days."
    return starts, ends


def _moment(name: str, typed: str, fold: int, wrong: dict[str, str]) -> datetime | None:
    """The moment that was typed on the site's clock, in UTC."""
    try:
        return clock.read(one_line(typed), settings().time_zone, fold)
    except ValueError as problem:
        wrong[name] = str(problem)
        return None
