"""Warnings and suspensions, as a browser meets them."""

from datetime import timedelta

import pytest

from board.core.clock import now
from board.core.database import db
from board.moderation import sanctioning

TOMORROW = (now() + timedelta(days=1)).date().isoformat()


@pytest.fixture
def suspended(world):
    sanctioning.suspend(world.ruth, world.jonas, TOMORROW, "Advertising.")
    db.session.commit()


def test_a_warning_is_met_on_every_page_until_it_was_read(jonas, signed_in):
    ruth = signed_in("ruth")
    ruth.send("/people/jonas/warnings", words="Please be kinder.")
    assert "A moderator has written to you" in jonas.get("/questions").text
    page = jonas.get("/people/jonas/conduct").text
    assert "Please be kinder." in page
    jonas.send("/warnings/1/acknowledgement")
    assert "A moderator has written to you" not in jonas.get("/questions").text
    assert "; read" in ruth.get("/people/jonas/conduct").text


def test_whoever_is_suspended_reads_and_does_not_write(jonas, suspended):
    page = jonas.get("/questions/1", follow_redirects=True)
    assert page.status_code == 200
    assert "You can read but not write until" in page.text
    reply = jonas.send("/questions/4/answers", body="kept answer text")
    assert reply.status_code == 403
    assert "You can read but not write until" in reply.text
    assert "kept answer text" in reply.text


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/questions", {"title": "x", "body": "", "tags": ""}),
        ("/posts/1/comments", {"body": "x"}),
        ("/posts/1/vote", {"vote": "1"}),
        ("/posts/2/edit", {"body": "x", "base_revision": "1"}),
        ("/posts/1/flags", {"reason": "wrong"}),
        ("/answers/6/problem", {"kind": "wrong", "words": "x"}),
        ("/posts/1/suggestions", {"title": "x", "body": "x", "base_revision": "1"}),
        ("/answers/6/acceptance", {}),
        ("/questions/5/closure", {"reason": "policy"}),
    ],
)
def test_every_write_is_refused_with_until_when(jonas, suspended, address, fields):
    reply = jonas.send(address, **fields)
    assert reply.status_code == 403
    assert "until" in reply.text


def test_every_other_change_was_thought_about(app):
    """What somebody may do while they only read: for themselves, seen by nobody else; and say that
    a patient can be recognized, or that somebody could be harmed.
    """
    allowed = {
        name
        for name, view in app.view_functions.items()
        if getattr(view, "is_for_suspended", False)
    }
    assert allowed == {
        "sessions.create",
        "sessions.delete",
        "registrations.create",
        "passwords.update",
        "inbox.update",
        "inbox.clear",
        "inbox.watch",
        "bookmarks.create",
        "drafts.update",
        "drafts.delete",
        "similar.create",
        "privacy.check",
        "previews.create",
        "conduct.acknowledge",
        "announcements.dismiss",
        "pins.update",
        "pins.delete",
        "locks.create",
        "locks.delete",
        "locks.postpone",
        "mail.confirm",
        "mail.leave",
        "mail.update",
        "person_sessions.clear",
        "person_sessions.delete",
        "recalls.acknowledge",
        "records.create",
        "concerns.create",
        "flags.create",
        "problems.create",
        "suggestions.report",
    }


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/posts/1/patient-information", {}),
        ("/posts/1/flags", {"reason": "unsafe", "words": "Ten times too much."}),
        ("/answers/6/problem", {"kind": "unsafe", "words": "Ten times too much."}),
    ],
)
def test_what_protects_patients_is_never_refused(jonas, suspended, address, fields):
    assert jonas.send(address, **fields).status_code == 303


def test_what_is_for_themselves_still_works(jonas, suspended):
    assert jonas.send("/questions/1/bookmark", saved="1").status_code == 303
    assert jonas.send("/drafts/question", title="x").status_code == 200
    assert jonas.send("/sign-out").status_code == 303


def test_ended_they_write_again(jonas, signed_in, suspended):
    signed_in("ruth").send("/people/jonas/suspension/end")
    assert jonas.send("/posts/1/vote", vote="1").status_code == 303


def test_a_mistake_keeps_what_was_typed(signed_in):
    page = signed_in("ruth").send("/people/jonas/suspension", words="kept words", until="")
    assert page.status_code == 422
    assert 'value="kept words"' in page.text


def test_others_see_nothing_of_it(signed_in, stranger, suspended):
    assert signed_in("amina").get("/people/jonas/conduct").status_code == 403
    assert stranger.get("/people/jonas/conduct").status_code == 303
    assert "Conduct" not in signed_in("amina").get("/people/jonas").text
