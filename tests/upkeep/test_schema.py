"""The schema: migrations make what the models say, on both databases, and lose no row."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from board.core.database import Base, db, is_sqlite
from board.upkeep import schema
from board.upkeep.models import SiteFact


def test_the_migrations_make_what_the_models_say(world):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": schema.is_modelled}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_a_founded_board_can_be_served(world):
    assert schema.problem_with_schema() is None


@pytest.mark.parametrize(
    ("version", "compatible_from", "problem"),
    [
        ("0000", "0001", schema.OUTDATED),
        ("9999", "9999", schema.NEWER),
        ("9999", "0001", None),
    ],
)
def test_an_older_schema_is_refused_and_a_newer_one_may_say_it_fits(
    world, version, compatible_from, problem
):
    db.session.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    db.session.get(SiteFact, "compatible_from").value = compatible_from
    db.session.commit()
    assert schema.problem_with_schema() == problem


def test_migrating_again_changes_nothing(world):
    before = structures(), counts()
    db.session.commit()
    schema.migrate()
    assert (structures(), counts()) == before


def structures():
    """Tables, indexes and triggers by name."""
    if is_sqlite():
        rows = db.session.execute(text("SELECT type, name FROM sqlite_master"))
        return sorted(tuple(row) for row in rows)
    found = inspect(db.session.connection())
    return sorted(
        (table, index["name"])
        for table in found.get_table_names()
        for index in found.get_indexes(table)
    )


def counts():
    return {
        table.name: db.session.execute(text(f'SELECT count(*) FROM "{table.name}"')).scalar()
        for table in Base.metadata.sorted_tables
    }


def test_the_triggers_are_there(world):
    if is_sqlite():
        names = [name for kind, name in structures() if kind == "trigger"]
        assert names == [
            "audit_record_no_delete",
            "audit_record_no_replace",
            "audit_record_no_update",
            "search_document_deleted",
            "search_document_inserted",
            "search_document_updated",
        ]
