"""The inbox: what people watch, what they were told, who has still to be told.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

UNREAD = {
    "sqlite_where": sa.text("read_at IS NULL"),
    "postgresql_where": sa.text("read_at IS NULL"),
}


def upgrade() -> None:
    op.create_table(
        "subscription",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_subscription_person_id"),
        sa.PrimaryKeyConstraint("person_id", "kind", "target_id", name="pk_subscription"),
    )
    op.create_index(
        "ix_subscription_kind_target_id_person_id",
        "subscription",
        ["kind", "target_id", "person_id"],
    )
    op.create_table(
        "notification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Integer()),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("is_mine", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True)),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("snoozed_until", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name="fk_notification_activity_id"
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name="fk_notification_actor_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_notification_person_id"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_notification_post_id"),
        sa.ForeignKeyConstraint(["question_id"], ["post.id"], name="fk_notification_question_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notification"),
    )
    op.create_index(
        "ix_notification_person_id_activity_id",
        "notification",
        ["person_id", "activity_id"],
        unique=True,
    )
    op.create_index(
        "ix_notification_person_id_told_at_id", "notification", ["person_id", "told_at", "id"]
    )
    op.create_index(
        "ix_notification_unread", "notification", ["person_id", "snoozed_until"], **UNREAD
    )
    op.create_index("ix_notification_question_id", "notification", ["question_id"])
    op.create_table(
        "telling",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Integer()),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("told_to", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_telling_activity_id"),
        sa.PrimaryKeyConstraint("activity_id", name="pk_telling"),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
    )
    _follow_own_questions()
    op.execute("UPDATE site_fact SET value = '0003' WHERE name = 'compatible_from'")


def _follow_own_questions() -> None:
    """Whoever asked or answered hears of it from now on, as those do who ask from now on."""
    op.execute(
        """
        INSERT INTO subscription (person_id, kind, target_id, level, since)
        SELECT DISTINCT post.author_id, 'question', post.question_id, 'all', CURRENT_TIMESTAMP
          FROM post JOIN person ON person.id = post.author_id
         WHERE post.hidden_at IS NULL AND NOT person.is_imported
        """
    )
