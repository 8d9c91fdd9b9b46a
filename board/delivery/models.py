"""Who wants mail, what is to be sent, and where webhooks lead."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from board.core.clock import now
from board.core.database import Base, only_where
from board.people.models import Person
from board.tags.models import Tag


class Frequency(StrEnum):
    """How often somebody wants mail."""

    NOTHING = "nothing"
    IMMEDIATELY = "immediately"
    DAILY = "daily"
    WEEKLY = "weekly"


CONFIRMATION = "confirmation"  # the kind of message that is sent to an address before any other


class MailChoice(Base):
    """Where somebody wants mail, and how often. News from before `since` is not mailed.

    `asked_at` is when the address was asked to confirm itself, `digest_on` the last day whose
    digest has been seen to, `refused_at` when the relay would not take the address.
    """

    __tablename__ = "mail_choice"
    __table_args__ = (Index(None, "frequency", "digest_on"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    frequency: Mapped[str] = mapped_column(default=Frequency.NOTHING)
    address: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    since: Mapped[datetime] = mapped_column(default=now)
    digest_on: Mapped[date | None]


class Outgoing:
    """Something to be sent. `next_try_at` is empty when it is over: sent, dropped or failed."""

    created_at: Mapped[datetime] = mapped_column(default=now)
    next_try_at: Mapped[datetime | None] = mapped_column(default=now)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(default="")


def _due(table: str) -> Index:
    return Index(f"ix_{table}_due", "next_try_at", **only_where("next_try_at IS NOT NULL"))


class Message(Outgoing, Base):
    """A mail to somebody. Its text is made when it is sent, of what is still news then.

    `key` lets one be written once; `message_id` is the mail's own and the same at every try.
    """

    __tablename__ = "message"
    __table_args__ = (_due("message"), Index(None, "failed_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    message_id: Mapped[str] = mapped_column(unique=True)

    person: Mapped[Person] = relationship()


class MessageNews(Base):
    """A notification is in one mail at most."""

    __tablename__ = "message_news"

    notification_id: Mapped[int] = mapped_column(
        ForeignKey("notification.id", ondelete="CASCADE"), primary_key=True
    )
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)


class Relay(Base):
    """How the mail relay does: one row. While it does not answer, messages wait."""

    __tablename__ = "relay"

    name: Mapped[str] = mapped_column(primary_key=True)
    paused_at: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]


class Webhook(Base):
    """An address that is told of events. Its secret is made of `seed` and the board's own key."""

    __tablename__ = "webhook"

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str]
    events: Mapped[list[str]] = mapped_column(JSON)
    tag_id: Mapped[int | None] = mapped_column(ForeignKey("tag.id"))
    seed: Mapped[str]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(default=now)
    paused_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    quiet_until: Mapped[datetime | None]

    tag: Mapped[Tag | None] = relationship()


class WebhookDelivery(Outgoing, Base):
    """One event on its way to one webhook. `uid` is the same at every try; `status` is what the
    receiver said last.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        _due("webhook_delivery"),
        Index(None, "webhook_id", "activity_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id"))
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"))
    uid: Mapped[str] = mapped_column(unique=True)
    event: Mapped[str]
    question_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    status: Mapped[int | None]

    webhook: Mapped[Webhook] = relationship()
