"""What administrators see: what waits, what failed, and how the relay and the receivers do."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Label, func, select

from board.config import settings
from board.core.database import AnyRow, db
from board.core.errors import Missing
from board.delivery import addressing, mailing, writing
from board.delivery.models import Message, Webhook, WebhookDelivery
from board.people.models import Person
from board.tags.models import Tag

SHOWN = 50


def counts() -> AnyRow:
    """(waiting, sent, failed, dropped) of all mail."""
    return db.session.execute(select(*_states(Message))).one()


def failed_messages() -> Sequence[AnyRow]:
    """(id, kind, name, handle, failed_at, tries, last_error), the last first."""
    columns = (Message.id, Message.kind, Person.name, Person.handle)
    more = (Message.failed_at, Message.tries, Message.last_error)
    rows = select(*columns, *more).join(Person, Person.id == Message.person_id)
    failed = rows.where(Message.failed_at.is_not(None))
    return db.session.execute(failed.order_by(Message.failed_at.desc()).limit(SHOWN)).all()


def webhooks() -> Sequence[AnyRow]:
    """Each webhook with its tag and (waiting, sent, failed, dropped); the ended ones last."""
    columns = (
        Webhook.id,
        Webhook.url,
        Webhook.events,
        Webhook.paused_at,
        Webhook.ended_at,
        Webhook.failing_since,
        Tag.name.label("tag"),
    )
    return db.session.execute(
        select(*columns, *_states(WebhookDelivery))
        .outerjoin(Tag, Tag.id == Webhook.tag_id)
        .outerjoin(WebhookDelivery, WebhookDelivery.webhook_id == Webhook.id)
        .group_by(Webhook.id, Tag.name)
        .order_by(Webhook.ended_at.is_not(None), Webhook.id)
    ).all()


def webhook_with_id(id: int) -> Webhook:
    """Raises `Missing`."""
    webhook = db.session.get(Webhook, id)
    if webhook is None:
        raise Missing("There is no such webhook.")
    return webhook


def deliveries(webhook_id: int) -> Sequence[WebhookDelivery]:
    """The last ones of this webhook."""
    mine = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook_id)
    return db.session.scalars(mine.order_by(WebhookDelivery.id.desc()).limit(SHOWN)).all()


def problems() -> Iterator[str]:
    """What is wrong with mail and webhooks, in sentences."""
    site = settings()
    if site.mail_host and not writing.is_on():
        yield "Mail is off: mail_host is set, mail_sender or board_address is not."
    if site.webhook_allowed and not addressing.is_on():
        yield "Webhooks are off: webhook_allowed is set, board_address is not."
    relay = mailing.relay_row()
    if writing.is_on() and relay and relay.failing_since:
        waiting = counts().waiting
        yield f"{relay.last_error} Waiting for the mail relay: {waiting:,}. See /deliveries"
    for row in webhooks():
        if row.failing_since and not row.ended_at and not row.paused_at:
            yield f"Webhook {row.id} does not get through; {row.waiting:,} wait. See /webhooks"


def in_a_line() -> str:
    """How mail and webhooks do, for `board check`."""
    mail, hooks = counts(), db.session.execute(select(*_states(WebhookDelivery))).one()
    said = []
    if writing.is_on():
        said.append(f"mail: {mail.waiting:,} waiting, {mail.failed:,} failed")
    if addressing.is_on():
        said.append(f"webhooks: {hooks.waiting:,} waiting, {hooks.failed:,} failed")
    return "; ".join(said)


def _states(table: type[Message] | type[WebhookDelivery]) -> tuple[Label[int], ...]:
    return (
        func.count(table.next_try_at).label("waiting"),
        func.count(table.sent_at).label("sent"),
        func.count(table.failed_at).label("failed"),
        func.count(table.dropped_at).label("dropped"),
    )
