"""What the worker does with news: it becomes mail, at once or in a digest."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from flask import current_app
from sqlalchemy import Select, select

from board.core.clock import now
from board.core.database import AnyRow, db, upsert
from board.delivery import news, periods, writing
from board.delivery.models import Frequency, MailChoice, MessageNews
from board.people.models import Person

BATCH = 50
# Every other second only what has just come is looked at. What took longer (a worker that was not
# there, news that slept) is found by looking further now and then.
JUST_NOW = timedelta(minutes=15)
FURTHER = timedelta(days=3)
NOW_AND_THEN = timedelta(minutes=10)
LOOKED = "board.delivery.looked"


def collect_at_once() -> int:
    """Write the mails of those who want to hear at once; returns how many."""
    if not writing.is_on():
        return 0
    rows = news.at_once(_window())
    written = 0
    for person_id, theirs in groupby(rows, key=lambda row: row.person_id):
        together = list(theirs)
        # A deed tells somebody once, and its id is never another's: neither is the key.
        key = f"{Frequency.IMMEDIATELY}:{person_id}:{together[0].activity_id}"
        written += _write(person_id, Frequency.IMMEDIATELY, key, together)
    db.session.commit()
    return written


def collect_digests() -> int:
    """Write the digests that are due; returns how many people were looked after."""
    if not writing.is_on():
        return 0
    done = sum(_collect(frequency) for frequency in periods.DAYS)
    db.session.commit()
    return done


def _window() -> timedelta:
    """Kept by each process for itself: a new one looks further at once."""
    last: datetime | None = current_app.extensions.get(LOOKED)
    if last is not None and abs(now() - last) < NOW_AND_THEN:
        return JUST_NOW
    current_app.extensions[LOOKED] = now()
    return FURTHER


def _collect(frequency: Frequency) -> int:
    day, due = periods.latest(frequency, now())
    choices = db.session.scalars(_without_digest(frequency, day)).all()
    for choice in choices:
        _write_digest(choice, day, due)
    return len(choices)


def _without_digest(frequency: Frequency, day: date) -> Select[MailChoice]:
    return (
        select(MailChoice)
        .join(Person, Person.id == MailChoice.person_id)
        .where(MailChoice.frequency == frequency, MailChoice.digest_on < day, news.wants_mail())
        .where(Person.deactivated_at.is_(None))
        .limit(BATCH)
        .with_for_update(skip_locked=True, of=MailChoice)
    )


def _write_digest(choice: MailChoice, day: date, due: datetime) -> None:
    """Where there is no news there is no mail; the day is over for them all the same."""
    rows = news.until(choice.person_id, due)
    if rows:
        key = f"{choice.frequency}:{choice.person_id}:{day.isoformat()}"
        _write(choice.person_id, choice.frequency, key, rows)
    choice.digest_on = day


def _write(person_id: int, kind: str, key: str, rows: Sequence[AnyRow]) -> int:
    message_id = writing.write(person_id, kind, key)
    if message_id is None:
        return 0
    links = [{"notification_id": row.id, "message_id": message_id} for row in rows]
    db.session.execute(upsert(MessageNews).values(links).on_conflict_do_nothing())
    return 1
