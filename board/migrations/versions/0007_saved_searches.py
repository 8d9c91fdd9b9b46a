"""Saved searches, feeds, wall screens; news says which search found it.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("filters", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_saved_search_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_search"),
    )
    op.create_index(
        "ix_saved_search_person_id_name", "saved_search", ["person_id", "name"], unique=True
    )
    op.create_table(
        "sifting",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Integer()),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("sifted_to", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_sifting_activity_id"),
        sa.PrimaryKeyConstraint("activity_id", name="pk_sifting"),
    )
    op.create_table(
        "feed_token",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_feed_token_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_feed_token"),
        sa.UniqueConstraint("token_hash", name="uq_feed_token_token_hash"),
    )
    with op.batch_alter_table("notification") as table:
        table.add_column(sa.Column("search_id", sa.Integer()))
        table.create_foreign_key("fk_notification_search_id", "saved_search", ["search_id"], ["id"])
    with op.batch_alter_table("api_token") as table:
        table.add_column(sa.Column("department_id", sa.Integer()))
        table.add_column(sa.Column("networks", sa.JSON()))
        table.create_foreign_key(
            "fk_api_token_department_id", "department", ["department_id"], ["id"]
        )
    op.create_index("ix_acceptance_ended_at", "acceptance", ["ended_at"])
    op.execute("UPDATE site_fact SET value = '0007' WHERE name = 'compatible_from'")
