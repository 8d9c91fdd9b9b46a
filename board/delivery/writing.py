"""Writing down that a mail is to be sent."""

from urllib.parse import urlsplit
from uuid import uuid4

from board.config import settings
from board.core.clock import now
from board.core.database import db, upsert
from board.delivery.models import Message


def is_on() -> bool:
    """Whether this board sends mail: it knows a relay, a sender, and its own address for links."""
    site = settings()
    return bool(site.mail_host and site.mail_sender and site.board_address)


def write(person_id: int, kind: str, key: str) -> int | None:
    """A mail to this person, once for this key; its id, or None where it is written already."""
    host = urlsplit(settings().board_address).hostname
    row = upsert(Message).values(
        person_id=person_id,
        kind=kind,
        key=key,
        message_id=f"<{uuid4().hex}@{host}>",
        created_at=now(),
        next_try_at=now(),
    )
    found: int | None = db.session.scalar(row.on_conflict_do_nothing().returning(Message.id))
    return found
