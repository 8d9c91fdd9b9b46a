"""Patients' details in a browser: while typing, refused, by keyboard, without JavaScript."""

import pytest
from playwright.sync_api import expect
from steps import tab_to, violations

NUMBER = "999 012 3454"
TITLE = "Which pump for a patient at home?"
STRONG = f"NHS number {NUMBER}, has a syringe driver."
WEAK = "She is a 94 year old lady."
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


def refused(page, body, address="/questions/new"):
    """The form of a new question, refused for this text."""
    page.goto(address)
    page.get_by_label("Your question, in one sentence").fill(TITLE)
    page.get_by_label("Details, if they help").fill(body)
    page.get_by_role("button", name="Post question").click()
    expect(page.locator("#mistakes:focus, #mistakes :focus")).to_have_count(1)
    return page.locator("#mistakes")


def test_replaced_and_posted_by_keyboard_alone(visit):
    amina = visit("amina")
    summary = refused(amina, f"{STRONG} {WEAK}")
    expect(summary).to_contain_text("Looks like an NHS number")
    expect(amina.get_by_label("Details, if they help")).to_have_value(f"{STRONG} {WEAK}")
    tick = summary.get_by_label("This is not about a patient")
    reason = summary.get_by_label("It is (optional)")
    expect(reason).not_to_be_visible()
    tab_to(amina, tick, most=8)
    amina.keyboard.press("Space")
    expect(reason).to_be_visible()
    tab_to(amina, summary.get_by_role("button", name="Replace all and post"), most=8)
    amina.keyboard.press("Enter")
    expect(amina.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(amina.locator(".prose").first).to_have_text(
        f"{STRONG.replace(NUMBER, '[NHS number]')} {WEAK}"
    )


def test_enter_in_a_field_never_replaces(visit):
    amina = visit("amina")
    refused(amina, STRONG)
    replacing = amina.get_by_role("button", name="Replace and post")
    expect(replacing).to_be_focused()
    amina.get_by_label("Your question, in one sentence").press("Enter")
    expect(replacing).to_be_focused()
    expect(amina.get_by_label("Details, if they help")).to_have_value(STRONG)


@pytest.mark.only_in("chromium")
def test_without_javascript(visit):
    amina = visit("amina", java_script_enabled=False)
    amina.goto("/questions/new")
    amina.get_by_label("Your question, in one sentence").fill(TITLE)
    amina.get_by_label("Details, if they help").fill(f"{STRONG} {WEAK}")
    amina.get_by_role("button", name="Post question").click()
    summary = amina.locator("#mistakes")
    expect(summary).to_be_focused()
    summary.get_by_role("button", name="Replace with “[NHS number]”").click()
    expect(amina.get_by_label("Details, if they help")).to_have_value(
        f"{STRONG.replace(NUMBER, '[NHS number]')} {WEAK}"
    )
    summary.get_by_label("This is not about a patient").check()
    summary.get_by_role("button", name="Post it").click()
    expect(amina.get_by_role("heading", level=1)).to_have_text(TITLE)

    jonas = visit("jonas", java_script_enabled=False)
    jonas.goto(amina.url)
    jonas.get_by_label("What you know about it").fill(STRONG)
    jonas.get_by_role("button", name="Post answer").click()
    expect(jonas.get_by_role("button", name="Replace and post")).to_be_focused()
    jonas.get_by_role("button", name="Replace and post").click()
    expect(jonas.get_by_text("Your answer was posted.")).to_be_visible()
    jonas.get_by_role("link", name="Comment").first.click()
    jonas.get_by_label("Your comment").fill(STRONG)
    jonas.get_by_role("button", name="Post comment").click()
    expect(jonas.locator("#mistakes")).to_contain_text("Looks like an NHS number")
    jonas.get_by_role("button", name="Replace and post").click()
    expect(jonas.get_by_text(NUMBER)).to_have_count(0)


def test_while_typing_and_replaced_in_the_field(visit):
    amina = visit("amina")
    amina.goto("/questions/new")
    field = amina.get_by_label("Details, if they help")
    field.press_sequentially(f"🙂 {STRONG} {WEAK}")
    found = amina.locator("#ask-findings")
    expect(found).to_contain_text("Looks like an NHS number")
    expect(field).to_be_focused()
    assert violations(amina) == []
    found.get_by_role("button", name="Replace with “[NHS number]”").click()
    expect(field).to_have_value(f"🙂 {STRONG.replace(NUMBER, '[NHS number]')} {WEAK}")
    expect(field).to_be_focused()
    expect(found).not_to_contain_text("NHS number")
    found.get_by_label("This is not about a patient").check()
    amina.get_by_label("Your question, in one sentence").fill(f"{TITLE} {WEAK}")
    expect(amina.locator("#ask-title-findings")).to_contain_text("an age over 89")
    amina.locator("#ask-title-findings").get_by_role("button", name="Replace with").click()
    amina.get_by_role("button", name="Post question").click()
    expect(amina.get_by_role("heading", level=1)).to_contain_text("over 89")
    expect(amina.locator(".prose").first).to_contain_text("94 year old")


def test_an_answer_is_refused_in_place(visit):
    amina = visit("amina")
    amina.goto("/questions/1")
    field = amina.get_by_label("What you know about it")
    field.fill(STRONG)
    amina.get_by_role("button", name="Post answer").click()
    panel = amina.locator("#answer-findings .findings.is-refused")
    expect(panel.get_by_role("button", name="Replace and post")).to_be_focused()
    expect(field).to_have_value(STRONG)
    assert violations(amina) == []
    panel.get_by_role("button", name="Replace and post").press("Enter")
    expect(amina.get_by_text("Your answer was posted.")).to_be_visible()
    expect(amina.get_by_text("NHS number [NHS number], has a syringe driver.")).to_be_visible()
    expect(amina.get_by_label("What you know about it")).to_have_value("")


def test_a_comment_is_refused_in_place_and_replaced_in_the_field(visit):
    amina = visit("amina")
    amina.goto("/questions/1")
    amina.get_by_role("link", name="Comment", exact=True).first.click()
    field = amina.get_by_label("Your comment")
    field.fill(STRONG)
    amina.get_by_role("button", name="Post comment").click()
    panel = amina.locator("#add-comment-1-findings .findings.is-refused")
    expect(panel.get_by_role("button", name="Replace and post")).to_be_focused()
    panel.get_by_role("button", name="Replace with “[NHS number]”").click()
    expect(field).to_have_value(STRONG.replace(NUMBER, "[NHS number]"))
    expect(panel).to_have_count(0)
    amina.get_by_role("button", name="Post comment").click()
    expect(amina.get_by_text("NHS number [NHS number], has")).to_be_visible()


@pytest.mark.only_in("chromium")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_refused_form(visit, scheme):
    amina = visit("amina", color_scheme=scheme)
    refused(amina, f"{STRONG} {WEAK}")
    assert violations(amina) == []
    ruth = visit("ruth", color_scheme=scheme)
    refused(ruth, STRONG)
    assert violations(ruth) == []
    ruth.goto("/privacy/rules")
    assert violations(ruth) == []


@pytest.mark.parametrize("viewport", [DESK, PHONE, {"width": 320, "height": 640}])
def test_it_fits_the_screens_of_a_ward(visit, viewport):
    amina = visit("amina", viewport=viewport)
    refused(amina, f"{STRONG} {WEAK} See https://ehr.hospital.local/{'patients' * 12}/123456.")
    assert amina.evaluate("document.documentElement.scrollWidth <= innerWidth")
