"""Searching and asking in a browser: suggestions, similar and related questions, synonyms."""

import re

import pytest
from playwright.sync_api import expect

INSULIN = "How long does a started insulin pen keep?"
GLOVES = "Which gloves for cytotoxic drugs?"
TITLE = "Your question, in one sentence"
FOUND = "Was it answered already?"


def tab_to(page, locator, most=80):
    """Press Tab until this element has the focus, as somebody without a mouse would."""
    for _ in range(most):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"cannot be reached by keyboard: {locator}")


def search_box(page):
    return page.get_by_role("combobox", name="Search")


def suggestions(page):
    return page.get_by_role("listbox", name="Questions").get_by_role("option")


def type_into_search(page, words):
    page.keyboard.press("/")
    expect(search_box(page)).to_be_focused()
    page.keyboard.type(words)
    suggestions(page).first.wait_for()


def ask_about_pens(page, many):
    token = page.locator("[name=csrf_token]").first.input_value()
    for number in range(many):
        form = {"title": f"Where is insulin pen number {number}?", "csrf_token": token}
        page.request.post("/questions", form=form)


def test_suggestions_are_chosen_with_the_arrows(visit):
    amina = visit("amina")
    ask_about_pens(amina, 2)
    type_into_search(amina, "insulin p")
    box = search_box(amina)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(suggestions(amina)).to_have_count(3)
    for key, chosen in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", 2)):
        amina.keyboard.press(key)
        option = suggestions(amina).nth(chosen)
        expect(option).to_have_attribute("aria-selected", "true")
        expect(box).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
        expect(amina.locator("#search-suggestions [aria-selected=true]")).to_have_count(1)
    expect(box).to_be_focused()
    expect(box).to_have_value("insulin p")
    title = suggestions(amina).nth(2).locator("span").first.inner_text()
    amina.keyboard.press("Enter")
    expect(amina.get_by_role("heading", level=1)).to_have_text(title)


def test_a_suggestion_is_taken_with_a_press(visit):
    amina = visit("amina")
    type_into_search(amina, "glov")
    expect(suggestions(amina)).to_contain_text(["Accepted answer"])
    suggestions(amina).filter(has_text=GLOVES).click()
    expect(amina.get_by_role("heading", level=1)).to_have_text(GLOVES)


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(visit):
    amina = visit("amina")
    type_into_search(amina, "glov")
    amina.keyboard.press("Escape")
    expect(suggestions(amina).first).not_to_be_visible()
    expect(search_box(amina)).to_have_attribute("aria-expanded", "false")
    expect(search_box(amina)).to_be_focused()
    expect(search_box(amina)).to_have_value("glov")
    amina.keyboard.press("Enter")
    expect(amina.get_by_role("heading", level=1)).to_have_text("1 result")


def test_an_answer_that_comes_after_escape_opens_nothing(visit):
    amina = visit("amina")
    type_into_search(amina, "glo")
    late = []
    amina.route("**/search/suggestions?*", lambda route: late.append(route))
    with amina.expect_request("**/search/suggestions?*"):
        amina.keyboard.type("v")
    amina.keyboard.press("Escape")
    with amina.expect_response("**/search/suggestions?*"):
        late[0].continue_()
    amina.wait_for_timeout(200)
    expect(suggestions(amina).first).not_to_be_visible()
    expect(search_box(amina)).to_have_attribute("aria-expanded", "false")
    amina.keyboard.type("e")
    expect(search_box(amina)).to_have_value("glove")


def test_plain_enter_searches(visit):
    amina = visit("amina")
    type_into_search(amina, "gloves")
    amina.keyboard.press("Enter")
    amina.wait_for_url("**/search?q=gloves")
    expect(amina.get_by_role("heading", level=1)).to_have_text("1 result")
    expect(search_box(amina)).to_have_value("gloves")


def test_requests_for_suggestions_coalesce_while_typing(visit):
    amina = visit("amina")
    asked = []
    amina.on("request", lambda request: asked.append(request.url))
    amina.keyboard.press("/")
    amina.keyboard.type("insulin pen", delay=20)
    suggestions(amina).first.wait_for()
    assert len([url for url in asked if "/search/suggestions" in url]) <= 2, asked


def test_a_slash_can_be_typed_into_a_text(visit):
    amina = visit("amina")
    amina.goto("/questions/new")
    amina.get_by_label(TITLE).press_sequentially("mg/kg")
    expect(amina.get_by_label(TITLE)).to_have_value("mg/kg")
    expect(search_box(amina)).not_to_be_focused()


def test_similar_questions_appear_from_the_third_word(visit):
    amina = visit("amina")
    amina.goto("/questions/new")
    with amina.expect_response("**/similar"):
        amina.get_by_label(TITLE).press_sequentially("started insulin")
    amina.wait_for_timeout(700)
    expect(amina.get_by_role("heading", name=FOUND)).to_have_count(0)
    amina.keyboard.type(" pen")
    expect(amina.get_by_role("heading", name=FOUND)).to_be_visible()
    found = amina.locator("#similar li")
    expect(found).to_have_count(1)
    expect(found).to_contain_text(INSULIN)
    expect(found).to_contain_text("1 answer")
    expect(found).to_contain_text("Four weeks at room temperature.")
    expect(amina.get_by_label(TITLE)).to_be_focused()


def test_what_is_typed_while_a_reply_is_under_way_counts_too(visit):
    amina = visit("amina")
    amina.goto("/questions/new")
    with amina.expect_request("**/similar"):
        amina.get_by_label(TITLE).press_sequentially("started insulin")
    amina.keyboard.type(" pen")
    expect(amina.get_by_role("heading", name=FOUND)).to_be_visible()


def test_the_details_change_what_is_similar(visit):
    amina = visit("amina")
    amina.goto("/questions/new")
    amina.get_by_label(TITLE).press_sequentially("Zebra crossing somewhere?")
    amina.get_by_label("Details, if they help").press_sequentially("Occlusion, says the pump.")
    expect(amina.locator("#similar li")).to_contain_text("Why does the pump alarm")
    amina.get_by_label(TITLE).fill("")
    amina.get_by_label(TITLE).press_sequentially("Which cytotoxic gloves?")
    amina.get_by_label("Details, if they help").fill("")
    expect(amina.locator("#similar li")).to_contain_text(GLOVES)


def test_this_answers_me_leads_there_and_the_text_waits(visit):
    amina = visit("amina")
    amina.goto("/questions/new")
    amina.get_by_label("Tags").fill("pens")
    amina.get_by_label("Details, if they help").fill("On 7B.")
    amina.get_by_label(TITLE).press_sequentially("Does a started insulin pen keep?")
    amina.get_by_role("button", name="This answers me").click()
    expect(amina.get_by_role("heading", level=1)).to_have_text(INSULIN)
    expect(amina.get_by_text("What you typed is kept under My drafts.")).to_be_visible()
    amina.goto("/questions/new")
    expect(amina.get_by_label(TITLE)).to_have_value("Does a started insulin pen keep?")
    expect(amina.get_by_label("Details, if they help")).to_have_value("On 7B.")
    expect(amina.get_by_label("Tags")).to_have_value("pens")


def test_the_title_of_a_similar_question_is_read_without_leaving_the_form(visit):
    amina = visit("amina")
    amina.goto("/questions/new")
    amina.get_by_label(TITLE).press_sequentially("started insulin pen")
    with amina.context.expect_page() as opened:
        amina.locator("#similar").get_by_role("link", name=INSULIN).click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text(INSULIN)
    expect(amina.get_by_label(TITLE)).to_have_value("started insulin pen")


def test_enter_in_the_title_posts_and_does_not_say_this_answers_me(visit):
    amina = visit("amina")
    amina.goto("/questions/new")
    amina.get_by_label(TITLE).press_sequentially("Does a started insulin pen keep?")
    amina.get_by_role("button", name="This answers me").wait_for()
    amina.get_by_label(TITLE).press("Enter")
    expect(amina.get_by_role("heading", level=1)).to_have_text("Does a started insulin pen keep?")
    expect(amina.get_by_text("Your question was posted.")).to_be_visible()


def test_what_is_similar_still_follows_the_typing_after_it_was_shown(visit):
    amina = visit("amina")
    amina.goto("/questions/new")
    amina.get_by_label(TITLE).press_sequentially("started insulin pen")
    expect(amina.locator("#similar li")).to_contain_text(INSULIN)
    amina.get_by_label(TITLE).fill("")
    expect(amina.locator("#similar li")).to_have_count(0)
    amina.get_by_label(TITLE).press_sequentially("Which gloves for cytotoxic?")
    expect(amina.locator("#similar li")).to_contain_text(GLOVES)


def test_related_questions_appear_on_a_thread(visit):
    amina = visit("amina")
    ask_about_pens(amina, 1)
    amina.goto("/questions/1")
    related = amina.locator("#related")
    expect(related.get_by_role("heading", name="Related")).to_be_visible()
    related.get_by_role("link", name="Where is insulin pen number 0?").click()
    expect(amina.get_by_role("heading", level=1)).to_have_text("Where is insulin pen number 0?")


def test_narrowing_down_by_keyboard_alone(visit):
    amina = visit("amina")
    amina.keyboard.press("/")
    amina.keyboard.type("pump insulin")
    amina.keyboard.press("Enter")
    expect(amina.get_by_role("heading", level=1)).to_have_text("2 results")
    tab_to(amina, amina.get_by_role("link", name="Newest first"))
    amina.keyboard.press("Enter")
    expect(amina.get_by_role("link", name="Newest first")).to_have_attribute("aria-current", "page")
    tab_to(amina, amina.get_by_label("State"))
    amina.keyboard.type("No")
    tab_to(amina, amina.get_by_role("button", name="Show"))
    amina.keyboard.press("Enter")
    expect(amina.get_by_role("heading", level=1)).to_have_text("1 result")
    expect(amina.get_by_role("link", name="Newest first")).to_have_count(0)
    tab_to(amina, amina.get_by_role("link", name="Clear all filters"))
    amina.keyboard.press("Enter")
    expect(amina.get_by_role("heading", level=1)).to_have_text("2 results")


def test_this_answers_me_by_keyboard_alone(visit):
    amina = visit("amina")
    amina.goto("/questions/new")
    tab_to(amina, amina.get_by_label(TITLE))
    amina.keyboard.type("started insulin pen")
    amina.get_by_role("button", name="This answers me").wait_for()
    tab_to(amina, amina.get_by_role("button", name="This answers me"))
    amina.keyboard.press("Enter")
    expect(amina.get_by_role("heading", level=1)).to_have_text(INSULIN)


def test_synonyms_by_keyboard_alone(visit):
    ruth = visit("ruth")
    ruth.goto("/search")
    tab_to(ruth, ruth.get_by_role("link", name="Synonyms"))
    ruth.keyboard.press("Enter")
    tab_to(ruth, ruth.get_by_role("link", name="Add synonyms"))
    ruth.keyboard.press("Enter")
    terms = ruth.get_by_label("Terms that mean the same")
    tab_to(ruth, terms)
    ruth.keyboard.type("zorblax")
    ruth.keyboard.press("Enter")
    expect(ruth.locator("#mistakes")).to_be_focused()
    expect(terms).to_have_value("zorblax")
    tab_to(ruth, terms)
    ruth.keyboard.press("End")
    ruth.keyboard.type(", occlusion")
    ruth.keyboard.press("Enter")
    expect(ruth.get_by_text("The synonyms were added.")).to_be_visible()
    tab_to(ruth, ruth.get_by_label("Find a word"))
    ruth.keyboard.press("Control+a")
    ruth.keyboard.type("paracet")
    expect(ruth.locator("#synonyms")).to_contain_text("acetaminophen")
    expect(ruth.locator("#synonyms")).not_to_contain_text("zorblax")
    ruth.keyboard.press("Control+a")
    ruth.keyboard.type("zorb")
    edit = ruth.get_by_role("link", name="Edit zorblax")
    edit.wait_for()
    tab_to(ruth, edit)
    ruth.keyboard.press("Enter")
    tab_to(ruth, ruth.get_by_role("button", name="Remove these synonyms"))
    ruth.keyboard.press("Enter")
    expect(ruth.get_by_text("The synonyms were removed.")).to_be_visible()


def test_more_synonyms_in_place(visit):
    amina = visit("amina")
    amina.goto("/synonyms")
    expect(amina.locator(".synonyms-row")).to_have_count(100)
    amina.get_by_role("link", name="Show more").click()
    expect(amina.locator(".synonyms-row")).to_have_count(200)


@pytest.mark.only_in("chromium")
def test_searching_and_narrowing_down_without_javascript(visit):
    amina = visit("amina", java_script_enabled=False)
    search_box(amina).fill("pump insulin")
    search_box(amina).press("Enter")
    expect(amina.get_by_role("heading", level=1)).to_have_text("2 results")
    amina.get_by_label("State").select_option("Answered")
    amina.get_by_label("Tag", exact=True).fill("insulin")
    amina.get_by_role("button", name="Show").click()
    expect(amina.get_by_role("heading", level=1)).to_have_text("1 result")
    expect(amina.get_by_label("State")).to_have_value("answered")
    amina.get_by_role("link", name="Clear all filters").click()
    expect(amina.get_by_role("heading", level=1)).to_have_text("2 results")
    amina.get_by_role("link", name="Newest first").click()
    expect(amina.locator("article.row")).to_have_count(2)


@pytest.mark.only_in("chromium")
def test_asked_before_and_this_answers_me_without_javascript(visit):
    amina = visit("amina", java_script_enabled=False)
    amina.goto("/questions/new")
    amina.get_by_label(TITLE).fill("Does a started insulin pen keep?")
    amina.get_by_label("Details, if they help").fill("On 7B.")
    amina.get_by_role("button", name="Was it asked before?").click()
    expect(amina.get_by_role("heading", name=FOUND)).to_be_visible()
    expect(amina.get_by_label(TITLE)).to_have_value("Does a started insulin pen keep?")
    expect(amina.get_by_label("Details, if they help")).to_have_value("On 7B.")
    amina.get_by_role("button", name="This answers me").click()
    expect(amina.get_by_role("heading", level=1)).to_have_text(INSULIN)
    amina.goto("/questions/new")
    expect(amina.get_by_label(TITLE)).to_have_value("Does a started insulin pen keep?")


@pytest.mark.only_in("chromium")
def test_a_related_question_without_javascript(visit):
    amina = visit("amina", java_script_enabled=False)
    ask_about_pens(amina, 1)
    amina.goto("/questions/1")
    amina.get_by_role("link", name="Related questions").click()
    expect(amina.get_by_role("heading", level=1)).to_have_text("Related questions")
    amina.get_by_role("link", name="Where is insulin pen number 0?").click()
    expect(amina.get_by_role("heading", level=1)).to_have_text("Where is insulin pen number 0?")


@pytest.mark.only_in("chromium")
def test_synonyms_without_javascript(visit):
    ruth = visit("ruth", java_script_enabled=False)
    ruth.goto("/synonyms")
    ruth.get_by_role("link", name="Show more").click()
    expect(ruth.locator(".synonyms-row")).to_have_count(100)
    ruth.get_by_label("Find a word").fill("paracet")
    ruth.get_by_role("button", name="Find").click()
    expect(ruth.locator(".synonyms-row")).to_contain_text(["acetaminophen"])
    ruth.get_by_role("link", name="Edit paracetamol").click()
    expect(ruth.get_by_label("Terms that mean the same")).to_have_value(
        re.compile("^paracetamol, acetaminophen")
    )
