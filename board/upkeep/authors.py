"""Whose words an imported post is: somebody we know by that name, or a name and nothing more."""

from collections.abc import Iterable

from sqlalchemy import or_, select

from board.core.clock import now
from board.core.database import db
from board.core.text import shorten, slug
from board.people.joining import NAME_LENGTH
from board.people.models import Person


class Authors:
    """The persons behind the names in a file."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}

    def id_of(self, name: str) -> int:
        """The person of a name that was learnt."""
        return self._ids[_kept(name)]

    def learn(self, names: Iterable[str]) -> None:
        """Find these people: by name if it is only one's, or by handle; make what is missing."""
        wanted = {_kept(name) for name in names} - self._ids.keys()
        if not wanted:
            return
        persons = db.session.execute(
            select(Person.id, Person.name, Person.handle).where(
                or_(Person.name.in_(wanted), Person.handle.in_(wanted))
            )
        ).all()
        for name in sorted(wanted):
            same_name = [person.id for person in persons if person.name == name]
            same_handle = [person.id for person in persons if person.handle == name]
            found = same_name if len(same_name) == 1 else same_handle
            self._ids[name] = found[0] if found else self._make(name)

    def _make(self, name: str) -> int:
        """An inactive person of that name: nobody can sign in as them."""
        person = Person(
            handle=_free_handle(f"imported-{slug(name, 30) or 'author'}"),
            name=name,
            is_imported=True,
            deactivated_at=now(),
        )
        db.session.add(person)
        db.session.flush()
        return person.id


def _kept(name: str) -> str:
    return shorten(name, NAME_LENGTH)


def _free_handle(wanted: str) -> str:
    taken = set(
        db.session.scalars(
            select(Person.handle).where(Person.handle.startswith(wanted, autoescape=True))
        )
    )
    number, handle = 1, wanted
    while handle in taken:
        number += 1
        handle = f"{wanted}-{number}"
    return handle
