"""Who may end whose sessions, and whose locked page a PIN may open."""

from board.config import settings
from board.people.models import Member, Person


def may_end_sessions_of(ender: Member, person: Person) -> bool:
    return ender.id == person.id or ender.is_administrator


def may_have_pin(person: Member) -> bool:
    """Where the site wants PINs: whoever may do nothing that others may not."""
    has_more_rights = person.is_moderator or person.is_privacy_reviewer
    return settings().lock_pin and not has_more_rights
