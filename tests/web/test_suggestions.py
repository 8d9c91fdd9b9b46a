"""Suggested edits, as a browser meets them."""

import pytest
import settled
from sqlalchemy import select

from board.core.database import db
from board.moderation import suggesting
from board.posts import editing
from board.privacy.models import Held


@pytest.fixture
def suggestion(world):
    made = suggesting.suggest(world.priya, world.insulin_answer, 1, body="Six weeks.")
    db.session.commit()
    return made


def test_whoever_may_not_edit_is_led_to_the_form(signed_in):
    reply = signed_in("priya").get("/posts/2/edit")
    assert reply.location.endswith("/posts/2/suggestions/new")


def test_suggesting_works(signed_in, world):
    priya = signed_in("priya")
    assert "Suggest an edit" in priya.get("/posts/2/suggestions/new").text
    reply = priya.send("/posts/2/suggestions", body="Six weeks.", base_revision=1)
    assert reply.status_code == 303
    page = signed_in("jonas").get("/posts/2/suggestions").text
    assert "<ins>" in page
    assert ">Accept<" in page
    assert ">Accept<" not in signed_in("amina").get("/posts/2/suggestions").text
    assert "suggests an edit" in signed_in("jonas").get("/inbox").text


def test_a_mistake_keeps_what_was_typed(signed_in):
    page = signed_in("priya").send(
        "/posts/1/suggestions", title="", body="kept text", base_revision=1, summary="kept why"
    )
    assert page.status_code == 422
    assert "kept text</textarea>" in page.text
    assert 'value="kept why"' in page.text


def test_accepted(signed_in, suggestion):
    jonas = signed_in("jonas")
    reply = jonas.send("/suggestions/1/acceptance")
    assert "Six weeks." in jonas.get(reply.location).text
    assert "Priya Nair" in jonas.get("/posts/2/revisions").text


def test_accepted_with_changes(signed_in, suggestion, world):
    jonas = signed_in("jonas")
    page = jonas.get("/posts/2/edit?suggestion=1").text
    assert "Six weeks.</textarea>" in page
    jonas.send("/posts/2/edit", body="Six weeks, dark.", base_revision=1, suggestion=1)
    assert "Accepted with changes" in jonas.get("/posts/2/suggestions").text
    assert "took over the edit" in signed_in("priya").get("/inbox").text


def test_declined_with_words_only(signed_in, suggestion):
    jonas = signed_in("jonas")
    page = jonas.send("/suggestions/1/refusal", words="")
    assert page.status_code == 422
    assert "Say in a few words why not" in page.text
    jonas.send("/suggestions/1/refusal", words="The leaflet says four.")
    assert "The leaflet says four." in signed_in("priya").get("/posts/2/suggestions").text


def test_what_may_identify_a_patient_is_not_told(signed_in, suggestion):
    page = signed_in("jonas").send("/suggestions/1/refusal", words="NHS number 999 012 3454.")
    assert page.status_code == 422
    assert "an NHS number" in page.text


def test_nor_suggested(signed_in):
    text = "NHS number 999 012 3454."
    page = signed_in("priya").send("/posts/2/suggestions", body=text, base_revision=1)
    assert page.status_code == 422
    assert "Looks like an NHS number" in page.text
    assert f"{text}</textarea>" in page.text


def test_what_was_edited_meanwhile_is_brought_together(signed_in, suggestion, world):
    editing.edit(world.jonas, world.insulin_answer, 1, body="Five weeks.")
    db.session.commit()
    jonas = signed_in("jonas")
    page = jonas.get("/posts/2/suggestions").text
    assert "was edited since" in page
    assert ">Accept<" not in page
    assert jonas.send("/suggestions/1/acceptance").status_code == 409


def test_withdrawn_by_its_suggester(signed_in, suggestion):
    assert signed_in("amina").send("/suggestions/1/withdrawal").status_code == 403
    assert signed_in("priya").send("/suggestions/1/withdrawal").status_code == 303


def test_strangers_are_asked_to_sign_in(stranger, suggestion):
    assert stranger.get("/posts/2/suggestions").status_code == 303
    assert stranger.send("/suggestions/1/acceptance").status_code == 303


def test_one_that_contains_patient_information_is_hidden_until_a_reviewer_has_looked(
    signed_in, suggestion, world
):
    settled.let_review(world.tomasz)
    amina, jonas, tomasz = signed_in("amina"), signed_in("jonas"), signed_in("tomasz")
    assert "Yes, hide it now" in amina.get("/posts/2/suggestions").text
    assert amina.send("/suggestions/1/patient-information").status_code == 303
    for name in ("amina", "jonas", "ruth", "tomasz"):
        assert "Six weeks" not in signed_in(name).get("/posts/2/suggestions").text
    assert "Six weeks" not in signed_in("ruth").get("/queue?show=all").text
    assert jonas.send("/suggestions/1/acceptance").status_code == 409
    assert amina.send("/suggestions/1/patient-information").status_code == 404
    assert "an edit you suggested may hold" in signed_in("priya").get("/inbox").text
    held = db.session.scalar(select(Held))
    assert held.author_id == world.priya.id
    assert "Six weeks" in tomasz.get(f"/privacy/held/{held.id}").text
    assert tomasz.send(f"/privacy/held/{held.id}/release").status_code == 303
    assert "weeks" in jonas.get("/posts/2/suggestions").text
