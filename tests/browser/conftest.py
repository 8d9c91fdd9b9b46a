"""A served board and a real browser that reaches nothing else."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import databases
import pytest
from conftest import require
from servers import Server, serving
from world import PASSWORD

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1366, "height": 768}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.needs("chromium"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    require("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def server(sqlite_board: databases.SQLiteBoard, tmp_path: Path) -> Iterator[Server]:
    """The world of the tests, served."""
    shutil.copyfile(sqlite_board.place / "settled.db", tmp_path / "board.db")
    with serving(tmp_path, "") as served:
        yield served


@pytest.fixture
def visit(chromium: Any, server: Server) -> Iterator[Callable[..., Any]]:
    """`visit("amina")`: a page in a browser of hers. Whatever the console complains about, or any
    request to elsewhere, fails the test.
    """
    contexts, complaints = [], []
    home = f"http://127.0.0.1:{server.port}"

    def open_page(name: str | None = None, **options: Any) -> Any:
        context = chromium.new_context(base_url=home, **({"viewport": DESK} | options))
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
