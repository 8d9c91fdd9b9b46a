"""A PIN for the lock; the audit trail lets go of what a record in it says was pruned.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


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
    op.create_table(
        "audit_relayed",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_relayed"),
    )
    if op.get_bind().dialect.name == "sqlite":
        _let_go_on_sqlite()
    else:
        _let_go_on_postgres()
    op.execute("UPDATE site_fact SET value = '0016' WHERE name = 'compatible_from'")


def _let_go_on_sqlite() -> None:
    op.execute("DROP TRIGGER audit_record_no_delete")
    op.execute(
        "CREATE TRIGGER audit_record_no_delete BEFORE DELETE ON audit_record WHEN OLD.seq > "
        "coalesce((SELECT max(json_extract(detail, '$.last')) FROM audit_record "
        "WHERE action = 'audit_pruned'), 0) "
        "BEGIN SELECT RAISE(ABORT, 'The audit trail is only added to.'); END"
    )


def _let_go_on_postgres() -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION audit_record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN IF TG_OP = 'DELETE' THEN IF OLD.seq <= (SELECT max((detail->>'last')::bigint) "
        "FROM audit_record WHERE action = 'audit_pruned') THEN RETURN OLD; END IF; END IF; "
        "RAISE EXCEPTION 'The audit trail is only added to.'; END $$"
    )
