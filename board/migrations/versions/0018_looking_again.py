"""What was posted is looked through again when the rules change, but for what was spoken about.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "privacy_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rules", sa.String(), nullable=False),
        sa.Column("allowed", sa.JSON(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("looked", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_privacy_look"),
    )
    op.create_table(
        "privacy_known_passage",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_privacy_known_passage_post_id"),
        sa.PrimaryKeyConstraint("post_id", "fingerprint", name="pk_privacy_known_passage"),
    )
    op.execute("UPDATE site_fact SET value = '0018' WHERE name = 'compatible_from'")
