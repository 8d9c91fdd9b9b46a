"""Closing, reopening, locking and unlocking, as a browser meets them."""

import pytest

from board.core.database import db
from board.posts import closing, locking

PUMP = "/questions/4/why-does-the-pump-alarm-say-occlusion"


def test_the_form_offers_the_reasons(ruth):
    page = ruth.get("/questions/4/closure")
    assert page.status_code == 200
    for words in ("It was asked before", "It is not for this board", "A policy or guideline"):
        assert words in page.text


def test_closed_it_says_so_on_its_page_and_in_lists(ruth, signed_in):
    reply = ruth.send("/questions/4/closure", reason="policy", note="Pump policy, page 4.")
    assert reply.status_code == 303
    page = signed_in("priya").get(PUMP).text
    assert "A policy or guideline answers it" in page
    assert "Pump policy, page 4." in page
    assert "Post answer" not in page
    assert ">Reopen<" not in page
    for address in ("/questions", "/search?q=pump+occlusion"):
        assert ">Closed<" in ruth.get(address).text


@pytest.mark.parametrize(
    "original", ["1", "#1", "/questions/1", "http://board/questions/1/how-long?x=1#post-2"]
)
def test_a_duplicate_is_named_by_number_or_address(ruth, original):
    ruth.send("/questions/4/closure", reason="duplicate", original=original)
    page = ruth.get(PUMP).text
    assert "Asked before" in page
    assert "/questions/1/how-long-does-a-started-insulin-pen-keep" in page


def test_without_an_original_the_form_comes_back_with_what_was_typed(ruth):
    page = ruth.send("/questions/4/closure", reason="duplicate", note="kept words")
    assert page.status_code == 422
    assert "Which question was it?" in page.text
    assert 'value="kept words"' in page.text


def test_a_late_answer_is_kept(ruth, signed_in, world):
    closing.close(world.ruth, world.pump, "elsewhere")
    db.session.commit()
    page = signed_in("jonas").send("/questions/4/answers", body="A kinked line, mostly.")
    assert page.status_code == 403
    assert "closed" in page.text
    assert "A kinked line, mostly." in page.text


def test_reopened_it_takes_answers_again(ruth, world):
    closing.close(world.ruth, world.pump, "elsewhere")
    db.session.commit()
    assert ">Reopen<" in ruth.get(PUMP).text
    assert ruth.send("/questions/4/closure/end").status_code == 303
    assert "Post answer" in ruth.get(PUMP).text


def test_locked_and_unlocked(ruth, signed_in):
    assert ruth.get("/questions/4/lock").status_code == 200
    ruth.send("/questions/4/lock", note="The pharmacy decides.")
    priya = signed_in("priya")
    page = priya.get(PUMP).text
    assert "The pharmacy decides." in page
    assert "Post answer" not in page
    assert "/comments/new" not in page
    assert priya.send("/posts/4/comments", body="kept comment").status_code == 403
    assert ">Locked<" in priya.get("/questions").text
    ruth.send("/questions/4/lock/end")
    assert "Post answer" in priya.get(PUMP).text


@pytest.mark.parametrize("noun", ["closure", "lock"])
def test_others_cannot(signed_in, stranger, noun, world):
    priya = signed_in("jonas")
    assert priya.get(f"/questions/4/{noun}").status_code == 403
    assert priya.send(f"/questions/4/{noun}", reason="policy", note="x").status_code == 403
    assert priya.send(f"/questions/4/{noun}/end").status_code in (303, 403)
    assert stranger.send(f"/questions/4/{noun}").status_code == 303
    assert (world.pump.closed_as, world.pump.locked_at) == (None, None)


def test_unlocking_is_for_moderators(signed_in, world):
    locking.lock(world.ruth, world.pump, "x")
    db.session.commit()
    assert signed_in("priya").send("/questions/4/lock/end").status_code == 403
