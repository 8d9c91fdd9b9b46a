"""A form from elsewhere changes nothing; a form from an ended session loses nothing."""

import pytest
from clients import browser

from board.core.database import db
from board.posts.models import Question


@pytest.mark.parametrize("token", ["", "x", "IjEi.aaaa.bbbb"])
def test_a_form_without_the_right_token_is_refused(signed_in, token):
    page = signed_in("amina").send("/questions", csrf_token=token, title="Precious words")
    assert page.status_code == 400
    assert "Precious words" in page.text
    assert db.session.query(Question).count() == 3


def test_the_token_of_somebody_else_is_refused(signed_in):
    amina, jonas = signed_in("amina"), signed_in("jonas")
    with jonas.session_transaction() as cookie:
        cookie["csrf_token"] = "another seed"
    page = amina.send("/questions", csrf_token=jonas.csrf_token(), title="x")
    assert page.status_code == 400


def test_a_lost_form_shows_no_secret(app):
    page = browser(app).post(
        "/sign-in", data={"username": "amina", "password": "typed password", "next": "/"}
    )
    assert page.status_code == 400
    assert "typed password" not in page.text


def test_over_https_a_form_from_another_site_is_refused(signed_in):
    amina = signed_in("amina")
    token = amina.csrf_token()
    reply = amina.post(
        "/posts/2/vote",
        data={"csrf_token": token, "vote": "1"},
        base_url="https://localhost",
        headers={"Referer": "https://elsewhere.example/"},
    )
    assert reply.status_code in (303, 400)
    assert "post-2" not in (reply.location or "")


def test_htmx_is_told_in_the_notice(signed_in):
    reply = signed_in("amina").send(
        "/questions/4/answers", part="answer", csrf_token="old", body="Precious words"
    )
    assert reply.status_code == 400
    assert reply.headers["HX-Retarget"] == "#notice"
