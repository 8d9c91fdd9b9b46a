"""A PIN at the lock, and the tick on the ask form, in a browser: where the site wants them."""

import os

import pytest
from playwright.sync_api import expect
from steps import violations
from world import PASSWORD

CODE = "482915"
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture(autouse=True)
def wanted(monkeypatch):
    monkeypatch.setenv("BOARD_LOCK_PIN", "true")
    monkeypatch.setenv("BOARD_ASK_TICK_DAYS", "1")


def picture(page, name):
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png")


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
def test_chosen_in_the_profile_it_opens_the_lock_where_she_was(visit, options):
    amina = visit("amina", **options)
    amina.goto("/pin")
    assert violations(amina) == []
    picture(amina, f"pin-{len(options)}")
    amina.get_by_label("Your password").fill(PASSWORD)
    amina.get_by_label("New PIN", exact=True).fill(CODE)
    amina.get_by_label("New PIN again").fill(CODE)
    amina.get_by_role("button", name="Choose this PIN").click()
    expect(amina.get_by_text("You chose yours on")).to_be_visible()
    amina.goto("/questions/4")
    amina.get_by_label("What you know about it").fill("The clamp is closed, and")
    amina.locator("details.me summary").click()
    amina.get_by_role("button", name="Lock").click()
    expect(amina.get_by_label("PIN")).to_be_focused()
    assert violations(amina) == []
    amina.keyboard.type("482916")
    amina.keyboard.press("Enter")
    expect(amina.get_by_text("not the PIN of whoever")).to_be_visible()
    picture(amina, f"lock-{len(options)}")
    amina.get_by_label("PIN").fill(CODE)
    amina.keyboard.press("Enter")
    expect(amina.get_by_label("What you know about it")).to_have_value("The clamp is closed, and")


@pytest.mark.only_in("chromium")
def test_without_javascript_too(visit):
    amina = visit("amina", java_script_enabled=False)
    amina.goto("/pin")
    amina.get_by_label("Your password").fill(PASSWORD)
    amina.get_by_label("New PIN", exact=True).fill(CODE)
    amina.get_by_label("New PIN again").fill(CODE)
    amina.get_by_role("button", name="Choose this PIN").click()
    amina.goto("/tags")
    amina.locator("details.me summary").click()
    amina.get_by_role("button", name="Lock").click()
    amina.get_by_label("PIN").fill(CODE)
    amina.get_by_role("button", name="Carry on as").click()
    amina.wait_for_url("**/tags")


def test_the_tick_on_the_ask_form(visit):
    priya = visit("priya")
    priya.goto("/questions/new")
    tick = priya.get_by_label("No patient details. This board is not the record.")
    expect(tick).to_be_visible()
    assert violations(priya) == []
    priya.get_by_label("Your question, in one sentence").fill("How long does a pen keep open?")
    priya.get_by_role("button", name="Post question").evaluate("b => b.form.noValidate = true")
    priya.get_by_role("button", name="Post question").click()
    expect(priya.locator("#attested-problem")).to_be_visible()
    assert violations(priya) == []
    picture(priya, "ask")
    priya.get_by_label("No patient details. This board is not the record.").check()
    priya.get_by_role("button", name="Post question").click()
    expect(priya.get_by_role("heading", level=1)).to_have_text("How long does a pen keep open?")
