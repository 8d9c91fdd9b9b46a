"""Reading people and departments."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core.database import AnyRow, AnySelect, db
from board.core.errors import Missing
from board.people.models import Department, Person


def person_called(handle: str) -> Person:
    """The person with this handle; raises `Missing`."""
    person = db.session.scalar(select(Person).filter_by(handle=handle.lower()))
    if person is None:
        raise Missing(f"There is nobody called {handle} here.")
    return person


def named(person_id: Any, *columns: Any) -> AnySelect:
    """Beside rows about people, who each of them is; then these columns."""
    return (
        select(
            Person.name,
            Person.handle,
            Person.profession,
            Department.name.label("department"),
            *columns,
        )
        .join(Person, Person.id == person_id)
        .outerjoin(Department, Department.id == Person.department_id)
    )


def people(words: str = "", *, inactive: bool = False) -> AnySelect:
    """People in order of name, with their department; imported authors are left out."""
    query = (
        select(
            Person.id,
            Person.handle,
            Person.name,
            Person.profession,
            Person.role,
            Person.deactivated_at,
            Department.name.label("department"),
        )
        .outerjoin(Department)
        .where(Person.is_imported.is_(False))
        .order_by(Person.name, Person.id)
    )
    if not inactive:
        query = query.where(Person.deactivated_at.is_(None))
    for word in words.split()[:5]:
        like = f"%{_escaped(word)}%"
        query = query.where(
            or_(
                Person.name.ilike(like, escape="\\"),
                Person.handle.ilike(like, escape="\\"),
                Person.profession.ilike(like, escape="\\"),
                Department.name.ilike(like, escape="\\"),
            )
        )
    return query


def is_vouched() -> ColumnElement[bool]:
    """Beside people: whether somebody else entered or saved who they are. Not those who registered
    by themselves, until an administrator has.
    """
    about = select(Activity.id).where(
        Activity.subject_kind == Person.__tablename__, Activity.subject_id == Person.id
    )
    joined = about.where(Activity.verb == Verb.JOINED, Activity.actor_id == Person.id)
    by_others = Activity.actor_id.is_distinct_from(Person.id)
    saved = about.where(Activity.verb == Verb.PERSON_CHANGED, by_others)
    return ~joined.correlate(Person).exists() | saved.correlate(Person).exists()


def departments() -> AnySelect:
    """All departments in order of name."""
    return select(Department.id, Department.name, Department.slug).order_by(Department.name)


def department_called(slug: str) -> AnyRow:
    """The department with this address; raises `Missing`."""
    found = db.session.execute(departments().where(Department.slug == slug)).first()
    if found is None:
        raise Missing("There is no such department.")
    return found


def department_at(slug: str, among: Sequence[AnyRow]) -> AnyRow:
    """The department with this address among those that were read; raises `Missing`."""
    for department in among:
        if department.slug == slug:
            return department
    raise Missing("There is no such department.")


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
