"""Calling a moderator, as a browser meets it."""

import pytest

from board.core.database import db
from board.moderation import flagging
from board.moderation.models import Outcome


@pytest.fixture
def priya(signed_in):
    return signed_in("priya")


def test_flagging_works(priya):
    assert "Unsafe: somebody could be harmed" in priya.get("/posts/2/flags/new").text
    reply = priya.send("/posts/2/flags", reason="unsafe", words="Six weeks?")
    assert reply.status_code == 303
    assert "you hear what came of it" in priya.get(reply.location).text
    assert "Waiting" in priya.get("/flags").text


def test_a_mistake_keeps_what_was_typed(priya):
    page = priya.send("/posts/2/flags", reason="", words="kept words")
    assert page.status_code == 422
    assert 'value="kept words"' in page.text


def test_the_same_press_twice_makes_one(priya):
    for _ in range(2):
        assert priya.send("/posts/2/flags", reason="rude", submission_key="k").status_code == 303
    assert priya.send("/posts/2/flags", reason="rude").status_code == 409


def test_who_flagged_is_for_moderators_only(priya, signed_in):
    priya.send("/posts/2/flags", reason="wrong", words="Priya said so.")
    for name in ("jonas", "amina"):
        browser = signed_in(name)
        assert "Priya said so." not in browser.get("/posts/2", follow_redirects=True).text
        assert "Priya said so." not in browser.get("/flags").text
    assert "Priya said so." in signed_in("ruth").get("/queue").text


def test_the_outcome_is_in_the_inbox_even_where_the_question_is_gone(priya, world):
    flagging.flag(world.priya, world.insulin, "spam")
    flagging.settle(world.ruth, 1, Outcome.UPHELD, "Well seen.")
    from board.posts import hiding

    hiding.hide(world.ruth, world.insulin, "spam")
    db.session.commit()
    page = priya.get("/inbox").text
    assert "a moderator agreed" in page
    assert 'href="/flags"' in page
    assert "Well seen." in priya.get("/flags").text
