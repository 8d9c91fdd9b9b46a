"""The audit trail refuses a record in the place of another: SQLite's REPLACE passed its guards.

`INSERT OR REPLACE` deletes the row in its way without asking the trigger that refuses deletions.
Postgres knows no such statement, and its ON CONFLICT DO UPDATE is an update.
"""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER audit_record_no_replace BEFORE INSERT ON audit_record "
            "WHEN EXISTS (SELECT 1 FROM audit_record "
            "WHERE seq = NEW.seq OR event_id = NEW.event_id) "
            "BEGIN SELECT RAISE(ABORT, 'The audit trail is only added to.'); END"
        )
    op.execute("UPDATE site_fact SET value = '0017' WHERE name = 'compatible_from'")
