"""The schema: which one the database has, which one this version needs, and getting there."""

from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import inspect, text

from board.core.database import db
from board.upkeep import furnishing
from board.upkeep.models import SiteFact

NOT_FOUNDED = "There is no board in this database yet. Run: board init"
OUTDATED = "The database is older than this version of Wardboard. Run: board upgrade"
UNFURNISHED = "What is searched has to be made anew. Run: board upgrade"
NEWER = "The database was made by a newer version of Wardboard. Install that version."


def problem_with_schema() -> str | None:
    """Why the board cannot be served with this database, and which command helps; None if it can.

    A newer schema is fine when it says that code as old as this may still run on it.
    """
    present, needed = present_revision(), newest_revision()
    if present == needed:
        return None if furnishing.is_furnished() else UNFURNISHED
    if present is None:
        return NOT_FOUNDED
    if present < needed:
        return OUTDATED
    oldest = db.session.get(SiteFact, "compatible_from")
    return None if oldest is not None and oldest.value <= needed else NEWER


def present_revision() -> str | None:
    """The revision of the database, such as `0001`; None for an empty one."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def newest_revision() -> str:
    """The revision this version of the code is written for."""
    head = _scripts().get_current_head()
    assert head is not None
    return head


def migrate(revision: str = "head") -> None:
    """Bring the database to this revision; an empty one is filled with tables."""
    upgrade(directory=current_app.extensions["migrate"].directory, revision=revision)


def is_modelled(
    _item: object, name: str | None, kind: str, _reflected: bool, _compared: object
) -> bool:
    """Whether a model describes this; full-text structures are the migrations' own."""
    if kind == "table":
        return not (name or "").startswith("search_index")
    return name not in {
        "heading",
        "words",
        "ix_search_document_heading",
        "ix_search_document_words",
    }


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent.parent / "migrations"))
    return ScriptDirectory.from_config(config)
