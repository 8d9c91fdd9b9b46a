"""A department's page on paper, and on a wall: what a browser makes of it."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect
from steps import SCHEMES, violations

A4 = {"format": "A4", "prefer_css_page_size": True}
LONG = "What do we do when the pump alarms and nobody of the company can be reached by telephone"


def fill(page, count=40):
    token = page.locator("[name=csrf_token]").first.input_value()
    for number in range(count):
        form = {"title": f"{LONG}, number {number}, {'again ' * 10}?", "csrf_token": token}
        page.request.post("/questions", form=form)


def pages_of(pdf):
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.only_in("chromium")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_department_with_much_to_say_is_one_printed_page(visit, scheme):
    page = visit("amina", color_scheme=scheme)
    fill(page)
    page.goto("/departments/ward-7b?period=week")
    assert pages_of(page.pdf(**A4)) == 1
    assert pages_of(page.pdf(format="Letter")) == 1
    page.emulate_media(media="print")
    expect(page.get_by_text("Uncontrolled copy, printed")).to_be_visible()
    expect(page.get_by_text(re.compile(r"and \d+ more on the board")).last).to_be_visible()
    for hidden in (".top", ".bottom", ".tabs", ".watch", ".sheet-deeds"):
        expect(page.locator(hidden).first).not_to_be_visible()
    assert page.locator(".sheet-row:visible").count() == 16


@pytest.mark.only_in("chromium")
def test_a_department_with_little_to_say_is_one_page_too(visit):
    page = visit("amina")
    page.goto("/departments/education")
    assert pages_of(page.pdf(**A4)) == 1


def wall(visit, **options):
    """A screen that an administrator has set up."""
    tomasz = visit("tomasz")
    tomasz.goto("/walls")
    tomasz.get_by_label("Name of the screen").fill("Corridor")
    tomasz.get_by_label("Department").select_option("ward-7b")
    tomasz.get_by_label("Networks it may ask from").fill("127.0.0.0/8")
    tomasz.get_by_role("button", name="Make its address").click()
    screen = visit(**options)
    screen.goto(tomasz.locator(".secret").inner_text().strip())
    assert screen.url.endswith("/wall")
    return screen, tomasz


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1080, 1920)])
def test_a_screen_is_large_and_never_scrolls(visit, size, scheme):
    width, height = size
    screen, tomasz = wall(visit, viewport={"width": width, "height": height}, color_scheme=scheme)
    fill(tomasz, 3)
    fill(visit("amina"), 8)
    screen.reload()
    assert violations(screen) == []
    root = "document.documentElement"
    assert screen.evaluate(f"[{root}.scrollWidth, {root}.scrollHeight]") == [width, height]
    size_of_letters = "parseFloat(getComputedStyle(document.querySelector('.wall-title')).fontSize)"
    assert screen.evaluate(size_of_letters) >= 0.019 * width
    more = screen.get_by_text("more on the board")
    box = more.bounding_box()
    assert box["y"] + box["height"] <= height
    parts = [part.bounding_box() for part in screen.locator(".wall-part").all()]
    for one, next_one in pairwise(parts):
        assert one["x"] + one["width"] <= next_one["x"] or one["y"] + one["height"] <= next_one["y"]


def refresh(screen):
    screen.evaluate(
        "void htmx.ajax('GET', '/wall', {target: '#wall', swap: 'outerHTML'}).catch(() => 0)"
    )


def run_late(screen):
    """As if as much time had passed as the note waits for."""
    screen.evaluate("document.getAnimations().forEach(each => each.finish())")


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_a_screen_that_cannot_be_refreshed_says_so(visit, motion):
    screen, _ = wall(visit, reduced_motion=motion)
    stale = screen.get_by_text("Not refreshed since")
    expect(stale).not_to_be_visible()
    screen.route("**/wall", lambda route: route.abort())
    refresh(screen)
    run_late(screen)
    expect(stale).to_be_visible()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Ward 7B")
    screen.unroute("**/wall")
    refresh(screen)
    expect(stale).not_to_be_visible()


def test_a_new_question_comes_to_the_screen_and_an_ended_screen_is_blank(visit):
    screen, tomasz = wall(visit)
    fill(visit("amina"), 1)
    refresh(screen)
    expect(screen.get_by_text(LONG)).to_be_visible()
    tomasz.goto("/walls")
    tomasz.get_by_role("button", name="End Corridor").click()
    tomasz.get_by_text("No screen is set up yet").wait_for()
    refresh(screen)
    expect(screen.get_by_text("was ended")).to_be_visible()
    expect(screen.get_by_text(LONG)).to_have_count(0)


@pytest.mark.only_in("chromium")
@pytest.mark.parametrize("width", [320, 360, 390])
def test_on_a_phone_the_bar_of_tabs_is_whole(visit, width):
    page = visit("amina", viewport={"width": width, "height": 844}, has_touch=True, is_mobile=True)
    page.goto("/help")
    bar = page.locator(".tabs-inner")
    assert bar.evaluate("bar => bar.scrollWidth <= bar.clientWidth")
    assert bar.bounding_box()["height"] < 60
    page.locator(".more-tabs summary").tap()
    for name in ("Tags", "People", "Experts", "Departments", "Saved", "Help"):
        link = bar.get_by_role("link", name=name)
        assert link.bounding_box()["height"] >= 44
        assert link.bounding_box()["x"] + link.bounding_box()["width"] <= width
    assert violations(page) == []
    bar.get_by_role("link", name="Departments").tap()
    page.wait_for_url("**/departments")
