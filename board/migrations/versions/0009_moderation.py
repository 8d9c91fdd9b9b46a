"""Moderation: states of a question, flags, suggested edits, the queue, warnings, suspensions.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def partial(condition: str) -> dict[str, object]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def key(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_{table}_{name}")


def integer(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def maybe(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer())


def words(name: str) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=False)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    _states()
    _waiting()
    _queue()
    _people()
    _moving()
    op.execute("UPDATE site_fact SET value = '0009' WHERE name = 'compatible_from'")


def _states() -> None:
    """New columns stand last and may be empty: no row is written anew, no trigger lost."""
    op.add_column("post", sa.Column("closed_as", sa.String()))
    op.add_column("post", maybe("duplicate_of_id"))
    op.add_column("post", moment("locked_at", nullable=True))
    op.add_column("post", maybe("merged_into_id"))
    merged = partial("merged_into_id IS NOT NULL")
    op.create_index("ix_post_merged", "post", ["merged_into_id"], **merged)
    op.create_table(
        "closure",
        integer("id"),
        integer("question_id"),
        maybe("closed_by_id"),
        sa.Column("by_moderator", sa.Boolean(), nullable=False),
        moment("closed_at"),
        words("closed_as"),
        words("note"),
        maybe("original_id"),
        moment("ended_at", nullable=True),
        maybe("ended_by_id"),
        key("closure", "question_id", "post"),
        key("closure", "original_id", "post"),
        key("closure", "closed_by_id", "person"),
        key("closure", "ended_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_closure"),
    )
    standing = partial("ended_at IS NULL")
    op.create_index("uq_closure_standing", "closure", ["question_id"], unique=True, **standing)
    op.create_index("ix_closure_question_id_closed_at", "closure", ["question_id", "closed_at"])
    op.create_table(
        "locking",
        integer("id"),
        integer("question_id"),
        maybe("locked_by_id"),
        moment("locked_at"),
        words("note"),
        moment("ended_at", nullable=True),
        maybe("ended_by_id"),
        key("locking", "question_id", "post"),
        key("locking", "locked_by_id", "person"),
        key("locking", "ended_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_locking"),
    )
    op.create_index("ix_locking_question_id", "locking", ["question_id"])


def _waiting() -> None:
    """Flags and suggested edits: one open of each, a person and post."""
    is_open = partial("outcome IS NULL")
    op.create_table(
        "flag",
        integer("id"),
        integer("post_id"),
        integer("question_id"),
        integer("person_id"),
        words("reason"),
        words("words"),
        moment("flagged_at"),
        *_decided("flag"),
        sa.PrimaryKeyConstraint("id", name="pk_flag"),
    )
    op.create_index("ix_flag_person_id_flagged_at", "flag", ["person_id", "flagged_at"])
    op.create_index("ix_flag_waiting", "flag", ["flagged_at"], **is_open)
    op.create_table(
        "suggestion",
        integer("id"),
        integer("post_id"),
        integer("question_id"),
        integer("person_id"),
        integer("base_revision"),
        sa.Column("title", sa.String()),
        words("tags"),
        words("summary"),
        moment("suggested_at"),
        *_decided("suggestion"),
        sa.Column("body_md", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_suggestion"),
    )
    op.create_index("ix_suggestion_person_id", "suggestion", ["person_id"])
    op.create_index("ix_suggestion_waiting", "suggestion", ["suggested_at"], **is_open)
    for table in ("flag", "suggestion"):
        op.create_index(f"ix_{table}_post_id", table, ["post_id"])
        op.create_index(f"uq_{table}_open", table, ["post_id", "person_id"], unique=True, **is_open)


def _decided(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("outcome", sa.String()),
        maybe("decided_by_id"),
        moment("decided_at", nullable=True),
        words("reply"),
        key(table, "post_id", "post"),
        key(table, "question_id", "post"),
        key(table, "person_id", "person"),
        key(table, "decided_by_id", "person"),
    )


def _queue() -> None:
    op.create_table(
        "queue_claim",
        words("kind"),
        integer("subject_id"),
        integer("person_id"),
        moment("until"),
        key("queue_claim", "person_id", "person"),
        sa.PrimaryKeyConstraint("kind", "subject_id", name="pk_queue_claim"),
    )
    op.create_index("ix_queue_claim_person_id", "queue_claim", ["person_id"])
    op.create_table(
        "queue_ruling",
        integer("id"),
        words("kind"),
        integer("subject_id"),
        words("decision"),
        integer("ruled_by_id"),
        moment("ruled_at"),
        sa.Column("detail", sa.JSON(), nullable=False),
        moment("undone_at", nullable=True),
        maybe("undone_by_id"),
        key("queue_ruling", "ruled_by_id", "person"),
        key("queue_ruling", "undone_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_queue_ruling"),
    )
    for columns in (["kind", "subject_id", "ruled_at"], ["ruled_by_id", "id"], ["ruled_at"]):
        op.create_index(f"ix_queue_ruling_{'_'.join(columns)}", "queue_ruling", columns)
    op.create_table(
        "queue_later",
        integer("person_id"),
        words("kind"),
        integer("subject_id"),
        moment("until"),
        key("queue_later", "person_id", "person"),
        sa.PrimaryKeyConstraint("person_id", "kind", "subject_id", name="pk_queue_later"),
    )
    op.create_table(
        "queue_habits",
        integer("person_id"),
        moment("introduced_at", nullable=True),
        sa.Column("uses_keys", sa.Boolean(), nullable=False),
        key("queue_habits", "person_id", "person"),
        sa.PrimaryKeyConstraint("person_id", name="pk_queue_habits"),
    )
    op.create_table(
        "reminder",
        integer("question_id"),
        moment("reminded_at"),
        key("reminder", "question_id", "post"),
        sa.PrimaryKeyConstraint("question_id", name="pk_reminder"),
    )


def _people() -> None:
    op.add_column("person", moment("warned_at", nullable=True))
    op.add_column("person", moment("suspended_until", nullable=True))
    op.create_table(
        "sanction",
        integer("id"),
        integer("person_id"),
        maybe("given_by_id"),
        moment("given_at"),
        words("words"),
        moment("until", nullable=True),
        moment("acknowledged_at", nullable=True),
        moment("ended_at", nullable=True),
        maybe("ended_by_id"),
        key("sanction", "person_id", "person"),
        key("sanction", "given_by_id", "person"),
        key("sanction", "ended_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_sanction"),
    )
    op.create_index("ix_sanction_person_id_given_at", "sanction", ["person_id", "given_at"])


def _moving() -> None:
    op.create_table(
        "merging",
        integer("id"),
        integer("question_id"),
        integer("into_id"),
        maybe("merged_by_id"),
        moment("merged_at"),
        sa.Column("moved", sa.JSON(), nullable=False),
        moment("ended_at", nullable=True),
        maybe("ended_by_id"),
        key("merging", "question_id", "post"),
        key("merging", "into_id", "post"),
        key("merging", "merged_by_id", "person"),
        key("merging", "ended_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_merging"),
    )
    op.create_index("ix_merging_question_id", "merging", ["question_id"])
    op.create_index("ix_merging_into_id", "merging", ["into_id"])
    op.create_table(
        "conversion",
        integer("id"),
        integer("post_id"),
        maybe("converted_by_id"),
        moment("converted_at"),
        words("was_kind"),
        maybe("was_parent_id"),
        sa.Column("moved", sa.JSON(), nullable=False),
        moment("ended_at", nullable=True),
        maybe("ended_by_id"),
        key("conversion", "post_id", "post"),
        key("conversion", "was_parent_id", "post"),
        key("conversion", "converted_by_id", "person"),
        key("conversion", "ended_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_conversion"),
    )
    op.create_index("ix_conversion_post_id", "conversion", ["post_id"])
