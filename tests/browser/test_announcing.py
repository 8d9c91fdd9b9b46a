"""What moderators put before everybody, and what waits for them: read, put away, decided."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from steps import violations

WORDS = "The drug cabinet on Ward 7B is replaced this afternoon; take stock from Ward 7A."
PAGES = ("/questions", "/questions/1", "/announcements", "/announcements/1/edit", "/queue")
OF_ANSWERS = ("/answers/2/readers", "/questions/4/featuring", "/questions/1/featuring")


def send(page, address, **fields):
    token = page.locator("[name=csrf_token]").first.input_value()
    return page.request.post(address, form={"csrf_token": token} | fields)


@pytest.fixture(autouse=True)
def first_posts_wait(monkeypatch):
    """Everybody but moderators is new."""
    monkeypatch.setenv("BOARD_HOLD_FIRST_POSTS", "9")


@pytest.fixture
def announced(visit):
    """Ruth announces something, features a question, withdraws an answer; Amina has commented."""
    ruth = visit("ruth")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    ends = f"{tomorrow:%Y-%m-%dT%H:%M}"
    send(ruth, "/announcements", words=WORDS, level="warning", link="1", ends=ends)
    send(ruth, "/questions/4/featuring", until=f"{tomorrow:%Y-%m-%d}", note="New pumps came.")
    amina = visit("amina")
    amina.goto("/questions/1")
    send(amina, "/posts/2/comments", body="Which leaflet?")
    seen = {"revision": "1", "standing": "posted"}
    send(ruth, "/answers/2/withdrawal", reason="Wrong leaflet.", **seen)


def of(name):
    return (*PAGES[:2], "/privacy/mine") if name == "amina" else PAGES + OF_ANSWERS


@pytest.mark.only_in("chromium")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["amina", "ruth"])
def test_axe_finds_nothing(visit, announced, name, scheme):
    page = visit(name, color_scheme=scheme)
    for address in of(name):
        page.goto(address)
        expect(page.locator("#announcement")).to_be_visible()
        assert (address, violations(page)) == (address, [])


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_has_to_be_scrolled_sideways(visit, announced, width):
    for name in ("amina", "ruth"):
        page = visit(name, viewport={"width": width, "height": 768})
        for address in of(name):
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_put_away_in_place_and_for_good(visit, announced):
    amina = visit("amina")
    amina.get_by_role("button", name="Put away").click()
    expect(amina.get_by_text(WORDS)).to_have_count(0)
    expect(amina.locator("#announcement")).to_be_focused()
    amina.goto("/questions/1")
    expect(amina.get_by_text(WORDS)).to_have_count(0)


@pytest.mark.only_in("chromium")
def test_without_javascript_it_is_put_away_on_the_same_page(visit, announced):
    amina = visit("amina", java_script_enabled=False)
    amina.goto("/tags")
    amina.get_by_role("button", name="Put away").click()
    amina.wait_for_url("**/tags")
    expect(amina.get_by_text(WORDS)).to_have_count(0)


def test_a_first_post_is_let_through_by_its_key(visit, announced):
    ruth = visit("ruth")
    ruth.goto("/queue")
    ruth.get_by_text("Which leaflet?").wait_for()
    ruth.keyboard.press("a")
    ruth.get_by_text("Done: let through.").wait_for()
    ruth.goto("/questions/1")
    expect(ruth.get_by_text("Which leaflet?")).to_be_visible()
