"""Quarantine, concerns, purges; privacy reviewers; news may be about something held.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def partial(condition: str) -> dict[str, object]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def refers(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_{table}_{name}")


def upgrade() -> None:
    op.add_column(
        "person",
        sa.Column("reviews_privacy", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("post", moment("withheld_at", nullable=True))
    op.add_column("post", sa.Column("purge_number", sa.Integer()))
    _make_quarantine()
    _make_concerns()
    _make_purges()
    op.create_table(
        "allowed_passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("passage", sa.String(), nullable=False),
        sa.Column("added_by_id", sa.Integer()),
        moment("added_at"),
        refers("allowed_passage", "added_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_allowed_passage"),
        sa.UniqueConstraint("passage", name="uq_allowed_passage_passage"),
    )
    with op.batch_alter_table("notification") as table:
        table.add_column(sa.Column("held_id", sa.Integer()))
        table.create_foreign_key("fk_notification_held_id", "quarantine", ["held_id"], ["id"])
    op.execute("UPDATE site_fact SET value = '0011' WHERE name = 'compatible_from'")


def _make_quarantine() -> None:
    op.create_table(
        "quarantine",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("target_id", sa.Integer()),
        sa.Column("author_id", sa.Integer()),
        sa.Column("payload", sa.Text()),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("submission_key", sa.String(), nullable=False),
        moment("created_at"),
        moment("expires_at"),
        sa.Column("decided_by_id", sa.Integer()),
        moment("decided_at", nullable=True),
        sa.Column("outcome", sa.String()),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("post_id", sa.Integer()),
        refers("quarantine", "author_id", "person"),
        refers("quarantine", "decided_by_id", "person"),
        refers("quarantine", "post_id", "post"),
        sa.PrimaryKeyConstraint("id", name="pk_quarantine"),
    )
    waiting = partial("decided_at IS NULL")
    op.create_index("ix_quarantine_waiting", "quarantine", ["created_at"], **waiting)
    op.create_index("ix_quarantine_author_id_created_at", "quarantine", ["author_id", "created_at"])


def _make_concerns() -> None:
    op.create_table(
        "privacy_concern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("reporter_id", sa.Integer()),
        moment("raised_at"),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("has_hidden", sa.Boolean(), nullable=False),
        sa.Column("acceptance_id", sa.Integer()),
        sa.Column("decided_by_id", sa.Integer()),
        moment("decided_at", nullable=True),
        sa.Column("outcome", sa.String()),
        sa.Column("message", sa.String(), nullable=False),
        refers("privacy_concern", "post_id", "post"),
        refers("privacy_concern", "question_id", "post"),
        refers("privacy_concern", "reporter_id", "person"),
        refers("privacy_concern", "decided_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_privacy_concern"),
    )
    is_open = partial("decided_at IS NULL")
    op.create_index(
        "uq_privacy_concern_open", "privacy_concern", ["post_id"], unique=True, **is_open
    )
    op.create_index(
        "ix_privacy_concern_reporter_id_raised_at", "privacy_concern", ["reporter_id", "raised_at"]
    )
    op.create_index("ix_privacy_concern_post_id", "privacy_concern", ["post_id"])


def _make_purges() -> None:
    op.create_table(
        "purge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("purged_by_id", sa.Integer()),
        moment("purged_at"),
        moment("written_at"),
        sa.Column("passages", sa.Text()),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("found_elsewhere", sa.Integer(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        moment("finished_at", nullable=True),
        refers("purge", "post_id", "post"),
        refers("purge", "question_id", "post"),
        refers("purge", "purged_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_purge"),
    )
    op.create_index("ix_purge_post_id", "purge", ["post_id"])
    op.create_index("ix_purge_unfinished", "purge", ["id"], **partial("finished_at IS NULL"))
    op.create_table(
        "exposure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purge_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        moment("at", nullable=True),
        refers("exposure", "purge_id", "purge"),
        refers("exposure", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_exposure"),
    )
    op.create_index("ix_exposure_purge_id", "exposure", ["purge_id"])
