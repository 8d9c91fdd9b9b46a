"""Saved searches: kept by name, the person's own, at most fifty."""

import pytest

from board.core.database import db
from board.core.errors import Invalid, Missing
from board.inbox import saving, watching
from board.inbox.models import Level, Notification, SavedSearch, Subscription, Watched


def save(person, name="pens", query="insulin pen", filters="", level=Level.ALL):
    search = saving.save(person, name, query, filters, level)
    db.session.commit()
    return search


def test_a_saved_search_is_watched(world):
    search = save(world.amina, level=Level.ANSWERS)
    assert watching.level_of(world.amina.id, Watched.SEARCH, search.id) is Level.ANSWERS
    [row] = saving.searches_of(world.amina.id)
    assert (row.name, row.query, row.level) == ("pens", "insulin pen", "answers")
    assert saving.searches_of(world.jonas.id) == []


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"query": " "}, "query"),
        ({"query": "x" * 1001}, "query"),
        ({"filters": "x" * 1001}, "query"),
        ({"level": "loud"}, "level"),
    ],
)
def test_a_mistake_is_told(world, fields, wrong):
    with pytest.raises(Invalid) as error:
        save(world.amina, **fields)
    assert wrong in error.value.fields


def test_a_name_is_used_once_by_one_person(world):
    save(world.amina)
    save(world.jonas)
    with pytest.raises(Invalid, match="another name"):
        save(world.amina)


def test_at_most_fifty(world):
    for number in range(saving.MOST):
        saving.save(world.amina, f"search {number}", "insulin", "", Level.ALL)
    with pytest.raises(Invalid, match="50 saved searches"):
        save(world.amina, "one more")
    save(world.jonas, "his first")


def test_it_is_renamed(world):
    search = save(world.amina)
    save(world.amina, "pumps", "pump")
    saving.rename(world.amina, search, "pens")
    saving.rename(world.amina, search, " all  pens ")
    assert search.name == "all pens"
    with pytest.raises(Invalid):
        saving.rename(world.amina, search, "pumps")


def test_removed_it_leaves_what_it_found(world):
    search = save(world.amina)
    told = Notification(
        person_id=world.amina.id,
        activity_id=1,
        verb="asked",
        question_id=world.pump.id,
        post_id=world.pump.id,
        search_id=search.id,
        is_mine=False,
    )
    db.session.add(told)
    db.session.commit()
    saving.remove(world.amina, search)
    db.session.commit()
    assert db.session.query(SavedSearch).count() == 0
    assert db.session.query(Subscription).filter_by(kind="search").count() == 0
    assert db.session.get(Notification, told.id, populate_existing=True).search_id is None


def test_somebody_elses_is_not_there(world):
    search = save(world.amina)
    with pytest.raises(Missing):
        saving.search_of(world.jonas.id, search.id)
    with pytest.raises(Missing):
        watching.watch(world.jonas.id, Watched.SEARCH, search.id, Level.ALL)


def test_filters_become_the_fields_beside_the_search_box(world):
    filters = 'tag:"insulin" author:"ruth" department:"ward-7b" is:unanswered since:"2026-01-02"'
    assert saving.chosen_in(filters) == {
        "tag": "insulin",
        "author": "ruth",
        "department": "ward-7b",
        "state": "unanswered",
        "since": "2026-01-02",
    }
    assert saving.chosen_in("is:accepted") == {"state": "accepted"}
    assert saving.chosen_in("") == {}
