"""The shared workstation: sessions rest locked, and know where they were begun.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("session", sa.Column("locked_at", sa.DateTime(timezone=True)))
    for name in ("address", "browser"):
        op.add_column("session", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.execute("UPDATE site_fact SET value = '0010' WHERE name = 'compatible_from'")
