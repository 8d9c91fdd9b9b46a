"""News carried out of the board: who wants mail, mails, webhooks and what is on its way to them.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

DUE = {
    "sqlite_where": sa.text("next_try_at IS NOT NULL"),
    "postgresql_where": sa.text("next_try_at IS NOT NULL"),
}


def moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def refers(table: str, name: str, to: str, **options: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [to], name=f"fk_{table}_{name}", **options)


def outgoing() -> list[sa.Column[object]]:
    return [
        moment("created_at", nullable=False),
        moment("next_try_at"),
        number("tries"),
        moment("sent_at"),
        moment("dropped_at"),
        moment("failed_at"),
        words("last_error"),
    ]


def upgrade() -> None:
    _mail()
    _webhooks()
    op.execute("UPDATE site_fact SET value = '0006' WHERE name = 'compatible_from'")


def _mail() -> None:
    op.create_table(
        "mail_choice",
        number("person_id"),
        words("frequency"),
        words("address"),
        moment("asked_at"),
        moment("confirmed_at"),
        moment("refused_at"),
        moment("since", nullable=False),
        sa.Column("digest_on", sa.Date()),
        refers("mail_choice", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_mail_choice"),
    )
    op.create_index("ix_mail_choice_frequency_digest_on", "mail_choice", ["frequency", "digest_on"])
    op.create_table(
        "message",
        number("id"),
        number("person_id"),
        words("kind"),
        words("key"),
        words("message_id"),
        *outgoing(),
        refers("message", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("key", name="uq_message_key"),
        sa.UniqueConstraint("message_id", name="uq_message_message_id"),
    )
    op.create_index("ix_message_due", "message", ["next_try_at"], **DUE)
    op.create_index("ix_message_failed_at", "message", ["failed_at"])
    op.create_index("ix_message_person_id", "message", ["person_id"])
    op.create_table(
        "message_news",
        number("notification_id"),
        number("message_id"),
        refers("message_news", "notification_id", "notification.id", ondelete="CASCADE"),
        refers("message_news", "message_id", "message.id"),
        sa.PrimaryKeyConstraint("notification_id", name="pk_message_news"),
    )
    op.create_index("ix_message_news_message_id", "message_news", ["message_id"])
    op.create_table(
        "relay",
        words("name"),
        moment("paused_at"),
        moment("failing_since"),
        number("failures"),
        moment("next_try_at"),
        words("last_error"),
        moment("answered_at"),
        sa.PrimaryKeyConstraint("name", name="pk_relay"),
    )


def _webhooks() -> None:
    op.create_table(
        "webhook",
        number("id"),
        words("url"),
        sa.Column("events", sa.JSON(), nullable=False),
        number("tag_id", nullable=True),
        words("seed"),
        number("added_by_id"),
        moment("added_at", nullable=False),
        moment("paused_at"),
        moment("ended_at"),
        moment("failing_since"),
        number("failures"),
        moment("quiet_until"),
        refers("webhook", "tag_id", "tag.id"),
        refers("webhook", "added_by_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name="pk_webhook"),
    )
    op.create_table(
        "webhook_delivery",
        number("id"),
        number("webhook_id"),
        number("activity_id", nullable=True),
        words("uid"),
        words("event"),
        number("question_id", nullable=True),
        number("post_id", nullable=True),
        number("status", nullable=True),
        *outgoing(),
        refers("webhook_delivery", "webhook_id", "webhook.id"),
        refers("webhook_delivery", "activity_id", "activity.id"),
        refers("webhook_delivery", "question_id", "post.id"),
        refers("webhook_delivery", "post_id", "post.id"),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_delivery"),
        sa.UniqueConstraint("uid", name="uq_webhook_delivery_uid"),
    )
    op.create_index("ix_webhook_delivery_due", "webhook_delivery", ["next_try_at"], **DUE)
    op.create_index(
        "ix_webhook_delivery_webhook_id_activity_id",
        "webhook_delivery",
        ["webhook_id", "activity_id"],
        unique=True,
    )
