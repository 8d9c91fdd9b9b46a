"""Whether the people have changed is asked at every text: an index of its own answers it.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

WHICH = sa.text("verb IN ('deactivated', 'joined', 'person_changed', 'reactivated')")


def upgrade() -> None:
    op.create_index(
        "ix_activity_people", "activity", ["id"], sqlite_where=WHICH, postgresql_where=WHICH
    )
    op.execute("UPDATE site_fact SET value = '0020' WHERE name = 'compatible_from'")
