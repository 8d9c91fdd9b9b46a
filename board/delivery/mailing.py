"""What the worker does with mails that are due: a few at a time, so that other work goes on."""

import time
from smtplib import SMTP

from sqlalchemy import select, update

from board.core.clock import now
from board.core.database import db, upsert
from board.delivery import composing, news, relaying, trying, writing
from board.delivery.composing import Letter
from board.delivery.models import CONFIRMATION, Frequency, MailChoice, Message, Relay
from board.people.models import Person

NAME = "mail"
BATCH = 20
LONGEST_STEP = 10.0  # seconds: the worker's lease is thirty

READ = "It was read before it was sent."
UNWANTED = "Mail is not wanted any more."
OTHER_ADDRESS = "The address has changed."


def send_mail() -> int:
    """Send the next mails that are due; returns how many were seen to."""
    ids = _due() if writing.is_on() else []
    db.session.rollback()  # nothing is open while the network is slow
    if not ids:
        return 0
    try:
        with relaying.connected() as relay:
            return _send(relay, ids)
    except relaying.RelayAway as error:
        _note_away(str(error))
        return 0


def relay_row() -> Relay | None:
    """How the relay does; None as long as nothing was ever sent or held."""
    return db.session.get(Relay, NAME)


def _due() -> list[int]:
    relay = relay_row()
    if relay and (relay.paused_at or (relay.next_try_at and relay.next_try_at > now())):
        return []
    due = select(Message.id).where(Message.next_try_at <= now())
    return list(db.session.scalars(due.order_by(Message.next_try_at, Message.id).limit(BATCH)))


def _send(relay: SMTP, ids: list[int]) -> int:
    began, done = time.monotonic(), 0
    for id in ids:
        if time.monotonic() - began > LONGEST_STEP:
            break
        if trying.claim(Message, id):
            _send_one(relay, id)
            done += 1
    _note_well()
    return done


def _send_one(relay: SMTP, id: int) -> None:
    """The claim is committed; what comes back is marked in the next transaction."""
    letter = _letter(id)
    if isinstance(letter, str):
        trying.drop(Message, id, letter)
        db.session.commit()
        return
    db.session.commit()
    try:
        relaying.post(relay, letter)
    except relaying.NotNow as error:
        trying.postpone(Message, id, str(error))
    except relaying.Never as error:
        _refused(letter, error)
    except relaying.RelayAway:
        _let_go(id)
        raise
    else:
        trying.mark_sent(Message, id)
    db.session.commit()


def _letter(id: int) -> Letter | str:
    """What is to be sent, or why it is not needed any more."""
    message = db.session.get_one(Message, id, populate_existing=True)
    choice = db.session.get(MailChoice, message.person_id, populate_existing=True)
    person = db.session.get_one(Person, message.person_id, populate_existing=True)
    if choice is None or not choice.address or not person.is_active:
        return UNWANTED
    if message.kind == CONFIRMATION:
        return _confirmation(message, choice)
    if choice.frequency == Frequency.NOTHING or choice.confirmed_at is None:
        return UNWANTED
    rows = news.of_message(id)
    return composing.compose(message, choice, rows) if rows else READ


def _confirmation(message: Message, choice: MailChoice) -> Letter | str:
    asked = choice.asked_at.isoformat() if choice.asked_at else ""
    if choice.confirmed_at is not None or not message.key.endswith(asked):
        return OTHER_ADDRESS
    return composing.compose(message, choice, [])


def _refused(letter: Letter, error: relaying.Never) -> None:
    """Not tried again; the person reads on their own page that their address was refused."""
    trying.give_up(Message, letter.id, str(error))
    if error.is_address:
        db.session.execute(
            update(MailChoice)
            .where(MailChoice.person_id == letter.person_id, MailChoice.address == letter.address)
            .values(refused_at=now())
        )


def _let_go(id: int) -> None:
    """It was not this mail's fault: it waits as if it had not been tried."""
    values = {"next_try_at": now(), "tries": Message.tries - 1}
    db.session.execute(update(Message).where(Message.id == id).values(values))
    db.session.commit()


def _note_well() -> None:
    row = relay_row()
    if row is None or row.failing_since is not None or _is_old(row):
        _note(failing_since=None, failures=0, next_try_at=None, last_error="", answered_at=now())
    db.session.commit()


def _is_old(row: Relay) -> bool:
    """To the minute is enough."""
    return row.answered_at is None or now() - row.answered_at > trying.FIRST_WAIT


def _note_away(why: str) -> None:
    db.session.rollback()
    row = relay_row()
    failures = (row.failures if row else 0) + 1
    since = row.failing_since if row and row.failing_since else now()
    next_try_at = now() + trying.peace_after(failures)
    _note(failing_since=since, failures=failures, next_try_at=next_try_at, last_error=why)
    db.session.commit()


def _note(**values: object) -> None:
    row = upsert(Relay).values(name=NAME, **({"failures": 0, "last_error": ""} | values))
    db.session.execute(row.on_conflict_do_update(index_elements=["name"], set_=values))
    db.session.expire_all()
