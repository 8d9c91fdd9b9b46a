"""Webhooks: an administrator says which address hears of what; a deed writes down what it hears."""

import hashlib
import hmac
from secrets import token_hex
from uuid import uuid4

from flask import current_app
from sqlalchemy import or_, select

from board.activity.recording import Deed, record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db
from board.core.errors import Invalid, Missing, require
from board.delivery import addressing, trying
from board.delivery.models import Webhook, WebhookDelivery
from board.delivery.rules import may_manage_deliveries
from board.people.models import Person
from board.posts.models import PostTag
from board.tags.naming import tag_called

EVENTS = (Verb.ASKED, Verb.ANSWERED, Verb.ACCEPTED)
PING = "ping"
REFUSAL = "Only an administrator may manage webhooks."


def check_address(url: str) -> None:
    """Slow, for a name has to be looked up: before the writer's lock is taken. Raises `Invalid`."""
    try:
        addressing.place(url)
    except addressing.NotAllowed as problem:
        raise Invalid({"url": str(problem)}) from None
    except OSError:
        raise Invalid({"url": "Nobody here knows that host. Is it spelt right?"}) from None


def add(administrator: Person, url: str, events: list[str], tag: str) -> Webhook:
    """Let an address hear of events, of one tag's questions or of all. Raises `Invalid`."""
    require(may_manage_deliveries(administrator), REFUSAL)
    require(addressing.is_on(), "Webhooks are off. IT names webhook_allowed in the settings.")
    if not events or not set(events) <= set(EVENTS):
        raise Invalid({"events": "Choose what it should hear of."})
    webhook = Webhook(
        url=url,
        events=sorted(events),
        tag_id=_tag_id(tag),
        seed=token_hex(16),
        added_by_id=administrator.id,
    )
    db.session.add(webhook)
    record(administrator, Verb.WEBHOOK_ADDED, webhook)
    return webhook


def secret_of(webhook: Webhook) -> str:
    """What its receiver checks the signature with. The database alone does not know it."""
    key = str(current_app.secret_key).encode()
    return hmac.new(key, f"webhook:{webhook.seed}".encode(), hashlib.sha256).hexdigest()


def change_secret(administrator: Person, webhook: Webhook) -> None:
    """A new secret; the old one is worth nothing from the next delivery on."""
    require(may_manage_deliveries(administrator), REFUSAL)
    webhook.seed = token_hex(16)
    record(administrator, Verb.WEBHOOK_SECRET_CHANGED, webhook)


def pause(administrator: Person, webhook: Webhook) -> None:
    """Hold what it should hear; it waits. A second time changes nothing."""
    require(may_manage_deliveries(administrator), REFUSAL)
    if webhook.paused_at is None:
        webhook.paused_at = now()
        record(administrator, Verb.WEBHOOK_PAUSED, webhook)


def resume(administrator: Person, webhook: Webhook) -> None:
    """Go on, with what waited first."""
    require(may_manage_deliveries(administrator), REFUSAL)
    if webhook.paused_at is not None:
        webhook.paused_at = webhook.quiet_until = None
        record(administrator, Verb.WEBHOOK_RESUMED, webhook)


def end(administrator: Person, webhook: Webhook) -> None:
    """It hears nothing any more, not even what waits. What it heard stays on its page."""
    require(may_manage_deliveries(administrator), REFUSAL)
    if webhook.ended_at is None:
        webhook.ended_at = now()
        record(administrator, Verb.WEBHOOK_ENDED, webhook)


def ping(administrator: Person, webhook: Webhook) -> None:
    """Send something that means nothing, to see whether it arrives."""
    require(may_manage_deliveries(administrator), REFUSAL)
    require(webhook.ended_at is None, "This webhook has ended.")
    db.session.add(WebhookDelivery(webhook=webhook, uid=str(uuid4()), event=PING))
    webhook.quiet_until = None
    record(administrator, Verb.WEBHOOK_TESTED, webhook)


def retry(administrator: Person, webhook: Webhook, delivery_id: int) -> None:
    """Send one of its deliveries again, under its own id. Raises `Missing`."""
    require(may_manage_deliveries(administrator), REFUSAL)
    delivery = db.session.get(WebhookDelivery, delivery_id)
    if delivery is None or delivery.webhook_id != webhook.id:
        raise Missing("There is no such delivery.")
    trying.try_again(WebhookDelivery, delivery_id)
    webhook.quiet_until = None
    record(administrator, Verb.WEBHOOK_RETRIED, webhook)


def follow(deed: Deed) -> None:
    """Write down who has to hear of the deed: one statement while nobody has, none without any."""
    if not addressing.is_on():
        return
    for webhook_id in _listening(deed):
        db.session.add(
            WebhookDelivery(
                webhook_id=webhook_id,
                activity_id=deed.activity.id,
                uid=str(uuid4()),
                event=deed.verb,
                question_id=deed.subject.question_id,
                post_id=deed.subject.id,
            )
        )


def _listening(deed: Deed) -> list[int]:
    tags = select(PostTag.tag_id).where(PostTag.post_id == deed.subject.question_id)
    live = select(Webhook.id, Webhook.events).where(
        Webhook.ended_at.is_(None), or_(Webhook.tag_id.is_(None), Webhook.tag_id.in_(tags))
    )
    return [row.id for row in db.session.execute(live) if deed.verb in row.events]


def _tag_id(name: str) -> int | None:
    if not name:
        return None
    try:
        return tag_called(name).id
    except Missing:
        raise Invalid({"tag": "There is no such tag."}) from None
