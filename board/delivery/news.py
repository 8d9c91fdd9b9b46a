"""What is news for somebody who wants mail: unread, neither done nor asleep, and theirs to see."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import AnyRow, AnySelect, db
from board.delivery.models import Frequency, MailChoice, MessageNews
from board.inbox.models import Notification
from board.inbox.notifying import ABOUT_SAFETY
from board.people.models import Person
from board.posts.models import Post
from board.posts.withholding import safe_title

BATCH = 1000

QUESTION, POST = aliased(Post, flat=True), aliased(Post, flat=True)


def at_once(window: timedelta) -> Sequence[AnyRow]:
    """(person_id, id, activity_id) of what people want to hear at once and is in no mail yet, of
    the time from then to now.
    """
    came_then = Notification.told_at > now() - window
    mine = _unmailed().where(_wants(Frequency.IMMEDIATELY), came_then)
    ordered = mine.order_by(Notification.person_id, Notification.id)
    return db.session.execute(ordered.limit(BATCH)).all()


def until(person_id: int, moment: datetime) -> Sequence[AnyRow]:
    """(person_id, id, activity_id) of what came to somebody by this moment and no mail has."""
    mine = _unmailed().where(Notification.person_id == person_id, Notification.told_at <= moment)
    return db.session.execute(mine.order_by(Notification.id)).all()


def of_message(message_id: int) -> Sequence[AnyRow]:
    """(verb, is_mine, post_id, question_id, title) of what is still news in a message."""
    columns = (
        Notification.verb,
        Notification.is_mine,
        Notification.post_id,
        Notification.question_id,
        safe_title(QUESTION),
    )
    rows = _seen(select(*columns)).join(MessageNews, MessageNews.notification_id == Notification.id)
    mine = rows.where(MessageNews.message_id == message_id)
    return db.session.execute(mine.order_by(Notification.id)).all()


def wants_mail() -> ColumnElement[bool]:
    """Their address has confirmed itself, the relay takes it, and they want any at all."""
    return and_(
        MailChoice.confirmed_at.is_not(None),
        MailChoice.refused_at.is_(None),
        MailChoice.frequency != Frequency.NOTHING,
    )


def _wants(frequency: Frequency) -> ColumnElement[bool]:
    return and_(wants_mail(), MailChoice.frequency == frequency)


def _unmailed() -> AnySelect:
    columns = (Notification.person_id, Notification.id, Notification.activity_id)
    in_mail = select(MessageNews.notification_id).where(
        MessageNews.notification_id == Notification.id
    )
    return (
        _seen(select(*columns))
        .join(MailChoice, MailChoice.person_id == Notification.person_id)
        .join(Person, Person.id == Notification.person_id)
        .where(
            Person.deactivated_at.is_(None),
            Notification.told_at >= MailChoice.since,
            ~in_mail.exists(),
        )
    )


def _seen(rows: AnySelect) -> AnySelect:
    """News that is still open, of posts in sight; that a post was hidden is news itself, and that
    nobody should follow it.
    """
    in_sight = and_(QUESTION.hidden_at.is_(None), POST.hidden_at.is_(None))
    recalled = and_(QUESTION.hidden_at.is_(None), Notification.verb.in_(ABOUT_SAFETY))
    asleep = Notification.snoozed_until
    return (
        rows.select_from(Notification)
        .outerjoin(QUESTION, QUESTION.id == Notification.question_id)
        .outerjoin(POST, POST.id == Notification.post_id)
        .where(
            Notification.read_at.is_(None),
            Notification.done_at.is_(None),
            or_(asleep.is_(None), asleep <= now()),
            or_(in_sight, Notification.verb == Verb.HID, recalled),
        )
    )
