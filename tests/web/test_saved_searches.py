"""Saved searches in the browser: saved from the results, listed, run, renamed, removed."""

import pytest
from sqlalchemy import select

from board.core import working
from board.core.database import db
from board.inbox import saving
from board.inbox.models import SavedSearch
from board.posts import asking

FORM = {"name": "insulin pumps", "query": "insulin pump", "filters": "", "level": "all"}


def saved():
    db.session.rollback()
    return list(db.session.scalars(select(SavedSearch).order_by(SavedSearch.id)))


def test_the_results_offer_it(jonas, stranger, configure):
    page = jonas.get("/search?q=insulin+pen&tag=insulin&state=answered")
    address = "/watching/searches/new?q=insulin+pen&amp;filters=tag:%22insulin%22+is:answered"
    assert address in page.text
    assert "Save this search" not in jonas.get("/search").text
    configure(public_reading=True)
    assert "Save this search" not in stranger.get("/search?q=insulin").text


def test_what_was_misspelled_is_saved_as_it_was_searched(jonas):
    assert "new?q=cytotoxic+gloves" in jonas.get("/search?q=cytotoxyc+gloves").text


def test_the_form_is_filled(jonas):
    page = jonas.get("/watching/searches/new?q=insulin+pen&filters=tag:insulin").text
    for value in ('name="name"', 'value="insulin pen"', 'value="tag:insulin"'):
        assert value in page


def test_it_is_saved_and_listed(jonas):
    reply = jonas.send("/watching/searches", **FORM)
    assert (reply.status_code, reply.location) == (303, "/watching")
    assert [each.name for each in saved()] == ["insulin pumps"]
    page = jonas.get("/watching").text
    assert "insulin pumps" in page
    assert "/watching/searches/1/edit" in page


def test_the_same_press_twice_saves_one(jonas):
    for _ in range(2):
        assert jonas.send("/watching/searches", **FORM, submission_key="k").status_code == 303
    assert len(saved()) == 1


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "Give it a name"),
        ({"query": "", "filters": ""}, "nothing to search for"),
        ({"level": "loud"}, "Choose everything"),
    ],
)
def test_a_mistake_keeps_what_was_typed(jonas, fields, message):
    page = jonas.send("/watching/searches", **FORM | {"filters": "tag:pumps"} | fields)
    assert page.status_code == 422
    assert message in page.text
    kept = FORM | {"filters": "tag:pumps"} | fields
    assert f'value="{kept["filters"]}"' in page.text
    assert saved() == []


def test_it_runs(jonas):
    jonas.send("/watching/searches", **FORM | {"filters": 'tag:"pumps" is:unanswered'})
    reply = jonas.get("/watching/searches/1")
    assert reply.status_code == 302
    for part in ("q=insulin+pump", "tag=pumps", "state=unanswered", "sort=newest", "exactly=1"):
        assert part in reply.location
    assert jonas.get(reply.location).status_code == 200


def test_how_much_is_heard_is_chosen_in_the_list(jonas):
    jonas.send("/watching/searches", **FORM)
    fields = {"kind": "search", "target": "1", "level": "answers", "from": "list"}
    assert jonas.send("/watching", **fields).location == "/watching"
    assert '<option value="answers" selected>' in jonas.get("/watching").text


def test_it_is_renamed_and_removed(jonas):
    jonas.send("/watching/searches", **FORM)
    assert 'value="insulin pumps"' in jonas.get("/watching/searches/1/edit").text
    assert jonas.send("/watching/searches/1/name", name="pumps").location == "/watching"
    assert saved()[0].name == "pumps"
    assert jonas.send("/watching/searches/1/name", name=" ").status_code == 422
    assert jonas.send("/watching/searches/1/removal").location == "/watching"
    assert saved() == []


def test_nobody_touches_somebody_elses(jonas, signed_in):
    jonas.send("/watching/searches", **FORM)
    amina = signed_in("amina")
    assert amina.get("/watching/searches/1").status_code == 404
    assert amina.send("/watching/searches/1/name", name="x").status_code == 404
    assert amina.send("/watching/searches/1/removal").status_code == 404
    fields = {"kind": "search", "target": "1", "level": "nothing", "from": "list"}
    assert amina.send("/watching", **fields).status_code == 404
    assert [each.name for each in saved()] == ["insulin pumps"]


def test_one_that_became_invalid_says_so(jonas, world):
    saving.save(world.jonas, "rare", "insulin", "tag:rare", "all")
    asking.ask(world.amina, "Is the insulin pump new?")
    db.session.commit()
    working.work("a worker")
    page = jonas.get("/watching").text
    assert "This search finds nothing any more." in page
    assert "There is no tag called “rare”." in page


def test_the_inbox_says_why(jonas, world):
    jonas.send("/watching/searches", **FORM)
    for number in range(3):
        asking.ask(world.amina, f"Where is insulin pump {number}?")
    db.session.commit()
    working.work("a worker")
    db.session.rollback()
    page = jonas.get("/inbox").text
    assert "3 new questions for your search “insulin pumps”" in page
    assert "/watching/searches/1" in page
    reply = jonas.send("/inbox/1", part="list", about="search", what="done")
    assert "insulin pumps" not in reply.text


def test_one_found_leads_to_its_question(jonas, world):
    jonas.send("/watching/searches", **FORM)
    question = asking.ask(world.amina, "Where is the insulin pump?")
    db.session.commit()
    working.work("a worker")
    db.session.rollback()
    page = jonas.get("/inbox").text
    assert "1 new question for your search" in page
    assert f"/questions/{question.id}/where-is-the-insulin-pump" in page
