"""The queue, with and without JavaScript."""

from datetime import timedelta

import pytest

from board.core.clock import held_at, now
from board.core.database import db
from board.moderation import flagging, queueing, suggesting
from board.posts import asking


@pytest.fixture
def flagged(world):
    world.gloves_answer.author_id = world.lena.id  # no moderator's own
    flagging.flag(world.amina, world.insulin_answer, "wrong", "Six weeks now.")
    flagging.flag(world.priya, world.gloves_answer, "unsafe", "One pair?")
    db.session.commit()


def test_an_item_shows_enough_to_decide(ruth, flagged):
    page = ruth.get("/queue").text
    for words in ("One pair?", "Two pairs, as the policy says.", "Which gloves for cytotoxic"):
        assert words in page
    assert page.count('name="decision"') == 3
    assert 'data-key="r"' in page


def test_after_a_decision_the_next_comes_by_itself(ruth, flagged):
    reply = ruth.send("/queue/unsafe/6", decision="remove", words="It was one pair.")
    assert reply.status_code == 303
    page = ruth.get(reply.location).text
    assert "Done: removed." in page
    assert "Six weeks now." in page


def test_or_as_a_part(ruth, flagged):
    page = ruth.send("/queue/unsafe/6", part="queue", decision="remove").text
    assert "<html" not in page
    assert "Six weeks now." in page


def test_the_second_of_two_hears_of_it_and_gets_the_next(ruth, signed_in, flagged):
    tomasz = signed_in("tomasz")
    tomasz.send("/queue/unsafe/6", decision="remove")
    page = ruth.send("/queue/unsafe/6", decision="dismiss")
    assert page.status_code == 409
    assert "Tomasz Zielinski has decided this already: removed" in page.text
    assert "Six weeks now." in page.text


def test_a_claimed_item_goes_to_one_moderator(ruth, signed_in, flagged):
    assert "One pair?" in ruth.get("/queue").text
    assert "One pair?" not in signed_in("tomasz").get("/queue").text
    assert "One pair?" in ruth.get("/queue").text


def test_enter_alone_decides_nothing(ruth, flagged):
    page = ruth.send("/queue/unsafe/6", words="kept words")
    assert page.status_code == 422
    assert "Press one of the buttons" in page.text
    assert 'value="kept words"' in page.text


PATIENT = "NHS number 999 012 3454 again."


def test_what_may_identify_a_patient_is_not_told(ruth, flagged):
    page = ruth.send("/queue/unsafe/6", decision="dismiss", words=PATIENT)
    assert page.status_code == 422
    assert "Looks like an NHS number" in page.text
    assert PATIENT in page.text


def test_undo(ruth, flagged, world):
    ruth.send("/queue/unsafe/6", decision="remove")
    assert "Undo my last decision" in ruth.get("/queue").text
    page = ruth.get(ruth.send("/queue/undo").location).text
    assert "One pair?" in page
    db.session.expire_all()
    assert world.gloves_answer.is_visible


def test_later(ruth, flagged):
    page = ruth.get(ruth.send("/queue/unsafe/6/later").location).text
    assert "You see it again tomorrow." in page
    assert "One pair?" not in page


def test_done_for_today_with_a_way_on(ruth, world):
    with held_at(now() - timedelta(days=2)):
        asking.ask(world.amina, "Where is the spare hoist?", "")
        db.session.commit()
    page = ruth.get("/queue").text
    assert "Done for today" in page
    assert "Go on with what is not urgent" in page
    page = ruth.get("/queue?show=all").text
    assert "Where is the spare hoist?" in page
    reply = ruth.send("/queue/unanswered/7", decision="leave", show="all")
    assert "Nothing waits" in ruth.get(reply.location).text


def test_the_introduction_is_read_once(ruth):
    assert "How the queue works" in ruth.get("/queue").text
    ruth.send("/queue/habits", introduced="1")
    assert "How the queue works" not in ruth.get("/queue").text


def test_single_keys_can_be_switched_off(ruth, flagged):
    assert 'data-keys="on"' in ruth.get("/queue").text
    ruth.send("/queue/habits", keys="0")
    assert 'data-keys="off"' in ruth.get("/queue").text
    ruth.send("/queue/habits", introduced="1")
    assert 'data-keys="off"' in ruth.get("/queue").text


def test_the_header_counts_for_moderators_only(ruth, signed_in, flagged):
    assert 'id="queue-link"' in ruth.get("/questions").text
    assert "2<span" in ruth.get("/questions").text
    assert "queue-link" not in signed_in("amina").get("/questions").text


def test_a_suggestion_is_shown_word_by_word(ruth, world):
    suggesting.suggest(world.priya, world.insulin_answer, 1, body="Six weeks. Check the leaflet.")
    db.session.commit()
    page = ruth.get("/queue").text
    assert "<del>" in page
    assert "Six" in page


def test_looking_changes_nothing_else(ruth, flagged, world):
    before = queueing.waiting(world.ruth)
    ruth.get("/queue")
    db.session.expire_all()
    assert queueing.waiting(world.ruth) == before


def test_it_is_for_moderators(signed_in, stranger):
    assert signed_in("amina").get("/queue").status_code == 403
    assert stranger.get("/queue").status_code == 303


def test_the_week_on_one_page(ruth, flagged, signed_in):
    ruth.send("/queue/unsafe/6", decision="uphold")
    page = ruth.get("/queue/week").text
    assert "<dt>Flags</dt><dd>2</dd>" in page
    assert "<dt>Flags a moderator agreed with</dt><dd>1</dd>" in page
    assert "Ruth Okafor</bdi>: 1" in page
    assert signed_in("amina").get("/queue/week").status_code == 403
