"""A workstation that many share: left, locked, opened again, handed over."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect
from steps import violations
from world import PASSWORD

TYPED = "The clamp is closed, and"


@pytest.fixture
def unused(server):
    """`unused(seconds)`: nobody has used any session for so long, says the server."""

    def change(seconds):
        moment = f"datetime('now', '-{seconds} seconds') || '.000000'"
        with closing(sqlite3.connect(server.folder / "board.db", timeout=10)) as board:
            board.execute(f"UPDATE session SET last_active = {moment}")
            board.commit()

    return change


@pytest.fixture
def amina(visit):
    page = visit("amina")
    page.clock.install()
    return page


def writes(page, text=TYPED):
    page.goto("/questions/4")
    page.get_by_label("What you know about it").press_sequentially(text)


def is_left(page, unused, seconds):
    unused(seconds)
    page.clock.run_for(560_000)


def unlock(page, password=PASSWORD):
    page.fill("#password", password)
    page.press("#password", "Enter")


def test_a_warning_that_any_key_ends(amina, unused):
    writes(amina)
    expect(amina.locator(".draft").first).to_contain_text("Saved")  # which counts as use
    is_left(amina, unused, 550)
    warning = amina.get_by_role("alertdialog", name="Are you still there?")
    expect(warning).to_be_visible()
    expect(warning.get_by_role("button", name="Carry on")).to_be_focused()
    assert violations(amina) == []
    with amina.expect_response("**/lock/postponement") as replied:
        amina.keyboard.press("Shift")
    assert replied.value.status == 204
    expect(warning).not_to_be_visible()
    expect(amina.get_by_label("What you know about it")).to_be_focused()
    expect(amina.get_by_label("What you know about it")).to_have_value(TYPED)


def test_left_alone_it_is_locked_and_opened_where_it_was(amina, unused):
    writes(amina)
    is_left(amina, unused, 601)
    expect(amina.get_by_role("heading", level=1)).to_have_text("Locked")
    assert violations(amina) == []
    assert TYPED not in amina.content()
    assert "occlusion" not in amina.evaluate("document.documentElement.textContent")
    unlock(amina, "wrong")
    expect(amina.get_by_text("not the password of whoever")).to_be_visible()
    unlock(amina)
    field = amina.get_by_label("What you know about it")
    expect(field).to_have_value(TYPED)
    expect(field).to_be_focused()
    amina.keyboard.type(" the tube kinked.")
    amina.get_by_role("button", name="Post answer").click()
    expect(amina.get_by_text("The clamp is closed, and the tube kinked.")).to_be_visible()


def test_somebody_else_gets_an_empty_form_and_the_text_waits_for_its_person(amina, unused, visit):
    writes(amina)
    is_left(amina, unused, 601)
    amina.wait_for_url("**/lock**")
    amina.get_by_role("button", name="Not you? Switch user").click()
    expect(amina.get_by_label("User name")).to_have_value("")
    amina.fill("#username", "jonas")
    unlock(amina)
    amina.wait_for_url("**/questions")
    amina.goto("/questions/4")
    expect(amina.get_by_label("What you know about it")).to_have_value("")
    again = visit("amina")
    again.goto("/questions/4")
    expect(again.get_by_label("What you know about it")).to_have_value(TYPED)


def test_another_window_that_is_used_keeps_this_one_open(amina, unused):
    amina.goto("/questions/4")
    amina.clock.run_for(560_000)
    expect(amina.get_by_role("alertdialog")).not_to_be_visible()
    unused(601)
    amina.clock.run_for(600_000)
    expect(amina.get_by_role("heading", level=1)).to_have_text("Locked")


def test_without_a_connection_it_is_covered_until_the_text_is_saved(amina, unused):
    writes(amina)
    amina.context.set_offline(True)
    amina.get_by_label("What you know about it").press_sequentially(" more")
    amina.clock.run_for(700_000)
    expect(amina.get_by_role("alertdialog", name="Locked")).to_contain_text("No connection")
    expect(amina.locator("#thread")).not_to_be_visible()
    amina.keyboard.press("Escape")
    expect(amina.locator("#thread")).not_to_be_visible()
    amina.context.set_offline(False)
    unused(601)
    amina.clock.run_for(60_000)
    expect(amina.get_by_role("heading", level=1)).to_have_text("Locked")
    unlock(amina)
    expect(amina.get_by_label("What you know about it")).to_have_value(f"{TYPED} more")


def test_a_poll_that_hears_of_the_lock_covers_the_page(amina, unused, visit):
    amina.goto("/questions/4")
    unused(601)
    amina.clock.run_for(30_000)
    expect(amina.get_by_role("heading", level=1)).to_have_text("Locked")


def test_locking_by_hand(amina):
    writes(amina)
    amina.locator("details.me summary").click()
    amina.get_by_role("button", name="Lock", exact=True).click()
    expect(amina.get_by_role("heading", level=1)).to_have_text("Locked")
    unlock(amina)
    expect(amina.get_by_label("What you know about it")).to_have_value(TYPED)


@pytest.mark.only_in("chromium")
def test_without_javascript_the_next_request_meets_the_lock(visit, unused):
    amina = visit("amina", java_script_enabled=False)
    amina.goto("/questions/4")
    amina.get_by_label("What you know about it").fill(TYPED)
    unused(601)
    amina.get_by_role("button", name="Post answer").click()
    expect(amina.get_by_role("heading", level=1)).to_have_text("Locked")
    unlock(amina)
    expect(amina.get_by_label("What you know about it")).to_have_value(TYPED)


@pytest.mark.parametrize("leave", ["Sign out", "Switch user", "Lock"])
def test_back_shows_the_door_and_nothing_of_hers(visit, leave):
    amina = visit("amina")
    amina.goto("/questions/4")
    amina.goto("/questions/1")
    amina.locator("details.me summary").click()
    menu = amina.locator(".me-menu")
    menu.get_by_role("button", name=leave).click()
    door = "Locked" if leave == "Lock" else "Sign in"
    expect(amina.get_by_role("heading", level=1)).to_have_text(door)
    for _ in range(2):
        amina.go_back()
        expect(amina.get_by_role("heading", level=1)).to_have_text(door)
        assert "insulin" not in amina.content()
        assert "occlusion" not in amina.content()


@pytest.mark.parametrize(
    "java_script_enabled",
    [True, pytest.param(False, marks=pytest.mark.only_in("chromium"))],
)
def test_words_of_danger_lead_to_whom_to_call_and_back_and_on(visit, java_script_enabled):
    amina = visit("amina", java_script_enabled=java_script_enabled)
    amina.goto("/questions/new")
    title = amina.get_by_label("Your question, in one sentence")
    title.fill("What to do when he is not breathing?")
    amina.get_by_role("button", name="Post question").click()
    warning = amina.get_by_role("heading", name="Do not wait for an answer here")
    expect(warning).to_be_visible()
    amina.get_by_role("button", name="Go back").click()
    expect(title).to_have_value("What to do when he is not breathing?")
    amina.get_by_role("button", name="Post question").click()
    expect(warning).to_be_visible()
    amina.get_by_role("button", name="Nobody is in danger: post it").click()
    expect(amina.get_by_role("heading", level=1)).to_have_text(
        "What to do when he is not breathing?"
    )


@pytest.mark.only_in("chromium")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_warning_of_danger(visit, scheme):
    amina = visit("amina", color_scheme=scheme)
    amina.goto("/questions/new")
    amina.get_by_label("Your question, in one sentence").fill("Cardiac arrest, what now?")
    amina.get_by_role("button", name="Post question").click()
    expect(amina.get_by_role("button", name="Go back")).to_be_visible()
    assert violations(amina) == []
