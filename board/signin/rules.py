"""Who may end whose sessions."""

from board.people.models import Member, Person


def may_end_sessions_of(ender: Member, person: Person) -> bool:
    return ender.id == person.id or ender.is_administrator
