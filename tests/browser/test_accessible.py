"""axe finds nothing, in light and dark; everything fits on the screens of a ward."""

import pytest
from playwright.sync_api import expect
from steps import violations

pytestmark = pytest.mark.only_in("chromium")

PAGES = {
    None: ["/sign-in", "/lock", "/forgotten-password", "/help", "/nothing"],
    "amina": [
        "/questions",
        "/questions?tab=unanswered&department=ward-7b",
        "/questions/new",
        "/questions/1",
        "/questions/5",
        "/posts/1/edit",
        "/posts/1/hiding",
        "/posts/2/flags/new",
        "/flags",
        "/posts/2/suggestions",
        "/posts/2/suggestions/new",
        "/people/amina/conduct",
        "/posts/1/revisions",
        "/posts/2/comments/new",
        "/answers/2/acceptance/withdrawal",
        "/answers/2/problem",
        "/answers/2/verification",
        "/tags",
        "/tags/insulin",
        "/tags?q=zzz",
        "/search?q=insulin",
        "/search?q=zzz",
        "/search",
        "/search?q=insulin+pump&sort=newest&state=answered",
        "/search?q=cytotoxyc+is:nonsense+jonas",
        "/questions/1/related",
        "/questions/4/related",
        "/synonyms",
        "/synonyms?q=zzz",
        "/people",
        "/people/jonas",
        "/people/amina",
        "/inbox",
        "/watching",
        "/mail",
        "/watching/searches/new?q=insulin+pump&filters=tag:pumps",
        "/departments",
        "/departments/ward-7b",
        "/departments/education?period=week",
        "/feeds",
        "/experts",
        "/experts?q=zzz",
        "/experts/me",
        "/experts/tags/insulin",
        "/experts/tags/gloves",
        "/experts/suggestions?tags=insulin",
        "/experts/groups",
        "/rota",
        "/questions/1/experts",
        "/questions/6/experts",
        "/saved",
        "/reviews",
        "/guidelines",
        "/drafts",
        "/privacy/mine",
        "/posts/2/patient-information",
        "/password",
        "/people/amina/sessions",
        "/records",
        "/tags/insulin/edit",
    ],
    "ruth": [
        "/answers/2/verification",
        "/people/jonas/handover",
        "/recalls",
        "/answers/2/readers?revision=1",
        "/guidelines/new",
        "/content-health",
        "/questions/1/closure",
        "/questions/1/lock",
        "/questions/1/merge",
        "/questions/1/featuring",
        "/posts/2/conversion",
        "/posts/3/conversion",
        "/posts/2/flags/new",
        "/posts/2/suggestions",
        "/queue",
        "/queue?show=all",
        "/queue/week",
        "/announcements",
        "/announcements/new",
        "/people/jonas/conduct",
        "/search?q=insulin",
        "/search/missed",
        "/synonyms?q=paracet",
        "/synonyms/new",
        "/synonyms/1/edit",
        "/experts/groups/new",
        "/experts/handover",
        "/rota",
    ],
    "tomasz": [
        "/walls",
        "/people/new",
        "/people/amina/edit",
        "/tags/insulin/edit",
        "/posts/2/edit",
        "/audit",
        "/audit?actor=nobody",
        "/keeping",
        "/deliveries",
        "/webhooks",
        "/webhooks/new",
        "/privacy/held",
        "/privacy/purges",
        "/privacy/rules",
    ],
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", list(PAGES))
def test_axe_finds_nothing(visit, name, scheme):
    page = visit(name, color_scheme=scheme)
    for address in PAGES[name]:
        page.goto(address)
        assert (address, violations(page)) == (address, [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_reviewers_decide(visit, scheme):
    amina, tomasz = visit("amina"), visit("tomasz", color_scheme=scheme)
    amina.goto("/questions/new")
    amina.get_by_label("Your question, in one sentence").fill("Which pump for a patient?")
    amina.get_by_label("Details, if they help").fill("NHS number 999 012 3454 needs one.")
    amina.get_by_role("button", name="Post question").click()
    assert violations(amina) == []
    amina.get_by_role("button", name="Send for review").click()
    amina.wait_for_url("**/privacy/mine")
    assert violations(amina) == []
    amina.goto("/posts/2/patient-information")
    amina.get_by_role("button", name="Yes, hide it now").click()
    expect(amina.get_by_text("Hidden: it may contain patient information.")).to_be_visible()
    assert violations(amina) == []
    for address in ("/privacy/held", "/privacy/held/1", "/privacy/concerns/1"):
        tomasz.goto(address)
        assert (address, violations(tomasz)) == (address, [])
    tomasz.get_by_role("button", name="Purge it for good").click()
    tomasz.wait_for_url("**/privacy/purges/1")
    assert violations(tomasz) == []


def test_axe_finds_nothing_in_what_appears_later(visit):
    page = visit("amina")
    page.goto("/questions/new")
    page.get_by_role("button", name="Post question").evaluate("b => b.form.noValidate = true")
    page.get_by_role("button", name="Post question").click()
    expect(page.locator("#mistakes")).to_be_focused()
    assert violations(page) == []
    page.get_by_role("combobox", name="Tags").press_sequentially("in")
    page.get_by_role("option").first.wait_for()
    page.get_by_role("button", name="Preview").click()
    assert violations(page) == []
    page.goto("/posts/2")
    page.locator("#comments-2").get_by_role("link", name="Comment").click()
    page.get_by_label("Your comment").wait_for()
    page.locator("#vote-2").get_by_role("button").click()
    page.locator("details.me summary").click()
    assert violations(page) == []


LONG_WORD = "antidisestablishmentarianism" * 2


def show_suggestions(page):
    page.goto("/questions")
    page.keyboard.press("/")
    page.keyboard.type("insulin")
    page.locator("#search-suggestions").get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")


def show_similar(page):
    page.goto("/questions/new")
    page.get_by_label("Your question, in one sentence").press_sequentially("started insulin pen")
    page.get_by_role("button", name="This answers me").first.wait_for()


def show_related(page):
    page.goto("/questions")
    token = page.locator("[name=csrf_token]").first.input_value()
    form = {"title": "Where is a started insulin pen kept?", "csrf_token": token}
    page.request.post("/questions", form=form)
    page.goto("/questions/1")
    page.locator("#related li").first.wait_for()


def show_missed(page):
    for _ in range(3):
        page.goto("/search?q=insulin+gloves+pump")
    page.goto("/search/missed")
    page.locator("table a").first.wait_for()


def show_refused_synonyms(page):
    page.goto("/synonyms/new")
    page.get_by_label("Terms that mean the same").fill("paracetamol, zorblax")
    page.get_by_role("button", name="Add").click()
    page.get_by_text("stands beside").wait_for()
    page.get_by_label("Terms that mean the same").fill("paracetamol")
    page.get_by_role("button", name="Add").click()
    page.locator("#mistakes").wait_for()


SHOWN = [show_suggestions, show_similar, show_related, show_missed, show_refused_synonyms]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_search_shows(visit, scheme):
    page = visit("ruth", color_scheme=scheme)
    for show in SHOWN:
        show(page)
        assert (show.__name__, violations(page)) == (show.__name__, [])


def is_too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]


@pytest.mark.parametrize("width", [390, 911])
def test_nothing_that_search_shows_has_to_be_scrolled_sideways(visit, width):
    page = visit("ruth", viewport={"width": width, "height": 800})
    for show in SHOWN:
        show(page)
        assert not is_too_wide(page), show.__name__


def seat_two_experts(page):
    """As Ruth: Jonas is one, Priya is nominated, both for pumps, and Ruth herself was asked."""
    token = page.locator("[name=csrf_token]").first.input_value()

    def send(address, **fields):
        page.request.post(address, form={"csrf_token": token} | fields)

    send("/experts/pumps/nominations", handle="jonas")
    send("/seats/1/confirmation")
    send("/experts/pumps/nominations", handle="priya")
    send("/experts/pumps/nominations", handle="ruth")
    send("/experts/me", line=f"bleep 2210 or {LONG_WORD}", cap="5", deputy="amina")


def show_question_with_experts(page):
    page.goto("/questions/4")
    page.locator("#ask-anybody").wait_for()


EXPERT_PAGES = ("/experts", "/experts/pumps", "/experts/me", "/questions/4/experts", "/requests/1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 911])
def test_experts_and_requests_on_any_screen(visit, scheme, width):
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    ruth, amina = visit("ruth", **options), visit("amina", **options)
    seat_two_experts(ruth)
    show_question_with_experts(amina)
    amina.get_by_label("Somebody else, or a group, by @name").fill("@ruth")
    amina.locator("#ask-anybody").get_by_role("button").click()
    amina.get_by_text("was asked and finds it").wait_for()
    for page in (amina, ruth):
        show_question_with_experts(page)
        assert violations(page) == []
        assert not is_too_wide(page)
    for address in EXPERT_PAGES:
        ruth.goto(address)
        assert (address, violations(ruth)) == (address, [])
        assert not is_too_wide(ruth), address


def ask_confidentially(page):
    page.goto("/questions/new")
    page.get_by_label("Your question, in one sentence").fill("May this tablet be crushed?")
    page.get_by_label("Ask without showing my name").check()
    page.get_by_role("button", name="Post question").click()
    page.get_by_text("you, without your name").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 911])
def test_a_confidential_question_on_any_screen(visit, scheme, width):
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    amina, jonas, ruth = (visit(name, **options) for name in ("amina", "jonas", "ruth"))
    ask_confidentially(amina)
    for page in (jonas, ruth):
        page.goto(amina.url)
    ruth.get_by_role("button", name="Who asked?").click()
    expect(ruth.locator("#asker")).to_contain_text("Asked by Amina Yusuf")
    expect(ruth.locator("#asker [role=status]")).to_be_focused()
    for page in (amina, jonas, ruth):
        assert violations(page) == []
        assert not is_too_wide(page)
    amina.get_by_role("link", name="Show my name").click()
    assert violations(amina) == []
    amina.get_by_role("button", name="Show my name").click()
    expect(amina.locator(".post-foot").first).to_contain_text("Amina Yusuf")


@pytest.mark.parametrize("width", [390, 911])
def test_a_word_longer_than_a_line_is_broken(visit, width):
    """Such as an address in an answer."""
    page = visit("ruth", viewport={"width": width, "height": 800})
    token = page.locator("[name=csrf_token]").first.input_value()
    title = f"Where is the started insulin pen for {LONG_WORD} kept?"
    form = {"title": title, "body": LONG_WORD * 2, "csrf_token": token}
    page.request.post("/questions", form=form)
    wide = []
    for show in (show_suggestions, show_similar, show_related):
        show(page)
        wide += [show.__name__] * is_too_wide(page)
    for address in ("/search?q=insulin", "/questions/1/related", f"/search?q=tag:{LONG_WORD}"):
        page.goto(address)
        wide += [address] * is_too_wide(page)
    assert wide == []


def in_view(page, locator):
    box = locator.bounding_box()
    size = page.viewport_size
    return box is not None and box["y"] + box["height"] <= size["height"] and box["x"] >= 0


def more_questions(page):
    token = page.locator("[name=csrf_token]").first.input_value()
    for number in range(4):
        title = f"A question of a usual length, as people ask them, number {number}?"
        body = "With a line of details that says a little more about it."
        page.request.post("/questions", form={"title": title, "body": body, "csrf_token": token})


def test_a_ward_screen_shows_ask_search_and_five_questions(visit):
    page = visit("amina")
    more_questions(page)
    page.goto("/questions")
    assert in_view(page, page.get_by_role("link", name="Ask a question").first)
    assert in_view(page, page.get_by_role("combobox", name="Search"))
    assert in_view(page, page.locator("article.row").nth(4))


def test_a_scaled_screen_shows_ask_search_and_the_first_question(visit):
    page = visit("amina", viewport={"width": 911, "height": 420})
    more_questions(page)
    for address in ("/questions", "/search?q=question"):
        page.goto(address)
        assert in_view(page, page.get_by_role("link", name="Ask").first)
        assert in_view(page, page.get_by_role("combobox", name="Search"))
        assert in_view(page, page.locator("article.row").first)


@pytest.mark.parametrize("width", [320, 390, 911, 1024])
def test_nothing_has_to_be_scrolled_sideways(visit, width):
    for name in ("amina", "ruth"):
        page = visit(name, viewport={"width": width, "height": 800})
        check_width(page, [*PAGES[name], "/help"], width)


def check_width(page, addresses, width):
    for address in addresses:
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert (address, wide) == (address, min(wide, width))


@pytest.fixture
def noticed(monkeypatch):
    """The site says something on top of every page."""
    monkeypatch.setenv("BOARD_SITE_NOTICE", "The board stands still on Sunday at 02:00.")


def test_targets_are_large_enough_for_gloves(noticed, visit):
    page = visit("amina", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    for address in ("/questions", "/questions/1", "/questions/new"):
        page.goto(address)
        for button in page.locator("button:visible, a.button:visible").all():
            box = button.bounding_box()
            small = box["height"] < 24 or box["width"] < 24
            assert not small, (address, button.inner_text(), box)
        for button in page.locator(".button:visible, .vote-button:visible, .tag:visible").all():
            assert button.bounding_box()["height"] >= 44, (address, button.inner_text())
        assert violations(page) == []


def test_a_printed_sheet_is_clean_and_dated(visit):
    page = visit("amina")
    page.goto("/questions/5")
    page.emulate_media(media="print")
    expect(page.get_by_text("Uncontrolled copy, printed")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("accepted by Jonas Weber")).to_be_visible()
    for hidden in (".top", ".bottom", ".vote-button", "#answer", ".column-side"):
        expect(page.locator(hidden).first).not_to_be_visible()


def test_nothing_of_the_content_stays_in_the_browser(visit):
    page = visit("amina")
    page.goto("/questions/new")
    page.get_by_label("Your question, in one sentence").press_sequentially("Half a ques")
    expect(page.locator(".draft")).to_contain_text("Saved")
    page.goto("/questions/1")
    page.locator("#vote-2").get_by_role("button").click()
    stored = page.evaluate("[localStorage.length, sessionStorage.length]")
    assert stored == [0, 0]
    assert page.evaluate("indexedDB.databases()") == []
