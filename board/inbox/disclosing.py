"""What somebody watches, and what they were told."""

from sqlalchemy import select

from board.core.disclosing import Record, rows
from board.inbox.models import Notification, SavedSearch, Subscription


def watched(person_id: int) -> Record:
    """Questions, tags, departments and people they want to hear of."""
    query = select(
        Subscription.kind, Subscription.target_id, Subscription.level, Subscription.since
    ).filter_by(person_id=person_id)
    return Record("watching", "What you watch", "Only you can see it.", rows(query))


def told(person_id: int) -> Record:
    """What stands or stood in their inbox, and when they read it."""
    query = select(
        Notification.verb, Notification.question_id, Notification.told_at, Notification.read_at
    ).filter_by(person_id=person_id)
    about = "Your inbox. Nobody else is told what you have read."
    return Record(
        "inbox", "What you were told", about, rows(query.order_by(Notification.id.desc()))
    )


def searches(person_id: int) -> Record:
    """Searches they keep."""
    query = select(SavedSearch.name, SavedSearch.query, SavedSearch.filters, SavedSearch.made_at)
    mine = query.filter_by(person_id=person_id)
    return Record("searches", "Searches you saved", "Only you see them.", rows(mine))
