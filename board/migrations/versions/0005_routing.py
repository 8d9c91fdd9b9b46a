"""Routing: urgency, the on-call rota, groups, quiet hours, the ladder of a question, mentions.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)


def partial(condition: str) -> dict[str, object]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def to(table: str, name: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{other}.id"], name=f"fk_{table}_{name}")


def upgrade() -> None:
    op.add_column("post", sa.Column("urgency", sa.String()))
    op.add_column("reachability", sa.Column("quiet_from", sa.Time()))
    op.add_column("reachability", sa.Column("quiet_to", sa.Time()))
    op.add_column("reachability", sa.Column("last_day", sa.Date()))
    _groups()
    _duty()
    _ladder()
    with op.batch_alter_table("expert_request") as table:
        table.add_column(sa.Column("group_id", sa.Integer()))
        table.create_foreign_key("fk_expert_request_group_id", "expert_group", ["group_id"], ["id"])
    with op.batch_alter_table("notification") as table:
        table.add_column(sa.Column("about_person_id", sa.Integer()))
        table.create_foreign_key(
            "fk_notification_about_person_id", "person", ["about_person_id"], ["id"]
        )
    op.execute("UPDATE site_fact SET value = '0005' WHERE name = 'compatible_from'")


def _groups() -> None:
    op.create_table(
        "expert_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Integer()),
        sa.Column("made_at", MOMENT, nullable=False),
        to("expert_group", "made_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_expert_group"),
        sa.UniqueConstraint("handle", name="uq_expert_group_handle"),
    )
    op.create_table(
        "group_member",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("invited_by_id", sa.Integer()),
        sa.Column("since", MOMENT, nullable=False),
        to("group_member", "group_id", "expert_group"),
        to("group_member", "person_id", "person"),
        to("group_member", "invited_by_id", "person"),
        sa.PrimaryKeyConstraint("group_id", "person_id", name="pk_group_member"),
    )
    op.create_index("ix_group_member_person_id", "group_member", ["person_id"])
    op.create_table(
        "group_seat",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        to("group_seat", "group_id", "expert_group"),
        to("group_seat", "tag_id", "tag"),
        sa.PrimaryKeyConstraint("group_id", "tag_id", name="pk_group_seat"),
    )
    op.create_index("ix_group_seat_tag_id", "group_seat", ["tag_id"])


def _duty() -> None:
    op.create_table(
        "duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer()),
        sa.Column("group_id", sa.Integer()),
        sa.Column("person_id", sa.Integer()),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        to("duty", "tag_id", "tag"),
        to("duty", "group_id", "expert_group"),
        to("duty", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_duty"),
    )
    op.create_index("ix_duty_ends_at", "duty", ["ends_at"])
    op.create_index("ix_duty_tag_id_ends_at", "duty", ["tag_id", "ends_at"])
    op.create_index("ix_duty_group_id_ends_at", "duty", ["group_id", "ends_at"])


def _ladder() -> None:
    op.create_table(
        "escalation",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("next_step", sa.Integer(), nullable=False),
        sa.Column("due_at", MOMENT),
        to("escalation", "question_id", "post"),
        sa.PrimaryKeyConstraint("question_id", name="pk_escalation"),
    )
    due = partial("due_at IS NOT NULL")
    op.create_index("ix_escalation_due_at", "escalation", ["due_at"], **due)
    op.create_table(
        "escalation_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("person_id", sa.Integer()),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("reads_at", MOMENT),
        to("escalation_step", "question_id", "post"),
        to("escalation_step", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_escalation_step"),
    )
    op.create_index("ix_escalation_step_question_id", "escalation_step", ["question_id"])
    op.create_table(
        "mention",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        to("mention", "post_id", "post"),
        to("mention", "person_id", "person"),
        sa.PrimaryKeyConstraint("post_id", "person_id", name="pk_mention"),
    )
