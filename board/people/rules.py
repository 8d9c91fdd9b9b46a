"""Who may do what with people."""

from board.people.models import Member, Person


def may_manage_people(person: Member) -> bool:
    return person.is_administrator


def may_see_helped(reader: Member, person: Person) -> bool:
    """How many colleagues somebody helped is theirs to show."""
    return person.shows_helped or reader.id == person.id


def may_see_inactive(reader: Member) -> bool:
    return reader.is_administrator
