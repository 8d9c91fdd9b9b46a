"""Signing in and out, as a browser meets them."""

from datetime import timedelta

import pytest
from clients import browser
from world import PASSWORD

from board.core import clock
from board.core.database import db
from board.signin.models import Session


def test_the_page_works(stranger):
    page = stranger.get("/sign-in")
    assert page.status_code == 200
    assert 'autocomplete="current-password"' in page.text
    assert "Make an account" not in page.text


def test_signing_in_leads_to_where_somebody_wanted_to_go(stranger):
    reply = stranger.get("/questions/4")
    assert reply.status_code == 303
    assert reply.location.endswith("/sign-in?next=/questions/4")
    reply = stranger.send("/sign-in", username="amina", password=PASSWORD, next="/questions/4")
    assert reply.location.endswith("/questions/4")
    assert stranger.get("/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "javascript:x",
        "",
    ],
)
def test_but_never_to_another_site(stranger, address):
    reply = stranger.send("/sign-in", username="amina", password=PASSWORD, next=address)
    assert reply.location.endswith("/questions")


def test_a_wrong_password_keeps_the_name(stranger):
    page = stranger.send("/sign-in", username="amina", password="wrong", next="/tags")
    assert page.status_code == 422
    assert "do not belong together" in page.text
    assert 'value="amina"' in page.text
    assert 'name="next" value="/tags"' in page.text
    assert 'value="wrong"' not in page.text


def test_too_many_failures_are_told_at_once_with_the_seconds_to_wait(stranger, configure):
    configure(ratelimit_enabled=True)
    for _ in range(3):
        stranger.send("/sign-in", username="amina", password="wrong")
    page = stranger.send("/sign-in", username="amina", password=PASSWORD)
    assert page.status_code == 429
    assert page.headers["Retry-After"] == "5"
    assert "Try again in 5 seconds" in page.text


def test_the_session_before_is_not_carried_over(stranger, world):
    """Session fixation: whatever somebody planted in the cookie is gone after signing in."""
    with stranger.session_transaction() as cookie:
        cookie["planted"] = "yes"
        cookie["_user_id"] = "chosen by somebody else"
        planted = cookie.setdefault("csrf_token", "planted")
    stranger.send("/sign-in", username="amina", password=PASSWORD)
    with stranger.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie["_user_id"] != "chosen by somebody else"
        assert cookie.get("csrf_token") != planted


def test_signing_in_again_ends_the_session_before(stranger, world):
    stranger.send("/sign-in", username="amina", password=PASSWORD)
    stranger.send("/sign-in", username="jonas", password=PASSWORD)
    amina, jonas = db.session.query(Session).order_by(Session.id)
    assert amina.ended_at is not None
    assert jonas.ended_at is None


def test_signing_out_ends_a_copied_cookie_too(app, signed_in):
    amina = signed_in("amina")
    with amina.session_transaction() as cookie:
        token = cookie["_user_id"]
    copy = browser(app)
    with copy.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert copy.get("/").status_code == 200
    reply = amina.send("/sign-out")
    assert reply.location.endswith("/sign-in")
    assert reply.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert copy.get("/").status_code == 303
    assert amina.get("/").status_code == 303


def test_signing_out_is_a_form_not_a_link(signed_in):
    amina = signed_in("amina")
    assert amina.get("/sign-out").status_code == 405
    assert amina.get("/").status_code == 200


def test_somebody_signed_in_is_led_past_the_page(signed_in):
    assert signed_in("amina").get("/sign-in?next=/tags").location.endswith("/tags")


def test_a_forgotten_password_shows_the_sites_text(stranger, configure):
    configure(forgotten_password_text="Ring 4321.")
    assert "Ring 4321." in stranger.get("/forgotten-password").text


def test_the_cookie_over_http_and_https(app, stranger):
    plain = stranger.get("/sign-in").headers["Set-Cookie"]
    assert plain.startswith("board=")
    assert "Secure" not in plain
    secure = browser(app).get("/sign-in", base_url="https://localhost").headers["Set-Cookie"]
    assert secure.startswith("__Host-board=")
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in secure
    assert "Domain" not in secure


def test_the_cookie_holds_only_a_token(signed_in):
    amina = signed_in("amina")
    amina.get("/")
    with amina.session_transaction() as cookie:
        assert set(cookie) <= {"_user_id", "csrf_token"}
        assert cookie["_user_id"] != "1"


def expire(world):
    """As if the person had gone home."""
    for session in db.session.query(Session):
        session.created_at = clock.now() - timedelta(hours=13)
    db.session.commit()


@pytest.mark.parametrize(
    ("address", "page", "field"),
    [
        ("/questions", "/questions/new", "body"),
        ("/questions/4/answers", "/questions/4/why-does-the-pump-alarm-say-occlusion", "body"),
        ("/posts/2/comments", "/posts/2/comments/new", "body"),
        ("/posts/1/edit", "/posts/1/edit", "summary"),
    ],
)
def test_a_session_that_ended_in_mid_writing_loses_nothing(signed_in, world, address, page, field):
    amina = signed_in("amina")
    expire(world)
    fields = {"title": "T", "body": "B", "base_revision": 1, field: "Precious words"}
    reply = amina.send(address, **fields)
    assert reply.status_code == 303
    assert "/sign-in?next=" in reply.location
    amina.send("/sign-in", username="amina", password=PASSWORD)
    assert "Precious words" in amina.get(page).text


def test_and_nobody_else_gets_to_see_it(signed_in, world):
    amina = signed_in("amina")
    expire(world)
    amina.send("/questions", title="Precious words")
    amina.send("/sign-in", username="jonas", password=PASSWORD)
    assert "Precious" not in amina.get("/questions/new").text
    assert "Precious" not in amina.get("/drafts").text


def test_htmx_is_led_to_the_sign_in_page_and_the_text_is_kept(signed_in, world):
    amina = signed_in("amina")
    expire(world)
    reply = amina.send("/questions/4/answers", part="answer", body="Precious words")
    assert reply.status_code == 401
    assert reply.headers["HX-Redirect"].startswith("/sign-in?next=")
    amina.send("/sign-in", username="amina", password=PASSWORD)
    assert "Precious words" in amina.get("/questions/4", follow_redirects=True).text


def test_a_save_while_typing_is_kept_too_and_leads_nobody_away(signed_in, world):
    amina = signed_in("amina")
    expire(world)
    reply = amina.send(
        "/drafts/answer-4", part="draft", body="Precious words", window="w", sequence="0"
    )
    assert reply.status_code == 401
    assert "HX-Redirect" not in reply.headers
    assert "You have been signed out. Your text is kept for you." in reply.text
    amina.send("/sign-in", username="amina", password=PASSWORD)
    assert "Precious words" in amina.get("/questions/4", follow_redirects=True).text


def test_a_poll_leads_nobody_away(signed_in, world):
    amina = signed_in("amina")
    expire(world)
    reply = amina.part("/questions/1/changes?since=1", "changes")
    assert (reply.status_code, reply.text) == (401, "")
    assert "HX-Redirect" not in reply.headers


def test_a_poll_keeps_nobody_signed_in(signed_in, world):
    amina = signed_in("amina")
    long_ago = clock.now() - timedelta(minutes=9)
    session = db.session.query(Session).one()
    session.last_active = long_ago
    amina.part("/questions/1/changes?since=1", "changes")
    db.session.expire_all()
    assert db.session.query(Session).one().last_active == long_ago
    amina.get("/tags")
    db.session.expire_all()
    assert db.session.query(Session).one().last_active > long_ago
