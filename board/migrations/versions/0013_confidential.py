"""Confidential asking: who asked stands apart from whom readers see; a draft keeps the tick, and a
text that is held for a privacy reviewer says that its author is not to be shown.

Both columns of a post stand behind the long texts. A list reads `shown_as` only where a post has
no author, so the table is not built anew for them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE post ADD COLUMN confider_id INTEGER"
        " CONSTRAINT fk_post_confider_id REFERENCES person (id)"
    )
    op.add_column("post", sa.Column("shown_as", sa.String()))
    op.add_column(
        "draft",
        sa.Column("is_confidential", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column(
        "quarantine",
        sa.Column("is_confidential", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.execute("UPDATE site_fact SET value = '0013' WHERE name = 'compatible_from'")
