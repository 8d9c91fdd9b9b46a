"""Who may speak to everybody."""

from board.people.models import Member

REFUSAL = "Moderators and administrators write announcements."


def may_announce(person: Member) -> bool:
    return person.is_moderator
