"""Announcements, who has put one away, and featured questions.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def key(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_{table}_{name}")


def integer(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def words(name: str) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=False)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    _announcements()
    _featured()
    op.execute("UPDATE site_fact SET value = '0014' WHERE name = 'compatible_from'")


def _announcements() -> None:
    op.create_table(
        "announcement",
        integer("id"),
        words("words"),
        words("path"),
        words("level"),
        moment("starts_at"),
        moment("ends_at"),
        integer("made_by_id", nullable=True),
        moment("made_at"),
        moment("changed_at", nullable=True),
        integer("changed_by_id", nullable=True),
        moment("ended_at", nullable=True),
        integer("ended_by_id", nullable=True),
        key("announcement", "made_by_id", "person"),
        key("announcement", "changed_by_id", "person"),
        key("announcement", "ended_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_announcement"),
    )
    op.create_index("ix_announcement_ends_at", "announcement", ["ends_at"])
    op.create_table(
        "announcement_dismissal",
        integer("announcement_id"),
        integer("person_id"),
        moment("dismissed_at"),
        key("announcement_dismissal", "announcement_id", "announcement"),
        key("announcement_dismissal", "person_id", "person"),
        sa.PrimaryKeyConstraint("announcement_id", "person_id", name="pk_announcement_dismissal"),
    )
    op.create_index("ix_announcement_dismissal_person_id", "announcement_dismissal", ["person_id"])


def _featured() -> None:
    op.create_table(
        "featuring",
        integer("id"),
        integer("question_id"),
        integer("featured_by_id", nullable=True),
        moment("featured_at"),
        words("note"),
        moment("until"),
        moment("ended_at", nullable=True),
        integer("ended_by_id", nullable=True),
        key("featuring", "question_id", "post"),
        key("featuring", "featured_by_id", "person"),
        key("featuring", "ended_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_featuring"),
    )
    standing = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_featuring_standing",
        "featuring",
        ["question_id"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
    op.create_index("ix_featuring_until", "featuring", ["until"])
