"""Searching, as a browser meets it."""

import re
from datetime import timedelta

import pytest

from board.core import clock
from board.core.database import db
from board.posts import asking, hiding

INSULIN = "How long does a started insulin pen keep?"
PUMP = "Why does the pump alarm say occlusion?"
GLOVES = "Which gloves for cytotoxic drugs?"


def titles(page):
    found = re.findall(r"<h2><a [^>]*>(.+?)</a></h2>", page.text)
    return [re.sub("</?mark>", "", title) for title in found]


@pytest.fixture
def zinc(world):
    """Twelve more questions, each a day younger than the one before."""
    for number in range(12):
        with clock.held_at(clock.now() + timedelta(days=number + 1)):
            asking.ask(world.amina, f"Zinc {number}?", "", "metals")
    db.session.commit()


def test_a_result_shows_title_passage_and_state(amina):
    page = amina.get("/search?q=gloves").text
    assert "1 result" in page
    assert "<mark>gloves</mark>" in page
    assert "Accepted answer" in page
    assert "Two pairs, as the policy says." in page
    assert page.count('value="gloves"') == 2, "the box and the filters' form keep what was typed"


def test_no_result_leads_to_asking(amina):
    page = amina.get("/search?q=zzzz").text
    assert "Nothing found" in page
    assert "/questions/new" in page


def test_no_words(amina):
    for address in ("/search", "/search?q=", "/search?q=%20"):
        page = amina.get(address)
        assert page.status_code == 200
        assert "Type what you would say aloud" in page.text


def test_what_is_removed_is_neither_shown_nor_counted(amina, world):
    hiding.hide(world.ruth, world.gloves, "asked twice")
    page = amina.get("/search?q=gloves")
    assert titles(page) == []
    assert "0 results" in page.text


def test_more_results_have_an_address(amina, zinc):
    page = amina.get("/search?q=zinc").text
    assert "/search?after=10&amp;q=zinc" in page or "/search?q=zinc&amp;after=10" in page
    part = amina.part("/search?q=zinc&after=10", "more")
    assert part.text.count("<article") == 2
    assert "<html" not in part.text


def test_show_more_keeps_the_order_and_the_filters(amina, zinc):
    seen, address = [], "/search?q=zinc&sort=newest&tag=metals&author=amina&state=unanswered"
    while address:
        page = amina.get(address)
        seen += titles(page)
        found = re.search(r'id="more"><a class="button" href="([^"]+)"', page.text)
        address = found[1].replace("&amp;", "&") if found else None
    assert seen == [f"Zinc {number}?" for number in reversed(range(12))]


@pytest.mark.parametrize("after", ["x", "-1", "99999", "1e3", "²"])
def test_a_page_that_cannot_be(amina, after):
    assert amina.get(f"/search?q=zinc&after={after}").status_code == 404


@pytest.mark.parametrize("name", ["_external", "_scheme", "endpoint", "_anchor", "values"])
def test_strange_arguments_change_no_address(amina, zinc, name):
    page = amina.get(f"/search?q=zinc&{name}=https://elsewhere.example")
    assert page.status_code == 200
    assert "elsewhere" not in page.text


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ("state=accepted", {GLOVES}),
        ("state=answered", {GLOVES, INSULIN}),
        ("state=unanswered", {PUMP}),
        ("state=nonsense", set()),
        ("department=ward-7b", {INSULIN}),
        ("department=nowhere", set()),
        ("tag=gloves", {GLOVES}),
        ("tag=nothing", set()),
        ("author=jonas", {GLOVES}),
        ("author=Amina+Yusuf", {INSULIN}),
        ("since=2026-06-05", {GLOVES, INSULIN, PUMP}),
        ("since=2026-06-06", set()),
        ("until=2026-06-05", {GLOVES, INSULIN, PUMP}),
        ("until=2026-06-04", set()),
        ("state=answered&department=ward-7b", {INSULIN}),
        ("state=unanswered&department=ward-7b", set()),
    ],
)
def test_filters_beside_the_box(amina, filters, found):
    assert set(titles(amina.get(f"/search?{filters}"))) == found


def test_filters_narrow_down_what_was_typed(amina):
    assert len(titles(amina.get("/search?q=pump+insulin"))) == 2
    page = amina.get("/search?q=pump+insulin&department=ward-7b&state=answered&author=amina")
    assert titles(page) == [INSULIN]
    assert '<option value="ward-7b" selected>' in page.text
    assert '<option value="answered" selected>' in page.text
    assert '<input id="author" name="author" value="amina"' in page.text
    assert 'href="/search?q=pump+insulin">Clear all filters' in page.text
    assert "Clear all filters" not in amina.get("/search?q=pump+insulin").text


@pytest.mark.parametrize(
    "typed", ['"gloves', 'gloves"', "gloves -", "gloves tag:", "gloves " * 142]
)
def test_a_filter_holds_whatever_was_typed(amina, typed):
    assert titles(amina.get("/search", query_string={"q": typed, "tag": "gloves"})) == [GLOVES]
    assert titles(amina.get("/search", query_string={"q": typed, "tag": "pumps"})) == []


def test_the_order_can_be_chosen(amina, world):
    for number, title in enumerate(["Zinc?", "How is copper kept with zinc in the store?"]):
        with clock.held_at(clock.now() + timedelta(days=number + 1)):
            asking.ask(world.amina, title)
    best = amina.get("/search?q=zinc")
    assert titles(best)[0] == "Zinc?"
    newest = amina.get("/search?q=zinc&sort=newest")
    assert titles(newest) == list(reversed(titles(best)))
    assert 'aria-current="page">Newest first' in newest.text
    assert '<input type="hidden" name="sort" value="newest">' in newest.text
    assert titles(amina.get("/search?q=zinc&sort=nonsense")) == titles(best)


def test_a_misspelled_word_is_corrected_with_a_way_back(amina):
    page = amina.get("/search?q=cytotoxyc+gloves")
    assert titles(page) == [GLOVES]
    assert "Showing results for <strong>cytotoxic gloves</strong>" in page.text
    assert 'value="cytotoxyc gloves"' in page.text
    back = re.search(r'<a href="([^"]+)">Search for exactly', page.text)[1].replace("&amp;", "&")
    exactly = amina.get(back)
    assert "Showing results for" not in exactly.text
    assert titles(amina.get("/search?q=cytotoxyc&exactly=1")) == []


def test_the_way_back_is_kept_when_narrowing_down(amina):
    page = amina.get("/search?q=cytotoxyc&exactly=1").text
    assert '<input type="hidden" name="exactly" value="1">' in page


def test_right_words_are_not_corrected(amina):
    assert "Showing results for" not in amina.get("/search?q=cytotoxic").text


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("gloves is:nonsense", "“is:nonsense” is no filter this search knows"),
        ("gloves before:tomorrow", "“before:tomorrow” is no filter this search knows"),
        ("gloves since:<b>", "“since:&lt;b&gt;” is no filter this search knows"),
        ("gloves tag:nothing", "There is no tag called “nothing”."),
    ],
)
def test_a_mistaken_filter_is_explained(amina, query, note):
    page = amina.get("/search", query_string={"q": query})
    assert page.status_code == 200
    assert note in page.text
    assert titles(page) == ([] if "tag:" in query else [GLOVES])


def test_a_filter_that_is_meant_needs_no_note(amina):
    page = amina.get("/search?q=gloves+is:accepted+tag:gloves")
    assert titles(page) == [GLOVES]
    assert "no filter" not in page.text
    assert "no tag" not in page.text


def test_tags_and_people_stand_beside_the_results(amina):
    assert 'href="/tags/gloves"' in amina.get("/search?q=glov").text
    assert 'class="filter" href="/people/jonas"' in amina.get("/search?q=jonas").text
    assert 'aria-label="Tags and people"' not in amina.get("/search?q=zzzz").text


def test_people_are_not_shown_to_strangers(stranger, configure):
    configure(public_reading=True)
    page = stranger.get("/search?q=jonas")
    assert page.status_code == 200
    assert 'class="filter" href="/people/' not in page.text
    assert 'href="/tags/gloves"' in stranger.get("/search?q=glov").text


@pytest.mark.parametrize(("typed", "found"), [("glov", GLOVES), ("g", None), ("the", None)])
def test_suggestions_while_typing(amina, typed, found):
    page = amina.part(f"/search/suggestions?q={typed}", "search-suggestions").text
    assert "<html" not in page
    assert (" hidden>" in page) is (found is None)
    if found:
        assert found in page
        assert 'data-address="/questions/5/which-gloves-for-cytotoxic-drugs"' in page
        assert "Accepted answer" in page


def test_nothing_removed_is_suggested(amina, world):
    hiding.hide(world.ruth, world.gloves, "asked twice")
    assert GLOVES not in amina.part("/search/suggestions?q=glov", "search-suggestions").text
