"""Sending at least once: claim, send outside of any transaction, mark; and when to try again."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from board.core.clock import now
from board.core.database import db
from board.delivery.models import Message, WebhookDelivery

# Whoever claims something and is never heard of again: after this long another one tries.
CLAIM = timedelta(minutes=5)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
MOST_TRIES = 21  # about three days
# How long a relay or receiver that is away is left in peace.
LONGEST_PEACE = timedelta(minutes=15)

Sendable = type[Message] | type[WebhookDelivery]


def wait_after(tries: int) -> timedelta:
    """A minute, two, four, … six hours."""
    doublings = min(max(tries - 1, 0), 12)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def peace_after(failures: int) -> timedelta:
    """A minute, two, four, … a quarter of an hour."""
    return min(wait_after(failures), LONGEST_PEACE)


def claim(table: Sendable, id: int) -> bool:
    """Take it on, in a transaction of its own; False where somebody else was quicker."""
    taken = db.session.scalar(
        update(table)
        .where(table.id == id, table.next_try_at <= now())
        .values(next_try_at=now() + CLAIM, tries=table.tries + 1)
        .returning(table.id)
        .execution_options(synchronize_session=False)
    )
    db.session.commit()
    return taken is not None


def mark_sent(table: Sendable, id: int) -> None:
    """It has arrived."""
    _end(table, id, sent_at=now(), failed_at=None, last_error="")


def drop(table: Sendable, id: int, why: str) -> None:
    """It is not needed any more."""
    _end(table, id, dropped_at=now(), last_error=why)


def give_up(table: Sendable, id: int, why: str) -> None:
    """It will never arrive by itself."""
    _end(table, id, failed_at=now(), last_error=why)


def postpone(table: Sendable, id: int, why: str) -> None:
    """Try again later, unless it has been tried for three days."""
    tries = db.session.scalars(select(table.tries).where(table.id == id)).one()
    if tries >= MOST_TRIES:
        give_up(table, id, why)
        return
    change = {"next_try_at": now() + wait_after(tries), "last_error": why}
    db.session.execute(update(table).where(table.id == id).values(change))


def try_again(table: Sendable, id: int) -> None:
    """Somebody pressed the button: now, and for another three days."""
    db.session.execute(
        update(table)
        .where(table.id == id, table.sent_at.is_(None))
        .values(next_try_at=now(), tries=0, failed_at=None, dropped_at=None)
        .execution_options(synchronize_session="fetch")
    )


def _end(table: Sendable, id: int, **marks: datetime | str | None) -> None:
    values = {"next_try_at": None, **marks}
    db.session.execute(update(table).where(table.id == id).values(values))
