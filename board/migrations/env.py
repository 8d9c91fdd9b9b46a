"""How migrations run: in one transaction, on SQLite with foreign keys off while tables are rebuilt.

A batch rebuild under `foreign_keys=ON` would delete child rows by cascade; the pragma does nothing
inside a transaction, so it comes before BEGIN, and every key is checked before COMMIT.
"""

from alembic import context
from sqlalchemy import Connection

from board.core.database import Base, db, writing
from board.upkeep.schema import is_modelled


def run() -> None:
    with writing(), db.engine.connect() as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        if on_sqlite:
            _set_foreign_keys(connection, "OFF")
        try:
            context.configure(
                connection=connection,
                target_metadata=Base.metadata,
                transactional_ddl=True,
                render_as_batch=True,
                compare_type=True,
                include_object=is_modelled,
            )
            with context.begin_transaction():
                context.run_migrations()
                if on_sqlite:
                    _check_foreign_keys(connection)
        finally:
            if on_sqlite:
                _set_foreign_keys(connection, "ON")


def _set_foreign_keys(connection: Connection, state: str) -> None:
    """On the driver's own connection: SQLAlchemy would begin a transaction first."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA foreign_keys={state}")


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise RuntimeError(f"The migration would break a reference in table {broken[0]}.")


run()
