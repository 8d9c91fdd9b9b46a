"""What JavaScript adds: voting and commenting in place, news, drafts, lost connections."""

from playwright.sync_api import expect


def test_a_vote_in_place(visit):
    amina = visit("amina")
    amina.goto("/posts/2")
    votes = amina.locator("#vote-2")
    votes.get_by_role("button").click()
    expect(votes).to_contain_text("1 vote")
    votes.get_by_role("button").click()
    expect(votes).to_contain_text("0 votes")


def test_a_comment_in_place(visit):
    amina = visit("amina")
    amina.goto("/posts/2")
    comments = amina.locator("#comments-2")
    comments.get_by_role("link", name="Comment").click()
    field = comments.get_by_label("Your comment")
    expect(field).to_be_focused()
    comments.get_by_role("button", name="Post comment").click()
    expect(comments.get_by_role("alert")).to_have_text("There is no text yet.")
    field.fill("Which leaflet?")
    comments.get_by_role("button", name="Post comment").click()
    expect(comments).to_contain_text("Which leaflet?")
    expect(comments.get_by_label("Your comment")).to_have_count(0)


def test_an_expert_is_asked_in_place(visit):
    amina = visit("amina")
    amina.goto("/questions/4")
    field = amina.get_by_label("Somebody else, or a group, by @name")
    expect(field).to_be_visible()
    assert amina.evaluate("document.activeElement === document.body")  # what loads takes no focus
    field.fill("nobody")
    amina.locator("#ask-anybody").get_by_role("button").click()
    expect(amina.locator("#notice")).to_contain_text("nobody called nobody")
    field.fill("@jonas")
    amina.locator("#ask-anybody").get_by_role("button").click()
    expect(amina.locator("#experts")).to_contain_text("Asked Jonas Weber, Pharmacist")
    expect(amina.locator("#experts .notice")).to_be_focused()
    amina.locator("#experts").get_by_role("button", name="Withdraw").click()
    expect(amina.locator("#experts")).to_contain_text("withdrawn")
    jonas = visit("jonas")
    jonas.goto("/inbox")
    expect(jonas.get_by_text("asks whether you can answer")).to_be_visible()


def test_an_empty_answer_keeps_its_place(visit):
    amina = visit("amina")
    amina.goto("/questions/4")
    amina.get_by_role("button", name="Post answer").click()
    expect(amina.locator("#answer-problem")).to_have_text("There is no text yet.")


def test_a_new_answer_is_announced_without_moving_what_is_read(visit):
    amina = visit("amina")
    amina.clock.install()
    amina.goto("/questions/4")
    jonas = visit("jonas")
    jonas.goto("/questions/4")
    jonas.get_by_label("What you know about it").fill("The clamp is closed.")
    jonas.get_by_role("button", name="Post answer").click()
    expect(jonas.get_by_text("The clamp is closed.")).to_be_visible()
    expect(jonas.get_by_text("new answer")).to_have_count(0)
    expect(amina.get_by_text("The clamp is closed.")).to_have_count(0)
    before = amina.evaluate("window.scrollY")
    amina.clock.run_for(30_000)
    expect(amina.get_by_text("1 new answer")).to_be_visible()
    assert amina.evaluate("window.scrollY") == before
    amina.get_by_role("link", name="Show", exact=True).click()
    expect(amina.get_by_text("The clamp is closed.")).to_be_visible()


def test_a_draft_is_saved_while_typing_and_is_there_on_another_computer(visit):
    amina = visit("amina")
    amina.goto("/questions/new")
    amina.get_by_label("Your question, in one sentence").press_sequentially("Half a ques")
    expect(amina.locator(".draft")).to_contain_text("Saved")
    elsewhere = visit("amina")
    elsewhere.goto("/questions/new")
    expect(elsewhere.get_by_label("Your question, in one sentence")).to_have_value("Half a ques")
    elsewhere.get_by_role("button", name="Throw it away").click()
    expect(elsewhere.get_by_label("Your question, in one sentence")).to_have_value("")


def test_two_windows_do_not_overwrite_each_other(visit):
    one, two = visit("amina"), visit("amina")
    for page in (one, two):
        page.goto("/questions/new")
    one.get_by_label("Your question, in one sentence").press_sequentially("First")
    expect(one.locator(".draft")).to_contain_text("Saved")
    two.get_by_label("Your question, in one sentence").press_sequentially("Second")
    expect(two.locator(".draft")).to_contain_text("another window")
    two.get_by_role("button", name="Keep the text in this window").click()
    expect(two.locator(".draft")).to_contain_text("Saved")
    one.reload()
    expect(one.get_by_label("Your question, in one sentence")).to_have_value("Second")


def test_sent_text_does_not_come_back_as_a_draft(visit):
    amina = visit("amina")
    amina.goto("/questions/4")
    amina.get_by_label("What you know about it").press_sequentially("The clamp.")
    amina.get_by_role("button", name="Post answer").click()
    expect(amina.get_by_role("heading", name="1 answer")).to_be_visible()
    amina.wait_for_timeout(2500)
    amina.goto("/questions/4")
    expect(amina.get_by_label("What you know about it")).to_have_value("")


def test_a_lost_connection_is_told_and_loses_nothing(visit):
    amina = visit("amina")
    amina.goto("/questions/4")
    field = amina.get_by_label("What you know about it")
    amina.context.set_offline(True)
    field.press_sequentially("The clamp.")
    expect(amina.locator(".draft")).to_contain_text("Not saved")
    amina.get_by_role("button", name="Post answer").click()
    expect(amina.get_by_text("Not sent. Your text is safe on this page")).to_be_visible()
    expect(field).to_have_value("The clamp.")
    amina.context.set_offline(False)
    amina.get_by_role("button", name="Post answer").click()
    expect(amina.get_by_role("heading", name="1 answer")).to_be_visible()


def test_a_session_that_ended_leads_to_sign_in_and_back_with_the_text(visit, server):
    """An administrator sets the same password again, which ends all of her sessions."""
    amina = visit("amina")
    amina.goto("/questions/4")
    amina.get_by_label("What you know about it").fill("Precious words")
    server.run("user", "password", "amina", "--password-stdin", stdin="four words do well\n")
    amina.get_by_label("What you know about it").fill("Precious words,")  # saved after that
    expect(amina.get_by_text("You have been signed out.")).to_be_visible()
    amina.get_by_label("What you know about it").fill("Precious words, and more")
    amina.get_by_role("button", name="Post answer").click()
    amina.wait_for_url("**/sign-in**")
    amina.fill("#username", "amina")
    amina.fill("#password", "four words do well")
    amina.press("#password", "Enter")
    expect(amina.get_by_label("What you know about it")).to_have_value("Precious words, and more")


def test_back_after_signing_out_shows_nothing(visit):
    amina = visit("amina")
    amina.goto("/questions/1")
    amina.locator("details.me summary").click()
    amina.get_by_role("button", name="Sign out").click()
    amina.wait_for_url("**/sign-in")
    amina.go_back()
    expect(amina.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_toolbar_and_the_preview(visit):
    amina = visit("amina")
    amina.goto("/questions/new")
    field = amina.get_by_label("Details, if they help")
    field.fill("one\ntwo")
    field.press("Control+a")
    amina.get_by_role("button", name="Numbered list").click()
    expect(field).to_have_value("1. one\n2. two")
    bold = amina.get_by_role("button", name="Bold")
    bold.focus()
    amina.keyboard.press("ArrowRight")
    expect(amina.get_by_role("button", name="Italic")).to_be_focused()
    amina.get_by_role("button", name="Preview").click()
    expect(amina.locator(".preview li")).to_have_count(2)
    field.press_sequentially("\n3. three")
    expect(amina.locator(".preview li")).to_have_count(3)


def test_show_more_in_place(visit):
    amina = visit("amina")
    for number in range(20):
        amina.request.post(
            "/questions",
            form={
                "title": f"Number {number}?",
                "csrf_token": amina.locator("[name=csrf_token]").first.input_value(),
            },
        )
    amina.goto("/questions")
    expect(amina.locator("article.row")).to_have_count(20)
    amina.get_by_role("link", name="Show more questions").click()
    expect(amina.locator("article.row")).to_have_count(23)


def test_escape_closes_the_menu(visit):
    amina = visit("amina")
    amina.locator("details.me summary").click()
    expect(amina.get_by_role("link", name="My drafts")).to_be_visible()
    amina.keyboard.press("Escape")
    expect(amina.get_by_role("link", name="My drafts")).not_to_be_visible()
