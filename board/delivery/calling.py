"""What the worker does with webhooks that are due: a signed POST, outside of any transaction."""

import hashlib
import hmac
import http.client
import json
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer

from sqlalchemy import or_, select

from board.activity.models import Activity
from board.config import settings
from board.core.clock import now
from board.core.database import AnyRow, db
from board.delivery import addressing, hooking, trying
from board.delivery.addressing import NotAllowed, Place
from board.delivery.composing import link
from board.delivery.models import Webhook, WebhookDelivery
from board.delivery.relaying import certificates
from board.posts.models import Post, PostTag
from board.tags.models import Tag

BATCH = 20
LONGEST_STEP = 10.0
SECONDS = 5.0
ALTOGETHER = 8.0  # a receiver that answers a byte at a time is let go
MOST_READ = 1024

HIDDEN = "It was taken out of sight before it was sent."
ENDED = "The webhook has ended."


@dataclass(frozen=True)
class Call:
    """What is sent, and where, without the database."""

    url: str
    body: bytes
    headers: dict[str, str]


def call_webhooks() -> int:
    """Make the next calls that are due; returns how many were seen to."""
    rows = _due() if addressing.is_on() else []
    db.session.rollback()
    began, done = time.monotonic(), 0
    failing: set[int] = set()
    for row in rows:
        if time.monotonic() - began > LONGEST_STEP:
            break
        if row.webhook_id not in failing and trying.claim(WebhookDelivery, row.id):
            done += 1
            if not _make(row.id):
                failing.add(row.webhook_id)
    return done


def post(call: Call) -> int:
    """Send it; the status that came back. Raises `NotAllowed`, or `OSError` and its like."""
    place = addressing.place(call.url)
    connection = http.client.HTTPConnection(place.host, place.port, timeout=SECONDS)
    connection.sock = _connected(place)
    cut = Timer(ALTOGETHER, _cut, [connection.sock])
    cut.start()
    try:
        headers = {"Host": place.host_header, **call.headers}
        connection.request("POST", place.path, call.body, headers)
        reply = connection.getresponse()
        reply.read(MOST_READ)
        return reply.status
    finally:
        cut.cancel()
        connection.close()


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What the receiver makes too, of the secret, the time and the body as they came."""
    signed = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={signed.hexdigest()}"


def _due() -> Sequence[AnyRow]:
    """The oldest calls, of webhooks that are neither held nor left in peace for a while."""
    due = (
        select(WebhookDelivery.id, WebhookDelivery.webhook_id)
        .join(Webhook, Webhook.id == WebhookDelivery.webhook_id)
        .where(
            WebhookDelivery.next_try_at <= now(),
            Webhook.paused_at.is_(None),
            or_(Webhook.quiet_until.is_(None), Webhook.quiet_until <= now()),
        )
        .order_by(WebhookDelivery.next_try_at, WebhookDelivery.id)
    )
    return db.session.execute(due.limit(BATCH)).all()


def _make(id: int) -> bool:
    """Whether the receiver is well, as far as we know."""
    call = _call(id)
    if isinstance(call, str):
        trying.drop(WebhookDelivery, id, call)
        db.session.commit()
        return True
    db.session.commit()
    try:
        status, problem = _answered(post(call))
    except (NotAllowed, OSError, http.client.HTTPException) as error:
        status, problem = None, _reason(error)
    _mark(id, status, problem)
    db.session.commit()
    return not problem


def _call(id: int) -> Call | str:
    """What is to be sent, or why it is not."""
    delivery = db.session.get_one(WebhookDelivery, id, populate_existing=True)
    webhook = db.session.get_one(Webhook, delivery.webhook_id, populate_existing=True)
    if webhook.ended_at is not None:
        return ENDED
    facts: dict[str, object] | None = {}
    if delivery.post_id is not None:
        facts = _facts(delivery)
    if facts is None:
        return HIDDEN
    said = {"event": delivery.event, "delivery": delivery.uid, "at": _at(delivery)}
    body = json.dumps(said | facts, ensure_ascii=False).encode()
    return Call(webhook.url, body, _headers(delivery, hooking.secret_of(webhook), body))


def _at(delivery: WebhookDelivery) -> str:
    activity = db.session.get(Activity, delivery.activity_id) if delivery.activity_id else None
    return (activity.at if activity else delivery.created_at).isoformat()


def _facts(delivery: WebhookDelivery) -> dict[str, object] | None:
    """Which post and where it is, never what it says; None where it is out of sight."""
    post = db.session.get(Post, delivery.post_id, populate_existing=True)
    question = db.session.get(Post, delivery.question_id, populate_existing=True)
    if post is None or question is None or not (post.is_visible and question.is_visible):
        return None
    tags = select(Tag.name).join(PostTag, PostTag.tag_id == Tag.id)
    named = tags.where(PostTag.post_id == question.id).order_by(PostTag.position)
    facts: dict[str, object] = {
        "post": {"id": post.id, "kind": post.kind, "link": link(f"/posts/{post.id}")},
        "question": {"id": question.id, "link": link(f"/questions/{question.id}")},
        "tags": list(db.session.scalars(named)),
    }
    return facts | ({"title": question.title} if settings().webhook_titles else {})


def _headers(delivery: WebhookDelivery, secret: str, body: bytes) -> dict[str, str]:
    timestamp = str(int(now().timestamp()))
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Wardboard",
        "X-Wardboard-Event": delivery.event,
        "X-Wardboard-Delivery": delivery.uid,
        "X-Wardboard-Timestamp": timestamp,
        "X-Wardboard-Signature": signature(secret, timestamp, body),
    }


def _connected(place: Place) -> socket.socket:
    """A connection to the number that was checked, whatever the name means by now."""
    plain = socket.create_connection((place.number, place.port), timeout=SECONDS)
    if not place.is_secure:
        return plain
    try:
        return certificates().wrap_socket(plain, server_hostname=place.host)
    except BaseException:
        plain.close()
        raise


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _answered(status: int) -> tuple[int, str]:
    if 200 <= status < 300:
        return status, ""
    if 300 <= status < 400:
        return status, f"It answered {status}: where that leads is not followed."
    return status, f"It answered {status}."


def _reason(error: Exception) -> str:
    if isinstance(error, NotAllowed):
        return "Its address is not allowed (webhook_allowed)."
    if isinstance(error, TimeoutError):
        return "It did not answer in time."
    return f"It cannot be reached ({type(error).__name__})."


def _mark(id: int, status: int | None, problem: str) -> None:
    delivery = db.session.get_one(WebhookDelivery, id, populate_existing=True)
    webhook = db.session.get_one(Webhook, delivery.webhook_id, populate_existing=True)
    delivery.status = status
    if problem:
        webhook.failing_since = webhook.failing_since or now()
        webhook.failures += 1
        webhook.quiet_until = now() + trying.peace_after(webhook.failures)
        trying.postpone(WebhookDelivery, id, problem)
    else:
        webhook.failing_since = webhook.quiet_until = None
        webhook.failures = 0
        trying.mark_sent(WebhookDelivery, id)
