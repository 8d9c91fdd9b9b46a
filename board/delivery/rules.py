"""Who may do what with mail and webhooks."""

from board.people.models import Member


def may_manage_deliveries(person: Member) -> bool:
    """See what waits and what failed, try it again, hold it; say where webhooks lead."""
    return person.is_administrator
