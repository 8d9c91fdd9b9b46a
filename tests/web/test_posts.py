"""Editing, removing and permanent addresses, as a browser meets them."""

import pytest

from board.core.database import db
from board.posts import editing


@pytest.fixture
def jonas(signed_in):
    return signed_in("jonas")


@pytest.mark.parametrize(("id", "anchor"), [(1, ""), (2, "#post-2"), (3, "#post-3")])
def test_every_post_has_a_permanent_address(jonas, id, anchor):
    reply = jonas.get(f"/posts/{id}")
    expected = "/questions/1/how-long-does-a-started-insulin-pen-keep" + (anchor or "#post-1")
    assert reply.location.endswith(expected) or reply.location.endswith(expected.split("#")[0])


@pytest.mark.parametrize("id", [1, 2, 3])
def test_the_edit_form_works(signed_in, id):
    page = signed_in("ruth").get(f"/posts/{id}/edit")
    assert page.status_code == 200
    assert 'name="base_revision" value="1"' in page.text


def test_an_answer_is_edited(jonas):
    reply = jonas.send("/posts/2/edit", body="Four weeks.", base_revision=1, summary="short")
    assert reply.status_code == 303
    page = jonas.get(reply.location)
    assert "Four weeks." in page.text
    assert "edited" in page.text


def test_a_question_is_edited(signed_in):
    amina = signed_in("amina")
    amina.send("/posts/1/edit", title="How long?", body="", tags="pens", base_revision=1)
    page = amina.get("/questions/1", follow_redirects=True)
    assert page.request.path == "/questions/1/how-long"
    assert "/tags/pens" in page.text


def test_a_bad_edit_is_shown_again(signed_in):
    page = signed_in("amina").send(
        "/posts/1/edit", title="", body="kept text", base_revision=1, summary="kept summary"
    )
    assert page.status_code == 422
    assert "kept text</textarea>" in page.text
    assert 'value="kept summary"' in page.text


def test_the_second_editor_sees_both_and_merges(jonas, world):
    editing.edit(world.ruth, world.insulin_answer, 1, body="Four weeks, says the leaflet.")
    page = jonas.send("/posts/2/edit", body="Four weeks, in the dark.", base_revision=1)
    assert page.status_code == 409
    assert "Somebody changed this while you were writing" in page.text
    assert "Four weeks, says the leaflet." in page.text
    assert "Four weeks, in the dark.</textarea>" in page.text
    assert 'name="base_revision" value="2"' in page.text
    reply = jonas.send("/posts/2/edit", body="Four weeks in the dark.", base_revision=2)
    assert reply.status_code == 303
    db.session.expire_all()
    assert world.insulin_answer.body_md == "Four weeks in the dark."


@pytest.mark.parametrize("base", ["", "x", "-1", "9" * 30])
def test_an_edit_without_its_base_overwrites_nothing(jonas, base):
    assert jonas.send("/posts/2/edit", body="x", base_revision=base).status_code == 409


def test_others_do_not_edit(signed_in):
    priya = signed_in("priya")
    assert priya.get("/posts/2/edit").location.endswith("/posts/2/suggestions/new")
    assert priya.send("/posts/2/edit", body="x", base_revision=1).status_code == 403
    assert "/posts/2/edit" not in priya.get("/questions/1", follow_redirects=True).text


def test_removing_asks_first(jonas):
    page = jonas.get("/posts/2/hiding")
    assert "Remove this answer?" in page.text
    reply = jonas.send("/posts/2/hiding")
    assert reply.status_code == 303
    page = jonas.get(reply.location)
    assert "Removed. You can bring it back from its page." in page.text
    assert "Bring back" in page.text


def test_what_is_removed_is_out_of_others_sight(jonas, signed_in):
    jonas.send("/posts/2/hiding")
    page = signed_in("amina").get("/questions/1", follow_redirects=True)
    assert "Four weeks" not in page.text
    assert "No answer yet" in page.text


def test_and_can_be_brought_back(jonas, signed_in):
    jonas.send("/posts/2/hiding")
    assert jonas.send("/posts/2/hiding/end").status_code == 303
    page = signed_in("amina").get("/questions/1", follow_redirects=True)
    assert "Four weeks" in page.text


def test_a_moderator_has_to_say_why(signed_in):
    ruth = signed_in("ruth")
    assert ruth.send("/posts/2/hiding").status_code == 422
    assert ruth.send("/posts/2/hiding", reason="wrong").status_code == 303


def test_what_somebody_elses_is_cannot_be_seen_once_removed(jonas, signed_in):
    jonas.send("/posts/2/hiding")
    amina = signed_in("amina")
    for address in ("/posts/2", "/posts/2/revisions", "/posts/2/edit", "/posts/2/comments/new"):
        assert amina.get(address).status_code in (403, 410)
    assert amina.send("/posts/2/vote", vote=1).status_code == 410


def test_a_comment_can_be_removed_and_brought_back(signed_in):
    priya = signed_in("priya")
    priya.send("/posts/3/hiding")
    page = priya.get("/questions/1", follow_redirects=True).text
    assert "/posts/3/hiding/end" in page
    priya.send("/posts/3/hiding/end")
    assert "/posts/3/hiding/end" not in priya.get("/questions/1", follow_redirects=True).text
