"""A PIN for the lock.

Revision ID: 0015
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "pin",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_pin_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_pin"),
    )
    op.execute("UPDATE site_fact SET value = '0015' WHERE name = 'compatible_from'")
