"""The queue by keys alone, and its pages with something in them."""

import pytest
from playwright.sync_api import expect
from steps import SCHEMES, violations


def send(page, address, **fields):
    token = page.locator("[name=csrf_token]").first.input_value()
    page.request.post(address, form={"csrf_token": token} | fields)


def press(page, key):
    """A key, once the last one has done its work: until then none is heard."""
    expect(page.locator(".htmx-request")).to_have_count(0)
    page.keyboard.press(key)


@pytest.fixture
def flagged(visit):
    """Amina flagged an answer as unsafe and suggested an edit of it, Priya flagged another."""
    amina, priya = visit("amina"), visit("priya")
    send(amina, "/posts/2/flags", reason="unsafe", words="Six weeks now.")
    send(amina, "/posts/2/suggestions", body="Six weeks.", base_revision="1")
    send(priya, "/posts/5/flags", reason="wrong", words="One pair.")


def test_decided_by_keys_and_taken_back(visit, flagged):
    ruth = visit("ruth")
    ruth.goto("/queue")
    ruth.get_by_text("Six weeks now.").wait_for()
    ruth.keyboard.press("n")
    ruth.get_by_text("One pair.").wait_for()
    expect(ruth.locator("#item-title")).to_be_focused()
    press(ruth, "z")
    ruth.get_by_text("Six weeks now.").wait_for()
    press(ruth, "l")
    ruth.get_by_text("One pair.").wait_for()


def test_keys_do_nothing_while_somebody_types_or_switched_them_off(visit, flagged):
    ruth = visit("ruth")
    ruth.goto("/queue")
    ruth.locator("#words").press_sequentially("run")
    expect(ruth.locator("#words")).to_have_value("run")
    ruth.keyboard.press("Enter")
    ruth.get_by_text("Enter alone decides nothing").wait_for()
    ruth.get_by_role("button", name="Switch them off").click()
    ruth.get_by_text("Single keys are switched off").wait_for()
    ruth.keyboard.press("n")
    ruth.wait_for_timeout(300)
    expect(ruth.get_by_text("Six weeks now.")).to_be_visible()


@pytest.mark.only_in("chromium")
def test_without_javascript(visit, flagged):
    ruth = visit("ruth", java_script_enabled=False)
    ruth.goto("/queue")
    ruth.get_by_role("button", name="Nothing wrong").click()
    expect(ruth.get_by_text("Done: nothing wrong.")).to_be_visible()
    ruth.get_by_role("button", name="Later").click()
    expect(ruth.get_by_text("You see it again tomorrow.")).to_be_visible()
    ruth.get_by_role("button", name="Accept").click()
    expect(ruth.get_by_role("button", name="Undo my last decision")).to_be_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [320, 911])
def test_the_queue_on_any_screen(visit, flagged, scheme, width):
    ruth = visit("ruth", viewport={"width": width, "height": 800}, color_scheme=scheme)
    send(ruth, "/questions/4/closure", reason="duplicate", original="1")
    send(ruth, "/questions/5/merge", into="1")
    for address in ("/queue", "/questions/1", "/questions/4", "/posts/2/suggestions"):
        ruth.goto(address)
        assert (address, violations(ruth)) == (address, [])
        wide = ruth.evaluate("document.documentElement.scrollWidth")
        assert (address, wide) == (address, min(wide, width))
    ruth.goto("/questions/1")
    ruth.locator(".more-deeds summary").first.click()
    assert violations(ruth) == []
