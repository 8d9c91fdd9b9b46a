"""What several stories in a browser do: press Tab until, and ask axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe

# Firefox cannot be told which of them somebody likes; the style sheet is the same.
SCHEMES = ["light", pytest.param("dark", marks=pytest.mark.only_in("chromium"))]


def tab_to(page, locator, most=80):
    """Press Tab until this element has the focus, as somebody without a mouse would."""
    for _ in range(most):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"cannot be reached by keyboard: {locator}")


def violations(page):
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    return [
        f"{each['id']}: {node['html'][:120]}"
        for each in found.response["violations"]
        for node in each["nodes"]
    ]
