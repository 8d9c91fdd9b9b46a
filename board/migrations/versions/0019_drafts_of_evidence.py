"""The draft of an answer keeps what the answer rests on.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("draft", sa.Column("evidence", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE site_fact SET value = '0019' WHERE name = 'compatible_from'")
