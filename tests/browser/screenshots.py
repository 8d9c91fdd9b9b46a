"""Pictures of the demonstration hospital, for the README: `make screenshots`."""

import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import sync_playwright
from servers import serving

from board import create_app
from board.core.database import db
from board.upkeep import demonstrating, founding

PICTURES = {
    "questions": "/questions?tab=active",
    "question": "/search?q=crush+tablets+tube",
}
ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]


def main(target: Path) -> None:
    """Take every picture at the size of a ward's screen."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        found(Path(place))
        with serving(Path(place), "") as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=ARGUMENTS
            )
            home = f"http://127.0.0.1:{server.port}"
            page = browser.new_page(base_url=home, viewport={"width": 1366, "height": 768})
            page.goto("/sign-in")
            page.fill("#username", "grace")
            page.fill("#password", demonstrating.PASSWORD)
            page.press("#password", "Enter")
            page.wait_for_url("**/questions")
            for name, address in PICTURES.items():
                page.goto(address)
                if name == "question":
                    page.locator("article.row h2 a").first.click()
                    page.locator(".accepted-note").first.wait_for()
                page.screenshot(path=target / f"{name}.png")
            browser.close()


def found(folder: Path) -> None:
    """The demonstration, as `board demo` makes it."""
    app = create_app(folder)
    with app.app_context():
        founding.found(folder)
        demonstrating.demonstrate(folder)
        db.session.remove()
        db.engine.dispose()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
