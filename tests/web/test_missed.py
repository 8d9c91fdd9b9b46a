"""What was searched for in vain: counted for moderators, without who asked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from board.core.clock import held_at, now
from board.core.database import db
from board.posts import asking
from board.search.missed import KEPT_DAYS
from board.search.models import MissedSearch

IN_VAIN = "zinc copper iron"


@pytest.fixture
def cupboards(world):
    """Twelve questions that each have one of three words, and none that has all of them."""
    for number in range(12):
        asking.ask(world.amina, f"Where is the {IN_VAIN.split()[number % 3]} cupboard?")
    db.session.commit()


def counted():
    db.session.commit()
    return {row.words: row.times for row in db.session.scalars(select(MissedSearch))}


def search(client, words, **arguments):
    page = client.get("/search", query_string={"q": words, **arguments})
    assert page.status_code == 200
    return page.text


def test_a_search_in_vain_is_counted_once(amina, cupboards):
    search(amina, IN_VAIN)
    assert counted() == {IN_VAIN: 1}
    search(amina, IN_VAIN)
    assert counted() == {IN_VAIN: 2}


def test_further_pages_are_not_counted(amina, cupboards):
    assert "Show more results" in search(amina, IN_VAIN)
    search(amina, IN_VAIN, after=10)
    assert amina.part(f"/search?q={IN_VAIN}&after=10", "more").text.count("<article") == 2
    assert counted() == {IN_VAIN: 1}


@pytest.mark.parametrize("arguments", [{"sort": "newest"}, {"tag": "none"}, {"state": "accepted"}])
def test_what_is_looked_at_again_is_counted_once(amina, cupboards, arguments):
    """In another order, or narrowed down."""
    search(amina, IN_VAIN)
    search(amina, IN_VAIN, **arguments)
    assert counted() == {IN_VAIN: 1}


def test_a_search_that_found_something_is_not_counted(amina, cupboards):
    for words in ("zinc cupboard", "gloves", "how long does insulin keep", ""):
        search(amina, words)
    assert counted() == {}


def test_suggestions_are_not_counted(amina, cupboards):
    amina.part(f"/search/suggestions?q={IN_VAIN}", "search-suggestions")
    assert counted() == {}


def test_a_term_of_the_synonyms_that_no_question_has_is_counted(amina):
    search(amina, "paracetamol")
    assert counted() == {"paracetamol": 1}


@pytest.mark.parametrize(
    "words", ["Ermintrude Smithson", "0123456789", "Amina", "occlusion leaflet"]
)
def test_nobodys_name_is_kept(amina, cupboards, words):
    """Words that the board does not use, or in a question or two only."""
    search(amina, words)
    search(amina, f"{words} {IN_VAIN}")
    assert counted() == {IN_VAIN: 1}


@pytest.mark.parametrize("words", ["94 year old lady", "NHS number 999 012 3454", "Mrs Okonkwo"])
def test_nothing_is_kept_of_a_search_with_a_patient_in_it(amina, cupboards, words):
    search(amina, f"{IN_VAIN} {words}")
    assert counted() == {}


def test_moderators_see_it_from_three_searches_on(amina, ruth, cupboards):
    for _ in range(2):
        search(amina, IN_VAIN)
    assert IN_VAIN not in ruth.get("/search/missed").text
    search(amina, IN_VAIN)
    page = ruth.get("/search/missed").text
    assert f'<a href="/search?q=zinc+copper+iron">{IN_VAIN}</a></td><td>3</td>' in page
    assert "/synonyms/new" in page
    assert "Amina" not in page


def test_it_is_kept_for_some_time_only(amina, ruth, cupboards):
    with held_at(now() - timedelta(days=KEPT_DAYS + 2)):  # days are the hospital's, not ours
        for _ in range(3):
            search(amina, "zinc copper")
            search(amina, IN_VAIN)
    assert IN_VAIN not in ruth.get("/search/missed").text
    search(amina, IN_VAIN)
    assert counted() == {IN_VAIN: 1}


def test_content_health_counts_them_by_tag(world, amina, ruth, cupboards):
    asking.ask(world.amina, "Where do the supplements stand?", tags="zinc-copper")
    asking.ask(world.amina, "Where do the tablets stand?", tags="iron-tablets")
    db.session.commit()
    for _ in range(3):
        search(amina, IN_VAIN)
    page = ruth.get("/content-health").text
    assert 'href="/search/missed?tag=zinc-copper">1<' in page
    assert "/search/missed?tag=iron-tablets" not in page
    assert IN_VAIN in ruth.get("/search/missed?tag=zinc-copper").text
    assert IN_VAIN not in ruth.get("/search/missed?tag=iron-tablets").text


def test_the_page_says_when_there_is_nothing(ruth):
    assert "Nothing yet" in ruth.get("/search/missed").text


def test_moderators_are_led_there_from_the_search(amina, ruth):
    assert 'href="/search/missed"' in ruth.get("/search").text
    assert "/search/missed" not in amina.get("/search").text
    assert amina.get("/search/missed").status_code == 403


def test_strangers_are_counted_too(stranger, configure, cupboards):
    configure(public_reading=True)
    search(stranger, IN_VAIN)
    assert counted() == {IN_VAIN: 1}
    assert "/search/missed" not in stranger.get("/search").text
