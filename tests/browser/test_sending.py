"""Patchy Wi-Fi: cut before the server heard it, and cut before its answer came back. One post."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

ASKED = "Who changes the filter of the humidifier?"
ANSWER = "The clamp is closed."
NOT_SENT = "Not sent. Your text is safe on this page."


@pytest.fixture
def count(server):
    """`count("answer")`: how many posts of this kind are stored."""

    def ask(kind):
        with closing(sqlite3.connect(server.folder / "board.db")) as board:
            return board.execute("SELECT count(*) FROM post WHERE kind = ?", [kind]).fetchone()[0]

    return ask


@pytest.fixture
def amina(visit):
    return visit("amina")


def cut_before(route):
    """The request never arrives."""
    route.abort("connectionfailed")


def cut_after(route):
    """The server has done its work, and nobody hears of it."""
    route.fetch(max_redirects=0)
    route.abort("connectionreset")


# Firefox does not hand a request that it was told to hold to somebody else.
CUTS = [cut_before, pytest.param(cut_after, marks=pytest.mark.only_in("chromium"))]


def cut(page, address, how, times=2):
    page.route(address, how, times=times)


def ask(page):
    page.goto("/questions/new")
    page.get_by_label("Your question, in one sentence").fill(ASKED)
    page.get_by_role("button", name="Post question").click()


@pytest.mark.parametrize("how", CUTS)
def test_a_question_is_sent_until_it_arrives(amina, count, how):
    before = count("question")
    cut(amina, "**/questions", how)
    ask(amina)
    expect(amina.get_by_role("alert").filter(has_text=NOT_SENT)).to_be_visible()
    title = amina.get_by_label("Your question, in one sentence")
    expect(title).to_have_value(ASKED)
    expect(title).not_to_be_editable()
    expect(amina.get_by_role("heading", level=1)).to_have_text(ASKED, timeout=15_000)
    assert count("question") == before + 1


@pytest.mark.parametrize("how", CUTS)
def test_an_answer_is_sent_until_it_arrives(amina, count, how):
    before = count("answer")
    cut(amina, "**/questions/4/answers", how)
    amina.goto("/questions/4")
    amina.get_by_label("What you know about it").fill(ANSWER)
    amina.get_by_role("button", name="Post answer").click()
    expect(amina.get_by_role("alert").filter(has_text=NOT_SENT)).to_be_visible()
    expect(amina.get_by_label("What you know about it")).to_have_value(ANSWER)
    expect(amina.get_by_role("heading", name="1 answer")).to_be_visible(timeout=15_000)
    assert count("answer") == before + 1


def test_it_goes_when_the_network_is_back_though_the_browser_said_it_was_never_away(amina, count):
    amina.add_init_script("Object.defineProperty(navigator, 'onLine', { get: () => true })")
    amina.goto("/questions/4")
    amina.get_by_label("What you know about it").fill(ANSWER)
    amina.context.set_offline(True)
    amina.get_by_role("button", name="Post answer").click()
    expect(amina.get_by_role("alert").filter(has_text=NOT_SENT)).to_be_visible()
    amina.context.set_offline(False)
    expect(amina.get_by_role("heading", name="1 answer")).to_be_visible(timeout=15_000)


def test_the_text_can_be_changed_and_sent_by_hand(amina, count):
    before = count("question")
    cut(amina, "**/questions", cut_before, times=1)
    ask(amina)
    amina.get_by_role("button", name="Change the text").click()
    amina.wait_for_timeout(1500)
    assert count("question") == before
    title = amina.get_by_label("Your question, in one sentence")
    title.fill(f"{ASKED} And when?")
    amina.get_by_role("button", name="Post question").click()
    expect(amina.get_by_role("heading", level=1)).to_have_text(f"{ASKED} And when?")
    assert count("question") == before + 1


def test_a_proxy_that_finds_nobody_behind_it_is_a_lost_connection_too(amina, count):
    before = count("question")
    amina.route(
        "**/questions", lambda route: route.fulfill(status=502, body="Bad gateway"), times=1
    )
    ask(amina)
    expect(amina.get_by_role("alert").filter(has_text=NOT_SENT)).to_be_visible()
    expect(amina.get_by_role("heading", level=1)).to_have_text(ASKED, timeout=15_000)
    assert count("question") == before + 1


@pytest.mark.parametrize(
    "java_script_enabled",
    [True, pytest.param(False, marks=pytest.mark.only_in("chromium"))],
)
def test_a_double_press_makes_one_post(visit, count, java_script_enabled):
    amina = visit("amina", java_script_enabled=java_script_enabled)
    questions, answers = count("question"), count("answer")
    amina.goto("/questions/new")
    amina.get_by_label("Your question, in one sentence").fill(ASKED)
    amina.get_by_role("button", name="Post question").dblclick(no_wait_after=True)
    expect(amina.get_by_role("heading", level=1)).to_have_text(ASKED)
    amina.goto("/questions/4")
    amina.get_by_label("What you know about it").fill(ANSWER)
    amina.get_by_role("button", name="Post answer").dblclick(no_wait_after=True)
    expect(amina.get_by_role("heading", name="1 answer")).to_be_visible()
    assert (count("question"), count("answer")) == (questions + 1, answers + 1)


def test_a_refusal_shows_the_form_again_with_everything_in_it(amina, count):
    before = count("question")
    amina.goto("/questions/new")
    amina.get_by_label("Your question, in one sentence").fill(ASKED)
    amina.get_by_label("Details, if they help").fill("NHS number 999 012 3454.")
    amina.get_by_role("button", name="Post question").click()
    expect(amina.get_by_role("button", name="Replace and post")).to_be_focused()
    expect(amina.get_by_label("Your question, in one sentence")).to_have_value(ASKED)
    amina.locator("#mistakes").get_by_role("button", name="Replace with").first.click()
    expect(amina.get_by_label("Details, if they help")).not_to_have_value(
        "NHS number 999 012 3454."
    )
    amina.get_by_role("button", name="Post question").click()
    expect(amina.get_by_role("heading", level=1)).to_have_text(ASKED)
    assert count("question") == before + 1


def test_what_the_page_said_after_posting_is_said(amina):
    ask(amina)
    expect(amina.get_by_text("Your question was posted.")).to_be_visible()
