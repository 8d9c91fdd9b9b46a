"""Asked, answered, voted and accepted: by keyboard alone, and without JavaScript."""

import pytest
from playwright.sync_api import expect
from steps import tab_to

ASKED = "Who changes the filter of the humidifier?"
ANSWER = "The respiratory nurses, every Monday."


def test_by_keyboard_alone(visit):
    amina = visit("amina")
    tab_to(amina, amina.get_by_role("link", name="Ask a question").first)
    amina.keyboard.press("Enter")
    amina.wait_for_url("**/questions/new")
    tab_to(amina, amina.get_by_label("Your question, in one sentence"))
    amina.keyboard.type(ASKED)
    tab_to(amina, amina.get_by_label("Details, if they help"))
    amina.keyboard.type("On 7B.")
    amina.keyboard.press("Control+b")
    amina.keyboard.type("today")
    tab_to(amina, amina.get_by_role("combobox", name="Tags"))
    amina.keyboard.type("stor")
    amina.get_by_role("option", name="storage").wait_for()
    amina.keyboard.press("ArrowDown")
    amina.keyboard.press("Enter")
    expect(amina.get_by_role("combobox", name="Tags")).to_have_value("storage, ")
    tab_to(amina, amina.get_by_role("button", name="Post question"))
    amina.keyboard.press("Enter")
    expect(amina.get_by_role("heading", level=1)).to_have_text(ASKED)
    expect(amina.locator(".prose strong").first).to_have_text("today")
    address = amina.url

    jonas = visit("jonas")
    jonas.goto(address)
    tab_to(jonas, jonas.get_by_label("What you know about it"))
    jonas.keyboard.type(ANSWER)
    tab_to(jonas, jonas.get_by_role("button", name="Post answer"))
    jonas.keyboard.press("Enter")
    expect(jonas.get_by_role("heading", name="1 answer")).to_be_visible()
    expect(jonas.get_by_text(ANSWER)).to_be_visible()

    amina.bring_to_front()
    amina.reload()
    vote = amina.locator("article[aria-label='Answer by Jonas Weber']").get_by_role(
        "button", name="Useful"
    )
    tab_to(amina, vote)
    amina.keyboard.press("Enter")
    expect(vote).to_have_attribute("aria-pressed", "true")
    assert vote.evaluate("element => element === document.activeElement"), "the focus is lost"
    tab_to(amina, amina.get_by_role("button", name="Accept"))
    amina.keyboard.press("Enter")
    expect(amina.get_by_text("accepted by Amina Yusuf")).to_be_visible()


@pytest.mark.only_in("chromium")
def test_without_javascript(visit):
    amina = visit("amina", java_script_enabled=False)
    amina.get_by_role("link", name="Ask a question").first.click()
    amina.get_by_role("button", name="Post question").click()
    expect(amina.get_by_role("heading", level=1)).to_have_text("Ask a question")
    amina.get_by_label("Your question, in one sentence").fill(ASKED)
    amina.get_by_label("Tags").fill("storage")
    amina.get_by_role("button", name="Post question").click()
    expect(amina.get_by_role("heading", level=1)).to_have_text(ASKED)
    address = amina.url

    jonas = visit("jonas", java_script_enabled=False)
    jonas.goto(address)
    jonas.get_by_role("link", name="Comment").first.click()
    jonas.get_by_label("Your comment").fill("Which humidifier?")
    jonas.get_by_role("button", name="Post comment").click()
    expect(jonas.get_by_text("Which humidifier?")).to_be_visible()
    jonas.get_by_label("What you know about it").fill(ANSWER)
    jonas.get_by_role("button", name="Post answer").click()
    expect(jonas.get_by_text("Your answer was posted.")).to_be_visible()

    amina.reload()
    amina.get_by_role("button", name="Useful").click()
    expect(amina.get_by_role("button", name="Useful")).to_have_attribute("aria-pressed", "true")
    amina.get_by_role("button", name="Accept").click()
    expect(amina.get_by_text("accepted by Amina Yusuf")).to_be_visible()
    amina.get_by_role("link", name="Withdraw acceptance").click()
    amina.get_by_role("button", name="Withdraw acceptance").click()
    expect(amina.get_by_text("The answer is no longer accepted.")).to_be_visible()
    amina.get_by_role("button", name="Save question").click()
    amina.get_by_role("link", name="Saved", exact=True).click()
    expect(amina.get_by_role("link", name=ASKED)).to_be_visible()


@pytest.mark.only_in("chromium")
def test_edit_remove_and_bring_back_without_javascript(visit):
    jonas = visit("jonas", java_script_enabled=False)
    jonas.goto("/posts/2")
    answer = jonas.locator("#post-2")
    answer.get_by_role("link", name="Edit").click()
    jonas.get_by_label("Text").fill("Four weeks.")
    jonas.get_by_label("What did you change").fill("shorter")
    jonas.get_by_role("button", name="Save").click()
    answer.get_by_role("link", name="edited").click()
    jonas.get_by_role("button", name="Go back to this").click()
    expect(answer).to_contain_text("at room temperature")
    answer.get_by_role("link", name="Remove").click()
    jonas.get_by_role("button", name="Remove").click()
    expect(answer).to_contain_text("Only its author and moderators see it.")
    answer.get_by_role("button", name="Bring back").click()
    expect(answer).not_to_contain_text("Only its author")


@pytest.mark.parametrize(
    "java_script_enabled",
    [True, pytest.param(False, marks=pytest.mark.only_in("chromium"))],
)
def test_search(visit, java_script_enabled):
    amina = visit("amina", java_script_enabled=java_script_enabled)
    if java_script_enabled:
        amina.keyboard.press("/")
        amina.keyboard.type("gloves")
    else:
        amina.get_by_role("combobox", name="Search").fill("gloves")
    amina.get_by_role("combobox", name="Search").press("Enter")
    expect(amina.get_by_role("heading", level=1)).to_have_text("1 result")
    expect(amina.locator("mark").first).to_have_text("gloves")
