"""Whether somebody wants mail, where, and how often; the address says itself that it is theirs."""

import re
from datetime import date

from board.activity.recording import record
from board.activity.verbs import Verb
from board.config import settings
from board.core.clock import now
from board.core.database import db
from board.core.errors import Invalid, Missing, Refused
from board.delivery import periods, signing, writing
from board.delivery.models import CONFIRMATION, Frequency, MailChoice
from board.people.models import Person

LONGEST = 254
LINK_DAYS = signing.LINK_DAYS

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63}"
)


def choice_of(person_id: int) -> MailChoice:
    """What this person chose; nothing if they never did."""
    return db.session.get(MailChoice, person_id) or MailChoice(
        person_id=person_id, frequency=Frequency.NOTHING, address=""
    )


def choose(person: Person, frequency: str, address: str) -> MailChoice:
    """Say how often and where; an address that is new, or was refused, is asked to confirm itself.

    Raises `Invalid`, and `Refused` where the board sends no mail.
    """
    _check(frequency, address)
    choice = choice_of(person.id)
    if choice.frequency != frequency:
        choice.frequency, choice.since = frequency, now()
        choice.digest_on = _present_digest(frequency)
    if address != choice.address:
        choice.address, choice.confirmed_at = address, None
    choice.refused_at = None
    db.session.add(choice)
    if address and choice.confirmed_at is None:
        _ask(choice)
    record(person, Verb.MAIL_CHOSEN, person, frequency=frequency)
    return choice


def confirm(token: str) -> None:
    """Whoever reads the address's mail has pressed the button. Raises `Missing` for an old link."""
    choice = to_confirm(token)
    if choice.confirmed_at is None:
        choice.confirmed_at = choice.since = now()
        choice.digest_on = _present_digest(choice.frequency)
        person = db.session.get_one(Person, choice.person_id)
        record(person, Verb.MAIL_CONFIRMED, person)


def to_confirm(token: str) -> MailChoice:
    """The choice whose address this link is for. Raises `Missing`."""
    found = signing.confirmed_by(token)
    choice = db.session.get(MailChoice, found[0]) if found else None
    if found is None or choice is None or choice.address != found[1]:
        raise Missing("This link is too old, or for another address. Save your address again.")
    return choice


def stop(token: str) -> None:
    """No more mail, from the link in a mail, without signing in. Raises `Missing`."""
    choice = to_stop(token)
    if choice.frequency != Frequency.NOTHING:
        choice.frequency = Frequency.NOTHING
        person = db.session.get_one(Person, choice.person_id)
        record(person, Verb.MAIL_CHOSEN, person, frequency=Frequency.NOTHING)


def to_stop(token: str) -> MailChoice:
    """The choice that this link ends. Raises `Missing`."""
    person_id = signing.stopped_by(token)
    choice = db.session.get(MailChoice, person_id) if person_id is not None else None
    if choice is None:
        raise Missing("This link is not whole. Sign in and choose under Inbox, Mail.")
    return choice


def _check(frequency: str, address: str) -> None:
    if not writing.is_on():
        raise Refused("This board sends no mail. Everything is in your inbox.")
    if frequency not in set(Frequency):
        raise Invalid({"frequency": "Choose how often."})
    if not address:
        if frequency != Frequency.NOTHING:
            raise Invalid({"address": "Write the address that mail should go to."})
        return
    if len(address) > LONGEST or not _ADDRESS.fullmatch(address):
        raise Invalid({"address": "That is no e-mail address. It looks like name@hospital.example"})
    domains = settings().mail_domains
    if domains and address.rpartition("@")[2].lower() not in {each.lower() for each in domains}:
        raise Invalid({"address": f"Mail goes only to addresses at {', '.join(domains)}."})


def _ask(choice: MailChoice) -> None:
    """Links of earlier days end when another is asked for; their mails are not sent any more."""
    choice.asked_at = now()
    db.session.flush()
    key = f"{CONFIRMATION}:{choice.person_id}:{choice.asked_at.isoformat()}"
    writing.write(choice.person_id, CONFIRMATION, key)


def _present_digest(frequency: str) -> date | None:
    """The digest that was due last is for others; theirs is the next."""
    if frequency not in periods.DAYS:
        return None
    return periods.latest(Frequency(frequency), now())[0]
