"""Finding questions by words."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from board.core.database import db
from board.core.errors import Missing
from board.curation import deciding
from board.posts import answering, asking, editing, hiding
from board.search.finding import find


def ids(query):
    db.session.flush()
    return [result.question.id for result in find(query).results]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("insulin", "insulin"),
        ("INSULIN pen", "insulin"),
        ("keeping pens", "insulin"),
        ("how long does a started insulin pen keep", "insulin"),
        ("leaflet", "insulin"),
        ("fridge", "insulin"),
        ("occlus", "pump"),
        ("storage", "insulin"),
        ("cytotoxic", "gloves"),
    ],
)
def test_a_question_is_found_by_its_words(world, query, found):
    assert ids(query)[0] == getattr(world, found).id


@pytest.mark.parametrize("query", ["", "  ", "zzzz", "?!…", "''"])
def test_nothing_is_found_without_words(world, query):
    found = find(query)
    assert (found.total, list(found.results)) == (0, [])


def test_all_words_come_before_some_words(world):
    asking.ask(world.amina, "Where is the insulin fridge on the ward?")
    assert ids("insulin fridge ward")[0] == 7
    assert len(ids("insulin fridge ward gloves")) > 1


@pytest.fixture
def neighbours(world):
    """Other questions that have both words, in their titles or only below them; one has one."""
    made = [
        asking.ask(world.amina, "Which needles fit the insulin pen of the new brand on wards?"),
        asking.ask(world.priya, "Where is the sharps bin?", "For an insulin cartridge and a pen."),
        asking.ask(world.jonas, "Who signs for a pen?", "It is insulin."),
    ]
    asking.ask(world.priya, "Insulin syringes or not?")
    answering.answer(world.ruth, made[0], "Any of them.")
    db.session.flush()
    return {each.id for each in made}


@pytest.mark.parametrize("standing", ["expired", "unsafe", "withdrawn", "superseded"])
def test_what_nobody_should_follow_comes_after_all_that_matches_as_wholly(
    world, neighbours, standing
):
    before = ids("insulin pen")
    assert before[0] == world.insulin.id
    world.insulin_answer.standing = standing
    db.session.flush()
    deciding.refresh_question(world.insulin.id)
    after = ids("insulin pen")
    assert set(after[:3]) == neighbours
    assert after.index(world.insulin.id) >= 3
    assert set(after) == set(before), "it is still found"


def test_an_answer_that_may_be_followed_keeps_its_question_in_its_place(world, neighbours):
    answering.answer(world.priya, world.insulin, "Six weeks.")
    world.insulin_answer.standing = "unsafe"
    assert ids("insulin pen")[0] == world.insulin.id


def test_a_question_without_an_answer_is_not_out_of_use(world):
    assert ids("occlusion")[0] == world.pump.id


def test_matching_words_are_marked_and_the_rest_is_escaped(world):
    asking.ask(world.amina, "Is <b>zinc</b> an answer & more?", "zinc & more")
    [result] = find("zinc").results
    assert "<mark>zinc</mark>" in result.title
    assert "&lt;b&gt;" in result.title
    assert "</mark> &amp; more" in result.excerpt


def test_the_passage_comes_from_an_answer_if_one_has_the_words(world):
    assert "<mark>leaflet</mark>" in find("leaflet").results[0].excerpt


def test_a_new_answer_is_found_at_once(world):
    answering.answer(world.jonas, world.pump, "A kinked line.")
    assert ids("kinked") == [world.pump.id]


def test_an_edit_is_found_and_the_old_words_are_not(world):
    editing.edit(world.jonas, world.insulin_answer, 1, body="See the policy.")
    assert ids("policy") == [world.gloves.id, world.insulin.id] or set(ids("policy")) == {1, 5}
    assert ids("leaflet") == []


def test_what_is_removed_is_not_found(world):
    hiding.hide(world.jonas, world.insulin_answer)
    assert ids("leaflet") == []
    hiding.hide(world.ruth, world.insulin, "test")
    assert ids("insulin") == []
    hiding.restore(world.ruth, world.insulin)
    assert ids("insulin") == [world.insulin.id]


def test_results_come_in_pages(world):
    for number in range(25):
        asking.ask(world.amina, f"Zinc number {number}?")
    first = find("zinc")
    assert (first.total, len(first.results), first.next) == (25, 10, 10)
    last = find("zinc", 20)
    assert (len(last.results), last.next) == (5, None)
    seen = {r.question.id for after in (0, 10, 20) for r in find("zinc", after).results}
    assert len(seen) == 25


@pytest.mark.parametrize("after", [-1, 1001, 10**12])
def test_a_page_that_cannot_be(world, after):
    with pytest.raises(Missing):
        find("insulin", after)


HARD = [
    '"',
    "'",
    "insulin AND",
    "NEAR(insulin, 5",
    "title:insulin",
    "insulin*",
    "-insulin",
    "^insulin",
    "insulin & !pump",
    "(((",
    "'; DROP TABLE post; --",
    "insulin:*",
    "\\",
    "a\\'b",
    "o'brien's",
    "it's",
    "l'eau d'or",
    "x" * 10_000,
    "a " * 10_000,
    "\x00insulin",
    "日本語",
    "½ ² ①",
    "😀",
]


@pytest.mark.parametrize("query", HARD)
def test_no_query_is_an_error(world, query):
    find(query)


@given(st.text(max_size=60))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_a_query(world, query):
    find(query)
