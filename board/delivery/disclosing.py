"""What is kept about somebody's mail."""

from sqlalchemy import select

from board.core.disclosing import Record, rows
from board.delivery.models import MailChoice, Message


def mailed(person_id: int) -> Record:
    """Where they want mail, and how often."""
    query = select(MailChoice.address, MailChoice.frequency, MailChoice.confirmed_at)
    mine = query.filter_by(person_id=person_id)
    return Record("mail", "Your mail", "Only you see it.", rows(mine))


def messages(person_id: int) -> Record:
    """Which mails were written to them; what they said is not kept."""
    query = select(Message.kind, Message.created_at, Message.sent_at, Message.failed_at)
    mine = query.filter_by(person_id=person_id).order_by(Message.id.desc())
    about = "When mail was sent, not what it said. Administrators see what failed."
    return Record("messages", "Mail that was sent to you", about, rows(mine))
