"""Moderation: states of a question with their records.

Revision ID: 0009
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0004"


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
    op.execute("UPDATE site_fact SET value = '0009' WHERE name = 'compatible_from'")


def _states() -> None:
    """New columns stand last and may be empty: no row is written anew, no trigger lost."""
    op.add_column("post", sa.Column("closed_as", sa.String()))
    op.add_column("post", maybe("duplicate_of_id"))
    op.add_column("post", moment("locked_at", nullable=True))
    op.add_column("post", maybe("merged_into_id"))
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
