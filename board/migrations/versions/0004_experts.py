"""Experts: seats in a tag, how to reach people, requests; news may be about a tag.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def partial(condition: str) -> dict[str, object]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def person(table: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], ["person.id"], name=f"fk_{table}_{name}")


def upgrade() -> None:
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("nominated_by_id", sa.Integer(), nullable=False),
        sa.Column("nominated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer()),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by_id", sa.Integer()),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        person("seat", "person_id"),
        person("seat", "nominated_by_id"),
        person("seat", "confirmed_by_id"),
        person("seat", "ended_by_id"),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name="fk_seat_tag_id"),
        sa.PrimaryKeyConstraint("id", name="pk_seat"),
    )
    live = partial("status IN ('nominated', 'confirmed')")
    op.create_index("uq_seat_live", "seat", ["person_id", "tag_id"], unique=True, **live)
    op.create_index("ix_seat_tag_id_status", "seat", ["tag_id", "status"])
    op.create_index("ix_seat_person_id_status", "seat", ["person_id", "status"])
    op.create_table(
        "reachability",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("weekly_cap", sa.Integer(), nullable=False),
        sa.Column("away_until", sa.Date()),
        sa.Column("deputy_id", sa.Integer()),
        person("reachability", "person_id"),
        person("reachability", "deputy_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_reachability"),
    )
    op.create_table(
        "expert_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("instead_of_id", sa.Integer()),
        sa.Column("passed_to_id", sa.Integer()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.String(), nullable=False),
        person("expert_request", "asker_id"),
        person("expert_request", "person_id"),
        person("expert_request", "instead_of_id"),
        person("expert_request", "passed_to_id"),
        sa.ForeignKeyConstraint(["question_id"], ["post.id"], name="fk_expert_request_question_id"),
        sa.PrimaryKeyConstraint("id", name="pk_expert_request"),
    )
    op.create_index(
        "uq_expert_request_open",
        "expert_request",
        ["question_id", "person_id"],
        unique=True,
        **partial("state = 'open'"),
    )
    op.create_index(
        "ix_expert_request_question_id_person_id", "expert_request", ["question_id", "person_id"]
    )
    op.create_index(
        "ix_expert_request_person_id_asked_at", "expert_request", ["person_id", "asked_at"]
    )
    _let_news_be_about_a_tag()
    op.execute("UPDATE site_fact SET value = '0004' WHERE name = 'compatible_from'")


def _let_news_be_about_a_tag() -> None:
    """A nomination has no question."""
    with op.batch_alter_table("notification") as table:
        table.alter_column("question_id", existing_type=sa.Integer(), nullable=True)
        table.alter_column("post_id", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("tag_id", sa.Integer()))
        table.create_foreign_key("fk_notification_tag_id", "tag", ["tag_id"], ["id"])
