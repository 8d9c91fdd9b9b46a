"""Wardboard: the question-and-answer board a hospital runs on its own intranet.

`create_app` starts everything in order. The features stand in one written order, and a feature
imports only what stands above it; `docs/architecture.md` prints it and a test holds it.
"""

from pathlib import Path
from typing import Any

from flask_migrate import Migrate
from htmx_flask import Htmx

from board import api, config, web, wiring
from board.activity import recording
from board.core import database, disclosing, queueing, sealing, working
from board.core.signing import secret_key
from board.privacy import elsewhere
from board.web.application import Board


def create_app(folder: Path | None = None, **overrides: Any) -> Board:
    """The board with the data in this folder; `overrides` are settings. Raises `SettingError`."""
    folder = folder or config.data_folder()
    settings = config.load(folder, **overrides)
    app = Board(
        __name__,
        instance_path=str(folder),
        template_folder=_shipped("templates"),
        static_folder=None,
    )
    app.static_folder = _shipped("static")
    app.extensions["board.settings"] = settings
    app.config["SECRET_KEY"] = settings.secret_key or secret_key(folder)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = 12 * 1024 * 1024
    database.init_app(app, database_url(settings.database_url, folder))
    Migrate(app, database.db, directory=str(Path(__file__).parent / "migrations"))
    Htmx(app)
    recording.init_app(app, wiring.REACTIONS)
    disclosing.init_app(app, wiring.RECORDED)
    working.init_app(app, wiring.DUE)
    queueing.init_app(app, wiring.QUEUE)
    sealing.init_app(app, folder)
    elsewhere.init_app(app, wiring.PRIVACY)
    web.init_app(app)
    api.init_app(app)
    return app


def database_url(url: str, folder: Path) -> str:
    """The address for SQLAlchemy: board.db in the data folder by default; Postgres by psycopg 3."""
    if not url:
        return f"sqlite:///{folder / 'board.db'}"
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _shipped(name: str) -> str:
    """A folder of the wheel, or of the checkout (an editable install does not map folders)."""
    installed = Path(__file__).parent / name
    return str(installed if installed.is_dir() else Path(__file__).parent.parent / name)
