"""The history of a post, as a browser meets it."""

import pytest

from board.posts import editing


@pytest.fixture
def edited(world):
    editing.edit(world.jonas, world.insulin_answer, 1, body="Six weeks.", summary="new leaflet")


def test_a_post_never_edited_says_so(signed_in):
    assert "Never edited" in signed_in("amina").get("/posts/2/revisions").text


def test_the_difference_is_shown_word_by_word(signed_in, edited):
    page = signed_in("amina").get("/posts/2/revisions").text
    assert "<del>" in page
    assert "<ins>" in page
    assert "new leaflet" in page
    assert page.index("Revision 2") < page.index("Revision 1")


def test_only_who_may_edit_can_go_back(signed_in, edited):
    assert "Go back to this" not in signed_in("amina").get("/posts/2/revisions").text
    assert signed_in("amina").send("/posts/2/revisions/1/rollback").status_code == 403


def test_going_back(signed_in, edited, world):
    jonas = signed_in("jonas")
    assert "Go back to this" in jonas.get("/posts/2/revisions").text
    reply = jonas.send("/posts/2/revisions/1/rollback")
    assert "Rolled back to revision 1." in jonas.get(reply.location).text
    assert world.insulin_answer.body_md.startswith("Four weeks")


def test_a_long_history_comes_in_pages(signed_in, world):
    for number in range(1, 15):
        editing.edit(world.jonas, world.insulin_answer, number, body=f"Version {number}.")
    amina = signed_in("amina")
    page = amina.get("/posts/2/revisions").text
    assert "before=6" in page
    assert 'id="revision-6"' in page
    assert 'id="revision-5"' not in page
    assert 'id="revision-5"' in amina.get("/posts/2/revisions?before=6").text


@pytest.mark.parametrize("before", ["0", "1", "99", "-4"])
def test_a_page_of_history_that_is_not_there(signed_in, edited, before):
    assert signed_in("amina").get(f"/posts/2/revisions?before={before}").status_code == 404


@pytest.mark.parametrize("number", [0, 7, 99999999999])
def test_a_revision_that_is_not_there(signed_in, edited, number):
    assert signed_in("jonas").send(f"/posts/2/revisions/{number}/rollback").status_code == 404


def test_any_two_revisions_are_compared(signed_in):
    jonas = signed_in("jonas")
    for number, body in enumerate(("Five weeks.", "Six weeks.", "Seven weeks, dark."), start=1):
        jonas.send("/posts/2/edit", body=body, base_revision=number)
    assert 'name="from"' in jonas.get("/posts/2/revisions").text
    page = jonas.get("/posts/2/revisions/compare?from=2&to=4").text
    assert "Five" in page
    assert "Seven" in page
    assert "Six" not in page
    assert "They are the same." in jonas.get("/posts/2/revisions/compare?from=3&to=3").text
    assert jonas.get("/posts/2/revisions/compare?from=3&to=9").status_code == 404
    assert jonas.get("/posts/1/revisions/compare").status_code == 404
