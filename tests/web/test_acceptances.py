"""Accepting, as a browser meets it."""

import pytest

from board.core.database import db
from board.posts import accepting, answering


def accepted(world):
    db.session.expire_all()
    return world.insulin.accepted_id


def test_the_asker_accepts_and_withdraws(amina, world):
    assert amina.send("/answers/2/acceptance").status_code == 303
    assert accepted(world) == 2
    assert amina.send("/answers/2/acceptance/withdrawal").status_code == 303
    assert accepted(world) is None


def test_htmx_gets_the_thread(amina):
    page = amina.send("/answers/2/acceptance", part="accept-2")
    assert "accepted by Amina Yusuf" in page.text
    assert "Withdraw acceptance" in page.text


def test_an_acceptance_is_moved(amina, world):
    amina.send("/answers/2/acceptance")
    other = answering.answer(world.priya, world.insulin, "Ask pharmacy.")
    amina.send(f"/answers/{other.id}/acceptance", reason="Better.")
    assert accepted(world) == other.id


def test_others_have_no_button_and_are_refused(signed_in):
    priya = signed_in("priya")
    assert "/acceptance" not in priya.get("/questions/1", follow_redirects=True).text
    assert priya.send("/answers/2/acceptance").status_code == 403


def test_what_a_moderator_accepted_has_no_button_for_the_asker(amina, world):
    accepting.accept(world.ruth, world.insulin_answer)
    page = amina.get("/questions/1", follow_redirects=True).text
    assert "/acceptance" not in page
    assert "Ruth Okafor (moderator)" in page


def test_a_moderator_is_asked_for_a_reason(signed_in, world):
    accepting.accept(world.amina, world.insulin_answer)
    ruth = signed_in("ruth")
    assert "Why?" in ruth.get("/answers/2/acceptance/withdrawal").text
    page = ruth.send("/answers/2/acceptance/withdrawal", reason="")
    assert page.status_code == 422
    assert "Say in a few words why" in page.text
    assert ruth.send("/answers/2/acceptance/withdrawal", reason="Old.").status_code == 303


@pytest.mark.parametrize("id", [1, 3, 99])
def test_only_answers_are_accepted(amina, id):
    assert amina.send(f"/answers/{id}/acceptance").status_code == 404
