"""Giving somebody a role."""

from sqlalchemy import select

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.database import db
from board.core.errors import Invalid, Refused, require
from board.people.models import Member, Person, Role
from board.people.rules import may_manage_people


def appoint(administrator: Member, person: Person, role: str) -> None:
    """Make this the person's role. Raises `Refused`, or `Invalid` for an unknown role."""
    require(may_manage_people(administrator), "Only an administrator may change roles.")
    if role not in set(Role):
        raise Invalid({"role": f"A role is one of {', '.join(Role)}."})
    if role == person.role:
        return
    keep_one_administrator(person)
    before, person.role = person.role, Role(role)
    record(administrator, Verb.ROLE_CHANGED, person, before=before, after=person.role)


def let_review(administrator: Member, person: Person, *, reviews: bool) -> None:
    """Say whether this person looks through what may hold patients' details. Raises `Refused`."""
    require(may_manage_people(administrator), "Only an administrator may choose reviewers.")
    if reviews == person.reviews_privacy:
        return
    person.reviews_privacy = reviews
    record(administrator, Verb.REVIEWER_APPOINTED if reviews else Verb.REVIEWER_ENDED, person)


def keep_one_administrator(person: Person) -> None:
    """Refuse to take the last administrator's rights away."""
    administrators = db.session.scalars(
        select(Person.id)
        .where(Person.role == Role.ADMINISTRATOR, Person.deactivated_at.is_(None))
        .with_for_update()
    ).all()
    if administrators == [person.id]:
        raise Refused("This is the only administrator. Appoint another one first.")
