"""Finding by more than words: filters, phrases, orders, corrections, synonyms."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from world import BEGINNING

from board.core.clock import held_at
from board.core.database import db
from board.people import joining
from board.people.models import CONSOLE
from board.posts import accepting, answering, asking, commenting, editing, hiding, retagging
from board.search import synonyms
from board.search.finding import Sort, find
from board.tags import naming
from board.upkeep.importing import import_file


def ids(query, **options):
    db.session.flush()
    return [result.question.id for result in find(query, **options).results]


def named(world, *names):
    return {getattr(world, name).id for name in names}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tag:insulin", ["insulin"]),
        ("tag:Storage", ["insulin"]),
        ("tag:insulin tag:storage", ["insulin"]),
        ("tag:insulin tag:gloves", []),
        ("tag:insulin pen", ["insulin"]),
        ("tag:gloves insulin", []),
        ("author:jonas", ["gloves"]),
        ("author:@Jonas", ["gloves"]),
        ('author:"Jonas Weber"', ["gloves"]),
        ("author:weber", ["gloves"]),
        ("author:nobody", []),
        ("author:%", []),
        ("author:_", []),
        ("author:jonas insulin", []),
        ("department:pharmacy", ["gloves"]),
        ('department:"Ward 7B"', ["insulin"]),
        ("department:ward-7b", ["insulin"]),
        ("department:WARD-7B insulin", ["insulin"]),
        ("department:nowhere", []),
        ("is:answered", ["insulin", "gloves"]),
        ("is:unanswered", ["pump"]),
        ("is:accepted", ["gloves"]),
        ("is:answered is:accepted insulin", []),
        ("is:unanswered insulin", []),
        ("is:answered author:amina", ["insulin"]),
        ('"insulin pen"', ["insulin"]),
        ('"insulin pen" "room temperature"', ["insulin"]),
        ('"gloves for" insulin', ["gloves"]),
        ('tag:insulin "two pairs"', []),
        ("for -gloves", []),
        ("insulin -pen", []),
        ("insulin -pump", ["insulin"]),
        ('insulin -"pen insulin"', ["insulin"]),
        ('insulin -"insulin pens"', []),
        ("is:answered -insulin", ["gloves"]),
        ("author:amina -pens", []),
        ("tag:insulin -leaflet", []),
        ("since:2026-06-05 -gloves", ["insulin", "pump"]),
    ],
)
def test_filters_narrow_down(world, query, found):
    assert set(ids(query)) == named(world, *found)
    assert find(query).total == len(found)


def test_only_an_unknown_tag_is_explained(world):
    assert "no tag called “zinc”" in find("tag:zinc insulin").notes[0]
    assert find("tag:zinc insulin").total == 0
    assert find("tag:insulin").notes == []


def test_a_mistaken_filter_is_explained_and_searched_as_words(world):
    found = find("insulin since:yesterday")
    assert [result.question.id for result in found.results] == [world.insulin.id]
    assert "since:yesterday" in found.notes[0]


def test_a_tag_is_found_by_its_synonym_and_its_former_names(world):
    tag = naming.tag_called("pumps")
    naming.rename(world.ruth, tag, "infusion pumps")
    naming.set_synonyms(world.ruth, tag, ["pumps", "drivers"])
    for name in ("infusion-pumps", '"infusion pumps"', "pumps", "drivers"):
        assert ids(f"tag:{name}") == [world.pump.id]


def test_a_merged_tag_is_found_by_both_names(world):
    retagging.merge(world.ruth, naming.tag_called("storage"), naming.tag_called("pumps"))
    asking.ask(world.amina, "Which battery?", "", "pumps")
    for name in ("storage", "pumps"):
        assert set(ids(f"tag:{name}")) == {1, 4, 7}


def test_a_retagged_question_is_found_by_its_new_tag(world):
    editing.edit(world.amina, world.insulin, 1, title="Insulin pens?", body="", tags="pens")
    assert ids("tag:pens") == [world.insulin.id]
    assert ids("tag:storage") == []


@pytest.fixture
def days(world):
    """Three questions about zinc, a day after another; ids 7, 8 and 9."""
    for day in range(1, 4):
        with held_at(BEGINNING + timedelta(days=day)):
            asking.ask(world.amina, "Is zinc safe?")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("zinc since:2026-06-07", {8, 9}),
        ("zinc after:2026-06-08", {9}),
        ("zinc until:2026-06-07", {7, 8}),
        ("zinc before:2026-06-06", {7}),
        ("zinc since:2026-06-07 until:2026-06-07", {8}),
        ("zinc since:2026-06-09", set()),
        ("zinc since:2026-06-08 until:2026-06-06", set()),
        ("since:2026-06-08", {9}),
    ],
)
def test_a_day_counts_whole(days, query, found):
    assert set(ids(query)) == found


def test_a_day_begins_at_the_wards_midnight(world, configure):
    configure(time_zone="Pacific/Auckland")  # 12 hours ahead in June
    with held_at(BEGINNING.replace(hour=11, minute=59)):
        before = asking.ask(world.amina, "Zinc before midnight?")
    with held_at(BEGINNING.replace(hour=12, minute=0)):
        after = asking.ask(world.amina, "Zinc after midnight?")
    assert ids("zinc until:2026-06-05") == [before.id]
    assert ids("zinc since:2026-06-06") == [after.id]


@pytest.mark.parametrize("zone", ["Europe/Vienna", "America/New_York", "UTC"])
@pytest.mark.parametrize(
    "query", ["since:0001-01-01", "until:9999-12-31", "since:9999-12-31", "until:0001-01-01"]
)
def test_no_day_is_an_error(world, configure, zone, query):
    configure(time_zone=zone)
    is_all = query in ("since:0001-01-01", "until:9999-12-31")
    assert find(f"insulin {query}").total == is_all


def test_the_newest_first(days):
    assert ids("zinc", sort=Sort.NEWEST) == [9, 8, 7]
    assert ids("zinc is:unanswered", sort=Sort.NEWEST)[0] == 9


def test_filters_alone_give_the_newest_first(days):
    assert ids("is:unanswered", sort=Sort.NEWEST) == [9, 8, 7, 4]


def test_names_are_found_in_large_or_small_letters_of_any_alphabet(world):
    oyvind = joining.add(CONSOLE, "oyvind", name="Øyvind Ås", department="Étage 3")
    question = asking.ask(oyvind, "Is zinc safe?")
    for query in (
        "author:øyvind",
        "author:Øyvind",
        'author:"ØYVIND ÅS"',
        'department:"Étage 3"',
        'department:"étage 3"',
    ):
        assert (query, ids(query)) == (query, [question.id])


def test_a_phrase_nobody_wrote_is_searched_word_by_word_and_that_is_explained(world):
    found = find('"pen insulin"')
    assert [result.question.id for result in found.results] == [world.insulin.id]
    assert "searched apart" in found.notes[0]
    assert find('"insulin pen"').notes == []
    assert find('"zzzz yyyy"').total == 0


def test_a_phrase_ends_where_its_text_ends(world):
    asking.ask(world.amina, "Who ordered the zinc", "Oxide was delivered.")
    assert find('"oxide was delivered"').notes == []
    assert "searched apart" in find('"zinc oxide"').notes[0]


def test_a_phrase_is_found_in_every_part(world):
    question = asking.ask(world.amina, "Is zinc safe?")
    answer = answering.answer(world.jonas, question, "Only in small doses.")
    commenting.comment(world.priya, answer, "How small is that?")
    assert ids('"in small doses"') == [question.id]
    assert ids('"how small"') == [question.id]
    accepting.accept(world.amina, answer)
    assert ids('"in small doses"') == [question.id]


def test_comments_and_accepted_answers_are_searched(world):
    commenting.comment(world.amina, world.gloves_answer, "Nitrile ones.")
    commenting.comment(world.amina, world.pump, "A kinked line?")
    assert ids("nitrile") == [world.gloves.id]
    assert ids("kinked") == [world.pump.id]
    assert ids("pairs") == [world.gloves.id]
    accepting.withdraw(world.jonas, world.gloves_answer)
    assert ids("pairs") == [world.gloves.id]


def test_hidden_posts_are_neither_shown_nor_counted(world):
    other = asking.ask(world.priya, "Is insulin cold?")
    assert find("insulin").total == 2
    for query in ("insulin", "tag:insulin", "is:answered insulin", '"insulin pen"', "author:amina"):
        hiding.hide(world.ruth, world.insulin, "test")
        db.session.flush()
        found = find(query)
        assert world.insulin.id not in [result.question.id for result in found.results]
        assert found.total == len(found.results) == ("insulin" in query and ":" not in query)
        hiding.restore(world.ruth, world.insulin)
    hiding.hide(world.priya, other)
    assert find("insulin").total == 1


def test_hidden_answers_and_comments_are_not_found_under_filters_either(world):
    hiding.hide(world.priya, world.insulin_comment)
    assert ids("thank is:answered") == []
    hiding.hide(world.jonas, world.insulin_answer)
    assert ids("leaflet author:amina") == []
    assert ids("is:answered") == [world.gloves.id]
    hiding.hide(world.ruth, world.gloves_answer, "test")
    assert ids("is:accepted") == []


def test_a_misspelled_word_is_corrected(world):
    found = find("inuslin pen")
    assert [result.question.id for result in found.results] == [world.insulin.id]
    assert found.asked.corrected == {"inuslin": "insulin"}
    assert found.searched == "insulin pen"
    assert "<mark>insulin</mark>" in found.results[0].title


def test_unless_exactly_these_words_are_wanted(world):
    found = find("inuslin", exactly=True)
    assert (found.total, found.asked.corrected, found.searched) == (0, {}, "inuslin")
    assert ids("insulin", exactly=True) == [world.insulin.id]


def test_a_word_of_the_board_is_never_corrected(world):
    asking.ask(world.amina, "Inuslin?")
    assert ids("inuslin") == [7]


def test_a_misspelled_word_beside_filters_is_corrected(world):
    assert ids("inuslin tag:storage is:answered") == [world.insulin.id]
    assert find("occlutión").searched == "occlusion"
    assert ids("occlutión") == [world.pump.id]


def test_a_misspelled_phrase_is_corrected_too(world):
    assert ids('"started insulim pen"') == [world.insulin.id]


def test_the_beginning_of_the_last_word_finds_it(world):
    assert ids("glov") == [world.gloves.id]
    assert ids("pump occlu")[0] == world.pump.id
    assert ids("oc") == []


@pytest.fixture
def ward(world):
    """Two names of a medicine, one used much more than the other, among other questions."""
    synonyms.add(world.ruth, "zalcon, melcafen")
    for number in range(20):
        asking.ask(world.amina, f"Bandage number {number}?")
    world.rare = asking.ask(world.amina, "How much melcafen for an adult?")
    world.common = [asking.ask(world.amina, "How much zalcon for an adult?") for _ in range(5)]
    return world


def test_a_synonym_is_found(ward):
    everything = {ward.rare.id, *(question.id for question in ward.common)}
    assert set(ids("zalcon")) == set(ids("melcafen")) == everything


def test_the_literal_word_comes_before_a_more_used_synonym(ward):
    assert ids("melcafen")[0] == ward.rare.id


def test_the_literal_word_comes_before_a_rarer_synonym(ward):
    assert ids("zalcon")[-1] == ward.rare.id


def test_a_synonym_of_several_words_needs_them_all(world):
    synonyms.add(world.ruth, "zalcon, slow moving salts")
    asking.ask(world.amina, "Slow moving salts?")
    asking.ask(world.amina, "Moving day?")
    assert ids("zalcon") == [7]


def test_synonyms_marked_in_the_passage(world):
    synonyms.add(world.ruth, "zalcon, leaflet")
    [result] = find("zalcon").results
    assert "<mark>leaflet</mark>" in result.excerpt


def test_the_other_names_of_an_imported_question_are_searched(world, tmp_path):
    file = tmp_path / "in.jsonl"
    line = {"id": "x-1", "title": "What is zinc?", "synonyms": ["zincum oxydatum", "ZnO", "…"]}
    file.write_text(json.dumps(line))
    import_file(file)
    assert ids("oxydatum") == ids("zno") == ids('"zincum oxydatum"') == [7]


@pytest.mark.parametrize("title", ["????????????", "…………………", "!!!!!!!!!! ?????????"])
def test_a_title_without_a_word_is_found_by_its_text(world, title):
    question = asking.ask(world.amina, title, "About zinc.")
    assert ids("zinc") == [question.id]
    assert question.id in ids("is:unanswered")


@pytest.mark.parametrize(
    "word", ["größe", "日本語", "ασθμα", "1e5", "10mg", "000", "0x1f", "naïve", "боль", "b12", "½"]
)
def test_a_word_of_any_alphabet_is_found(world, word):
    question = asking.ask(world.amina, f"What does {word} mean here?", "Nothing else.")
    assert ids(word, exactly=True) == [question.id]
    assert ids(f'"does {word} mean"') == [question.id]
    assert question.id not in ids(f"mean -{word}")


def test_it_says_whether_anything_fits_well(world):
    assert not find("insulin pen").is_poor
    assert find("fridge occlusion cytotoxic leaflet policy").is_poor
    assert find("zzzz").is_poor


PIECES = [
    '"',
    "-",
    " ",
    " tag:insulin",
    " is:answered",
    " is:accepted",
    " since:2026-06-05",
    " until:9999-01-01",
    " author:",
    "insulin",
    "gloves",
    "the",
    "pens ",
    "*",
    "|",
    "(",
]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), st.sampled_from(Sort))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_mixture_of_the_language_is_answered(world, query, sort):
    found = find(query, sort=sort)
    assert found.total == len(found.results) <= 3
