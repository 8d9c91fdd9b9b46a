"""A served board and real browsers that reach nothing else."""

import os
import shlex
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import databases
import pytest
from conftest import require
from servers import Server, serving
from world import PASSWORD

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1366, "height": 768}
ENGINES = ("chromium", "firefox-esr")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "only_in(engine): what the other cannot be made to do")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What a browser does is tried in each that hospitals have."""
    if "engine" in metafunc.fixturenames:
        engines = [pytest.param(name, marks=pytest.mark.needs(name)) for name in ENGINES]
        metafunc.parametrize("engine", engines, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    others = [item for item in items if not _is_for_its_engine(item)]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in others]


def _is_for_its_engine(item: pytest.Item) -> bool:
    engine = getattr(item, "callspec", None) and item.callspec.params.get("engine")
    return engine is None or all(engine in marker.args for marker in item.iter_markers("only_in"))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Any) -> Iterator[Any]:
    require("chromium")
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def firefox(playwright: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    require("firefox-esr")
    starter = tmp_path_factory.mktemp("firefox") / "start"
    command = shlex.join([sys.executable, str(Path(__file__).with_name("firefox.py"))])
    starter.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
    starter.chmod(0o755)
    browser = playwright.firefox.launch(channel="moz-firefox", executable_path=str(starter))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def served(
    sqlite_board: databases.SQLiteBoard, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Server]]:
    """`served()`: a board with the settings that the environment has now, started once."""
    with ExitStack() as stack:
        running: dict[frozenset[tuple[str, str]], Server] = {}

        def start() -> Server:
            wanted = frozenset(each for each in os.environ.items() if each[0].startswith("BOARD_"))
            if wanted not in running:
                place = tmp_path_factory.mktemp("served")
                shutil.copyfile(sqlite_board.place / "settled.db", place / "board.db")
                running[wanted] = stack.enter_context(serving(place, ""))
            return running[wanted]

        yield start


@pytest.fixture
def server(served: Callable[[], Server], sqlite_board: databases.SQLiteBoard) -> Server:
    """The world of the tests, served."""
    running = served()
    settled = sqlite3.connect(sqlite_board.place / "settled.db")
    board = sqlite3.connect(running.folder / "board.db", timeout=10)
    with closing(settled), closing(board):
        settled.backup(board)
    return running


@pytest.fixture
def visit(
    engine: str, request: pytest.FixtureRequest, server: Server
) -> Iterator[Callable[..., Any]]:
    """`visit("amina")`: a page in a browser of hers. Whatever the console complains about, or any
    request to elsewhere, fails the test.
    """
    browser = request.getfixturevalue(engine.removesuffix("-esr"))
    contexts, complaints = [], []
    home = f"http://127.0.0.1:{server.port}"

    def open_page(name: str | None = None, **options: Any) -> Any:
        context = browser.new_context(base_url=home, **({"viewport": DESK} | options))
        contexts.append(context)
        context.on(
            "request",
            lambda request: (
                complaints.append(request.url) if not request.url.startswith(home) else None
            ),
        )
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("console", lambda message: _note(message, complaints))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if name:
            page.goto("/sign-in")
            page.fill("#username", name)
            page.fill("#password", PASSWORD)
            page.press("#password", "Enter")
            page.wait_for_url("**/questions")
        return page

    open_page.complaints = complaints  # type: ignore[attr-defined]
    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _note(message: Any, complaints: list[str]) -> None:
    """A refusal is an answer we mean, and a lost connection is what some tests are about; browser
    and htmx log both as errors.
    """
    meant = ("Failed to load resource", "htmx:sendError", "htmx:afterRequest")
    if message.type in ("error", "warning") and not message.text.startswith(meant):
        complaints.append(message.text)
