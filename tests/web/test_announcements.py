"""Announcements, as a browser meets them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from board.announcements.models import Announcement
from board.core.clock import held_at, now
from board.core.database import db

WORDS = "The pharmacy is closed this afternoon."
THREAD = "/questions/1/how-long-does-a-started-insulin-pen-keep"


def in_hours(hours):
    return f"{now() + timedelta(hours=hours + 1):%Y-%m-%dT%H:%M}"


def announce(browser, **fields):
    return browser.send(
        "/announcements", **{"words": WORDS, "level": "notice", "ends": in_hours(4)} | fields
    )


def test_it_stands_on_every_page_of_everybody_signed_in(ruth, signed_in, stranger):
    reply = announce(ruth, level="warning", link="1")
    assert (reply.status_code, reply.location) == (303, "/announcements")
    amina = signed_in("amina")
    for address in ("/questions", THREAD, "/search?q=pen", "/inbox", "/nothing"):
        page = amina.get(address).text
        assert WORDS in page
        assert "<strong>Warning:</strong>" in page
        assert 'href="/questions/1"' in page
    assert WORDS not in stranger.get("/sign-in").text


def test_readers_who_have_not_signed_in_are_not_told(ruth, stranger, configure):
    configure(public_reading=True)
    announce(ruth)
    assert WORDS not in stranger.get("/questions").text


def test_put_away_without_javascript_it_is_gone_for_good(ruth, signed_in):
    announce(ruth)
    amina = signed_in("amina")
    reply = amina.send("/announcements/1/dismissal", next="/tags?q=pen")
    assert (reply.status_code, reply.location) == (303, "/tags?q=pen")
    assert WORDS not in amina.get("/questions").text
    assert WORDS not in signed_in("amina").get("/questions").text
    assert WORDS in signed_in("priya").get("/questions").text


def test_put_away_in_place(ruth, signed_in):
    announce(ruth)
    part = signed_in("amina").send("/announcements/1/dismissal", part="announcement")
    assert part.status_code == 200
    assert 'id="announcement"' in part.text
    assert WORDS not in part.text


@pytest.mark.parametrize("next", ["https://elsewhere.example/", "//elsewhere.example", "//[", ""])
def test_putting_it_away_leads_nowhere_else(ruth, signed_in, next):
    announce(ruth)
    reply = signed_in("amina").send("/announcements/1/dismissal", next=next)
    assert reply.location == "/questions"


def test_somebody_suspended_puts_it_away_too(ruth, signed_in, world):
    announce(ruth)
    jonas = signed_in("jonas")
    world.jonas.suspended_until = now() + timedelta(days=1)
    db.session.commit()
    assert jonas.send("/announcements/1/dismissal").status_code == 303
    assert WORDS not in jonas.get("/questions").text


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("", ""),
        ("#4", "/questions/4"),
        (THREAD, "/questions/1"),
        ("http://localhost/posts/2?x=1#post-2", "/posts/2"),
        ("/tags/insulin", "/tags/insulin"),
        ("/help", "/help"),
    ],
)
def test_it_leads_to_a_page_of_the_board(ruth, link, path):
    announce(ruth, link=link)
    assert db.session.scalar(select(Announcement.path)) == path


@pytest.mark.parametrize(
    "link",
    [
        "https://elsewhere.example/questions/1",
        "mailto:x@elsewhere.example",
        "//elsewhere.example/",
        "/nothing",
        "/inbox/badge",
        "questions/1",
        "plain words",
        "http://[",
    ],
)
def test_it_leads_nowhere_else_and_what_was_typed_is_kept(ruth, link):
    page = announce(ruth, link=link)
    assert page.status_code == 422
    assert "no page of this board" in page.text
    assert WORDS in page.text
    assert db.session.scalar(select(Announcement.id)) is None


def test_a_second_at_the_same_time_is_refused_and_kept(ruth, signed_in):
    announce(ruth)
    page = announce(signed_in("tomasz"), words="Something else.")
    assert page.status_code == 409
    assert "One announcement stands at a time" in page.text
    assert "Something else." in page.text


def test_changed_ended_and_listed(ruth):
    announce(ruth)
    form = ruth.get("/announcements/1/edit")
    assert form.status_code == 200
    assert WORDS in form.text
    sent = {"words": "Until five.", "level": "notice", "ends": in_hours(5)}
    assert ruth.send("/announcements/1/edit", **sent).status_code == 303
    assert "Until five." in ruth.get("/questions").text
    page = ruth.get("/announcements").text
    assert "Everybody sees this now" in page
    assert ruth.send("/announcements/1/end").status_code == 303
    page = ruth.get("/announcements").text
    assert "No announcement stands" in page
    assert "ended early" in page
    assert ruth.send("/announcements/1/edit", **sent).status_code == 409


def test_one_to_come_is_not_shown_yet(ruth, signed_in):
    announce(ruth, starts=in_hours(1))
    assert WORDS not in signed_in("amina").get("/questions").text
    assert "To come" in ruth.get("/announcements").text
    with held_at(now() + timedelta(hours=2)):
        assert WORDS in signed_in("amina").get("/questions").text


def test_pressed_twice_it_is_one(ruth):
    for _ in range(2):
        assert announce(ruth, submission_key="twice").status_code == 303
    assert len(db.session.scalars(select(Announcement)).all()) == 1


def test_others_neither_write_nor_read_past_ones(signed_in, stranger):
    amina = signed_in("amina")
    assert amina.get("/announcements").status_code == 403
    assert announce(amina).status_code == 403
    assert announce(stranger).status_code == 303
    assert db.session.scalar(select(Announcement.id)) is None


def test_hostile_words_are_words(ruth, signed_in):
    announce(ruth, words="<script>alert(1)</script>")
    page = signed_in("amina").get("/questions").text
    assert "&lt;script&gt;alert(1)" in page
