"""Votes, as a browser meets them."""

import pytest

from board.core.database import db


def score(world):
    db.session.expire_all()
    return world.insulin_answer.score


def test_a_vote_is_given_and_taken_back(amina, world):
    reply = amina.send("/posts/2/vote", vote=1)
    assert reply.status_code == 303
    assert reply.location.endswith("#post-2")
    assert score(world) == 1
    amina.send("/posts/2/vote", vote=0)
    assert score(world) == 0


def test_the_same_request_twice_changes_nothing(amina, world):
    for _ in range(2):
        amina.send("/posts/2/vote", vote=1)
    assert score(world) == 1


def test_htmx_gets_the_button_with_the_other_state(amina):
    page = amina.send("/posts/2/vote", part="vote-2", vote=1)
    assert 'aria-pressed="true"' in page.text
    assert 'name="vote" value="0"' in page.text
    assert "<strong>1</strong>" in page.text


@pytest.mark.parametrize("vote", ["", "2", "-1", "one"])
def test_a_vote_is_one_or_none(amina, world, vote):
    assert amina.send("/posts/2/vote", vote=vote).status_code == 422
    assert score(world) == 0


def test_no_vote_for_oneself(signed_in):
    reply = signed_in("jonas").send("/posts/2/vote", vote=1)
    assert reply.status_code == 403
    assert "other people" in reply.text


def test_no_button_on_ones_own(signed_in):
    page = signed_in("jonas").get("/questions/1", follow_redirects=True).text
    assert "/posts/1/vote" in page
    assert "/posts/2/vote" not in page


def test_a_refusal_goes_to_the_notice_of_htmx(signed_in):
    reply = signed_in("jonas").send("/posts/2/vote", part="vote-2", vote=1)
    assert reply.status_code == 403
    assert reply.headers["HX-Retarget"] == "#notice"
