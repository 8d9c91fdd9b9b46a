"""Whom to call, instead of waiting for an answer."""

import html
import re

import pytest
from sqlalchemy import select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core.database import db
from board.posts.models import Question

URGENT = {"title": "What to do, he is not breathing?", "body": "First line\r\nSecond", "tags": "x"}


@pytest.fixture
def amina(signed_in, configure):
    configure(emergency_number="2222")
    return signed_in("amina")


def count():
    return db.session.query(Question).count()


def noted(verb):
    return db.session.scalars(select(Activity).filter_by(verb=verb)).all()


def test_the_ask_page_says_whom_to_call(amina):
    assert "Emergency? Call 2222." in amina.get("/questions/new").text


def test_no_number_is_shown_where_none_is_set_and_administrators_are_told(signed_in):
    page = signed_in("amina").get("/questions/new").text
    assert "Emergency? Use the phone." in page
    assert "emergency_number" not in page
    assert "2222" not in page
    assert "set emergency_number in board.toml" in signed_in("tomasz").get("/questions/new").text


def test_an_urgent_question_first_leads_to_the_warning_with_everything_in_it(amina):
    before = count()
    page = amina.send("/questions", submission_key="the key", **URGENT)
    assert page.status_code == 422
    assert "Call 2222. Do not wait for an answer here" in page.text
    assert "<strong>not breathing</strong>" in page.text
    carried = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    assert html.unescape(carried["body"]) == URGENT["body"]
    assert (carried["title"], carried["tags"]) == (URGENT["title"], "x")
    assert carried["submission_key"] == "the key"
    assert count() == before


def test_it_is_on_record_without_the_text_and_kept_as_a_draft(amina, world):
    amina.send("/questions", **URGENT)
    [row] = noted(Verb.EMERGENCY_WARNED)
    assert (row.actor_id, row.detail) == (world.amina.id, {"words": ["not breathing"]})
    assert "he is not breathing" in amina.get("/questions/new").text


def test_going_back_shows_the_form_as_it_was(amina):
    before = count()
    page = amina.send("/questions", emergency="back", **URGENT)
    assert page.status_code == 422
    assert "Nothing was posted. Your text is as you left it." in page.text
    assert f'value="{URGENT["title"]}"' in page.text
    assert count() == before


def test_it_can_be_posted_all_the_same_on_record(amina):
    before = count()
    reply = amina.send("/questions", emergency="anyway", **URGENT)
    assert reply.status_code == 303
    assert count() == before + 1
    [row] = noted(Verb.EMERGENCY_PASSED)
    assert row.subject_kind == "post"
    assert "Emergency? Call 2222." in amina.get(reply.location).text


def test_the_warning_comes_before_patients_details_and_is_not_repeated_after_them(amina):
    texts = URGENT | {"body": "NHS number 999 012 3454"}
    assert "Do not wait" in amina.send("/questions", **texts).text
    page = amina.send("/questions", emergency="anyway", **texts)
    assert "may identify a patient" in page.text
    assert 'name="emergency" value="anyway"' in page.text


def test_an_ordinary_question_meets_no_warning(amina):
    reply = amina.send("/questions", title="Which pump?")
    assert reply.status_code == 303
    assert "Emergency?" not in amina.get(reply.location).text
    assert noted(Verb.EMERGENCY_WARNED) == noted(Verb.EMERGENCY_PASSED) == []


def test_a_stranger_is_led_to_sign_in(stranger, world):
    assert "/sign-in" in stranger.send("/questions", **URGENT).location
    assert noted(Verb.EMERGENCY_WARNED) == []
