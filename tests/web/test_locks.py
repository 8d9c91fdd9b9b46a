"""The lock: what a left workstation answers, and to whom."""

from datetime import timedelta

import pytest
from clients import browser
from sqlalchemy import select
from world import PASSWORD

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core import clock
from board.core.database import db
from board.posts.models import Answer, Question
from board.signin.models import Session


@pytest.fixture
def left(signed_in, world):
    """Amina's browser, eleven minutes after she was called away."""
    amina = signed_in("amina")
    for session in db.session.query(Session):
        session.last_active = clock.now() - timedelta(minutes=11)
    db.session.commit()
    return amina


def recorded():
    return set(db.session.scalars(select(Activity.verb)))


@pytest.mark.parametrize(
    "address", ["/", "/questions/new", "/questions/1", "/drafts", "/help", "/sign-in", "/people"]
)
def test_every_page_leads_to_the_lock(left, address):
    reply = left.get(address)
    assert reply.status_code == 303
    assert reply.location == f"/lock?next={address}"


@pytest.mark.parametrize("address", ["/healthz", "/static/board.css", "/lock"])
def test_only_these_answer(left, address):
    assert left.get(address).status_code == 200


def test_an_address_that_there_is_not_shows_nothing_of_hers(left):
    page = left.get("/nothing")
    assert page.status_code == 404
    assert "Amina" not in page.text


def test_the_lock_says_whose_it_is_and_shows_nothing_else(left):
    page = left.get("/lock?next=/questions/4")
    assert "Amina Yusuf" in page.text
    assert "Not you? Switch user" in page.text
    assert 'name="next" value="/questions/4"' in page.text
    assert "My drafts" not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_its_person_goes_on_where_they_were(left):
    reply = left.send("/lock/end", password=PASSWORD, next="/questions/4#answer-body")
    assert reply.status_code == 303
    assert reply.location == "/questions/4#answer-body"
    assert left.get("/questions/new").status_code == 200
    assert {Verb.SESSION_LOCKED, Verb.SESSION_UNLOCKED} <= recorded()


def test_a_wrong_password_leaves_it_locked_and_is_throttled(left, configure):
    configure(ratelimit_enabled=True)
    for _ in range(3):
        page = left.send("/lock/end", password="wrong", next="/tags")
        assert page.status_code == 422
    assert "not the password of whoever is named here" in page.text
    assert 'name="next" value="/tags"' in page.text
    assert left.send("/lock/end", password=PASSWORD).status_code == 429
    assert left.get("/tags").status_code == 303
    assert Verb.SIGN_IN_FAILED in recorded()


def test_another_persons_password_opens_nothing(left, world):
    db.session.delete(db.session.get(Session, 1))
    jonas = browser(left.application).sign_in(world.jonas)
    jonas.send("/lock", next="/tags")
    page = jonas.send("/lock/end", password="the password of amina", username="amina")
    assert page.status_code == 422
    assert jonas.get("/tags").status_code == 303


def test_opening_leads_to_no_other_site_and_not_to_the_lock(left):
    assert left.send("/lock/end", password=PASSWORD, next="//evil.example").location == "/questions"
    assert left.get("/lock?next=/lock").location == "/questions"


def test_somebody_else_gets_an_empty_form(left):
    left.send("/questions", title="Precious words")
    reply = left.send("/sign-out", switch="1")
    assert reply.location == "/sign-in"
    assert reply.headers["Clear-Site-Data"] == '"cache", "storage"'
    left.send("/sign-in", username="jonas", password=PASSWORD)
    for address in ("/questions/new", "/drafts"):
        page = left.get(address)
        assert page.status_code == 200
        assert "Precious" not in page.text
    assert Verb.SWITCHED_USER in recorded()


@pytest.mark.parametrize(
    ("address", "page", "field"),
    [
        ("/questions", "/questions/new", "body"),
        ("/questions/4/answers", "/questions/4", "body"),
        ("/posts/2/comments", "/posts/2/comments/new", "body"),
        ("/posts/1/edit", "/posts/1/edit", "summary"),
        ("/drafts/answer-4", "/questions/4", "body"),
    ],
)
def test_what_is_sent_from_a_locked_page_waits_for_its_person(left, address, page, field):
    before = db.session.query(Answer).count(), db.session.query(Question).count()
    fields = {"title": "T", "body": "B", "base_revision": 1, field: "Precious words"}
    assert left.send(address, **fields).location.startswith("/lock?next=")
    assert (db.session.query(Answer).count(), db.session.query(Question).count()) == before
    left.send("/lock/end", password=PASSWORD)
    assert "Precious words" in left.get(page, follow_redirects=True).text


def test_htmx_is_led_to_the_lock_and_the_text_is_kept(left):
    reply = left.send("/questions/4/answers", part="answer", body="Precious words")
    assert reply.status_code == 401
    assert reply.headers["HX-Redirect"].startswith("/lock?next=")


def test_a_save_while_typing_says_that_it_is_locked(left):
    reply = left.send("/drafts/answer-4", part="draft", body="x", window="w", sequence="0")
    assert "This page is locked. Your text is kept for you." in reply.text
    assert reply.headers["HX-Trigger"] == "board:locked"


@pytest.mark.parametrize("address", ["/questions/1/changes?since=1", "/inbox/badge"])
def test_a_poll_learns_that_it_is_locked_and_nothing_else(left, address):
    reply = left.part(address, "changes")
    assert (reply.status_code, reply.text) == (401, "")
    assert reply.headers["HX-Trigger"] == "board:locked"


def test_a_locked_reader_of_an_open_board_reads_nothing_either(left, configure):
    configure(public_reading=True)
    assert left.get("/questions").location.startswith("/lock")


def test_what_the_page_asks_before_it_warns(signed_in, left):
    amina = signed_in("amina")
    assert 590 < amina.get("/lock/state").json["seconds"] <= 600
    assert left.get("/lock/state").json == {"seconds": 0}
    assert browser(left.application).get("/lock/state").json == {"seconds": 0}


def test_asking_does_not_count_as_use_but_a_key_does(signed_in, world):
    amina = signed_in("amina")
    session = db.session.query(Session).one()
    session.last_active = long_ago = clock.now() - timedelta(minutes=9)
    amina.get("/lock/state")
    amina.part("/inbox/badge", "badge")
    amina.send("/preview", body="x", part="preview")
    db.session.expire_all()
    assert db.session.query(Session).one().last_active == long_ago
    assert amina.send("/lock/postponement").status_code == 204
    db.session.expire_all()
    assert db.session.query(Session).one().last_active > long_ago


def test_a_key_pressed_too_late_opens_nothing(left):
    assert left.send("/lock/postponement").location.startswith("/lock")
    assert left.get("/tags").status_code == 303


def test_locking_by_hand(signed_in):
    amina = signed_in("amina")
    assert amina.send("/lock", next="/questions/4").location == "/lock?next=/questions/4"
    assert amina.get("/tags").location.startswith("/lock")
    assert amina.send("/lock", next="/tags").location == "/lock?next=/tags"
    amina.send("/lock/end", password=PASSWORD)
    assert amina.get("/tags").status_code == 200


def test_nobody_has_nothing_to_unlock(stranger, signed_in):
    assert stranger.get("/lock?next=/tags").location == "/tags"
    assert stranger.send("/lock/end", password="x", next="/tags").location == "/tags"
    assert signed_in("amina").get("/lock?next=/tags").location == "/tags"


def test_signing_in_over_a_locked_session_ends_it(left):
    left.send("/sign-in", username="jonas", password=PASSWORD)
    first = db.session.query(Session).order_by(Session.id).first()
    assert first.ended_at is not None
    assert left.get("/tags").status_code == 200


def test_a_shorter_time_where_the_ward_stands(signed_in, configure):
    configure(idle_minutes_at=("127.0.0.0/8 = 2",))
    amina = signed_in("amina")
    assert 'data-idle="120"' in amina.get("/tags").text
    session = db.session.query(Session).one()
    session.last_active = clock.now() - timedelta(minutes=3)
    assert amina.get("/tags").location.startswith("/lock")
