"""Who may change tags."""

from board.people.models import Member


def may_manage_tags(person: Member) -> bool:
    return person.is_moderator
