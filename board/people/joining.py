"""Somebody starts to work here, or moves to another ward."""

import re
from zlib import crc32

from sqlalchemy import select

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.database import db, upsert
from board.core.errors import Invalid, require
from board.core.text import one_line, slug
from board.people.models import Department, Member, Person, Role
from board.people.rules import is_shared_account, may_manage_people

HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])?")
NAME_LENGTH = 80

REFUSAL = "Only an administrator may add or change people."


def add(
    administrator: Member,
    handle: str,
    *,
    name: str = "",
    profession: str = "",
    department: str = "",
    role: str = Role.MEMBER,
) -> Person:
    """A new person; an unknown department is made. Raises `Refused` or `Invalid`."""
    require(may_manage_people(administrator), REFUSAL)
    person = enrol(handle, name=name, profession=profession, department=department, role=role)
    record(administrator, Verb.JOINED, person, role=person.role)
    return person


def register(handle: str, *, name: str, profession: str, department: str) -> Person:
    """Somebody joins by themselves, where the site allows it; always as a member."""
    person = enrol(handle, name=name, profession=profession, department=department)
    record(person, Verb.JOINED, person, role=person.role)
    return person


def change(
    administrator: Member, person: Person, *, name: str, profession: str, department: str
) -> None:
    """Correct somebody's name, profession or department. Raises `Refused` or `Invalid`."""
    require(may_manage_people(administrator), REFUSAL)
    person.name = _checked_name(name)
    person.profession = one_line(profession)[:NAME_LENGTH]
    person.department = department_named(department)
    record(administrator, Verb.PERSON_CHANGED, person)


def show_helped(person: Person, shows: bool) -> None:
    """Show others, or keep private, how many colleagues this person helped."""
    person.shows_helped = shows
    record(person, Verb.PERSON_CHANGED, person)


def enrol(
    handle: str, *, name: str, profession: str, department: str, role: str = Role.MEMBER
) -> Person:
    """The row of a new person, checked. Raises `Invalid`."""
    handle = one_line(handle).lower()
    problems = _problems(handle, role)
    if problems:
        raise Invalid(problems)
    person = Person(
        handle=handle,
        name=_checked_name(name or handle),
        profession=one_line(profession)[:NAME_LENGTH],
        department=department_named(department),
        role=Role(role),
    )
    db.session.add(person)
    return person


def department_named(name: str) -> Department | None:
    """The department of this name, made if there is none; None for no name."""
    name = one_line(name)[:NAME_LENGTH]
    if not name:
        return None
    address = slug(name) or f"department-{crc32(name.encode())}"
    row = upsert(Department).values(name=name, slug=address)
    db.session.execute(row.on_conflict_do_nothing())
    return db.session.scalars(select(Department).filter_by(slug=address)).one()


def _problems(handle: str, role: str) -> dict[str, str]:
    problems = {}
    if not HANDLE.fullmatch(handle):
        problems["handle"] = "A user name has up to 40 letters a-z, digits, dots or dashes."
    elif is_shared_account(handle):
        problems["handle"] = f"{handle} is a shared account. Everybody has a name of their own."
    elif db.session.scalar(select(Person.id).filter_by(handle=handle)):
        problems["handle"] = f"The user name {handle} is taken."
    if role not in set(Role):
        problems["role"] = f"A role is one of {', '.join(Role)}."
    return problems


def _checked_name(name: str) -> str:
    name = one_line(name)
    if not 1 <= len(name) <= NAME_LENGTH:
        raise Invalid({"name": f"A name has 1 to {NAME_LENGTH} characters."})
    return name
