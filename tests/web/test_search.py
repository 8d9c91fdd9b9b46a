"""Searching, as a browser meets it."""

import pytest

from board.posts import asking


@pytest.fixture
def amina(signed_in):
    return signed_in("amina")


def test_a_result_shows_title_passage_and_state(amina):
    page = amina.get("/search?q=gloves").text
    assert "1 result" in page
    assert "<mark>gloves</mark>" in page
    assert "Accepted answer" in page
    assert 'value="gloves"' in page


def test_no_result_leads_to_asking(amina):
    page = amina.get("/search?q=zzzz").text
    assert "Nothing found" in page
    assert "/questions/new" in page


def test_no_words(amina):
    assert amina.get("/search").status_code == 200
    assert amina.get("/search?q=").status_code == 200


def test_more_results_have_an_address(amina, world):
    for number in range(12):
        asking.ask(world.amina, f"Zinc {number}?")
    page = amina.get("/search?q=zinc").text
    assert "/search?after=10&amp;q=zinc" in page or "/search?q=zinc&amp;after=10" in page
    part = amina.part("/search?q=zinc&after=10", "more")
    assert part.text.count("<article") == 2
    assert "<html" not in part.text


@pytest.mark.parametrize("after", ["x", "-1", "99999", "1e3", "²"])
def test_a_page_that_cannot_be(amina, after):
    assert amina.get(f"/search?q=zinc&after={after}").status_code == 404


@pytest.mark.parametrize("name", ["_external", "_scheme", "endpoint", "_anchor", "values"])
def test_strange_arguments_change_no_address(amina, world, name):
    for number in range(12):
        asking.ask(world.amina, f"Zinc {number}?")
    page = amina.get(f"/search?q=zinc&{name}=https://elsewhere.example")
    assert page.status_code == 200
    assert "elsewhere" not in page.text
