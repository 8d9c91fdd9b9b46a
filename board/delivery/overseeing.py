"""What an administrator does with mail: hold it, let it go on, try again what failed."""

from sqlalchemy import select, update

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db
from board.core.errors import Missing, require
from board.delivery import trying
from board.delivery.mailing import NAME
from board.delivery.models import MailChoice, Message, Relay
from board.delivery.rules import may_manage_deliveries
from board.people.models import Person

REFUSAL = "Only an administrator may manage mail."


def pause(administrator: Person) -> None:
    """Hold all mail; it waits. A second time changes nothing."""
    relay = _relay(administrator)
    if relay.paused_at is None:
        relay.paused_at = now()
        record(administrator, Verb.MAIL_PAUSED, administrator)


def resume(administrator: Person) -> None:
    """Let mail go on, at once."""
    relay = _relay(administrator)
    relay.next_try_at = None
    if relay.paused_at is not None:
        relay.paused_at = None
        record(administrator, Verb.MAIL_RESUMED, administrator)


def retry(administrator: Person, message_id: int) -> None:
    """Send one that failed again, under its own id. Raises `Missing`."""
    require(may_manage_deliveries(administrator), REFUSAL)
    message = db.session.get(Message, message_id)
    if message is None:
        raise Missing("There is no such message.")
    trying.try_again(Message, message_id)
    db.session.execute(
        update(MailChoice).where(MailChoice.person_id == message.person_id).values(refused_at=None)
    )
    record(administrator, Verb.MAIL_RETRIED, administrator)


def retry_all(administrator: Person) -> int:
    """Send everything again that failed, and ask the relay now; returns how many it is."""
    _relay(administrator).next_try_at = None
    failed = db.session.scalars(select(Message.id).where(Message.failed_at.is_not(None))).all()
    for id in failed:
        trying.try_again(Message, id)
    record(administrator, Verb.MAIL_RETRIED, administrator)
    return len(failed)


def _relay(administrator: Person) -> Relay:
    require(may_manage_deliveries(administrator), REFUSAL)
    relay = db.session.get(Relay, NAME)
    if relay is None:
        relay = Relay(name=NAME)
        db.session.add(relay)
    return relay
