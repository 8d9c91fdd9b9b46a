"""What waits may wait for a moderator: the first posts of somebody new.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """A new column stands last and is filled: no row is written anew."""
    waits_for = sa.Column("waits_for", sa.String(), nullable=False, server_default="reviewer")
    op.add_column("quarantine", waits_for)
    op.execute("UPDATE site_fact SET value = '0015' WHERE name = 'compatible_from'")
