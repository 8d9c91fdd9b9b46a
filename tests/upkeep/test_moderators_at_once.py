"""Moderators who do the same thing at the same moment: one outcome, and the others are told."""

import threading
from datetime import timedelta

import pytest
import settled
from clients import browser
from sqlalchemy import func, select

from board.announcements.models import Announcement
from board.core.clock import now
from board.core.database import db
from board.moderation import screening
from board.posts import asking, featuring
from board.posts.models import Answer
from board.privacy.elsewhere import Writing

TOMORROW = (now() + timedelta(days=1)).date().isoformat()


@pytest.fixture
def moderators(app, world):
    """Four browsers, each with a moderator."""
    people = [settled.join(f"moderator{number}") for number in range(4)]
    for each in people:
        each.role = "moderator"
    db.session.commit()
    return [browser(app).sign_in(each) for each in people]


def at_once(browsers, press):
    """Let each press at the same moment; returns the statuses, in order."""
    barrier, statuses = threading.Barrier(len(browsers)), []

    def one(number, client, token):
        address, fields = press(number)
        barrier.wait(30)
        statuses.append(client.post(address, data={"csrf_token": token} | fields).status_code)

    tokens = [each.csrf_token() for each in browsers]
    db.session.commit()
    threads = [
        threading.Thread(target=one, args=(number, client, token))
        for number, (client, token) in enumerate(zip(browsers, tokens, strict=True))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    return sorted(statuses)


def test_one_of_four_announcements_stands(world, moderators):
    fields = {"level": "notice", "ends": f"{TOMORROW} 12:00"}
    pressed = at_once(
        moderators, lambda number: ("/announcements", fields | {"words": f"Number {number}."})
    )
    assert pressed == [303, 409, 409, 409]
    assert db.session.scalar(select(func.count(Announcement.id))) == 1


def test_three_of_four_questions_are_featured(world, moderators):
    ids = [asking.ask(world.priya, f"Which pump, number {n}?").id for n in range(4)]
    pressed = at_once(
        moderators, lambda number: (f"/questions/{ids[number]}/featuring", {"until": TOMORROW})
    )
    assert pressed == [303, 303, 303, 409]
    assert len(featuring.featured()) == featuring.MOST


def test_one_question_is_featured_once(world, moderators):
    pressed = at_once(moderators, lambda _: ("/questions/4/featuring", {"until": TOMORROW}))
    assert pressed == [303, 409, 409, 409]


def test_a_first_post_is_let_through_once(world, moderators):
    held = screening.hold(world.amina, Writing("answer", 4, {"body": "A kinked line."}))
    db.session.commit()
    address = f"/queue/first/{held.id}"
    pressed = at_once(moderators, lambda _: (address, {"decision": "let"}))
    assert pressed == [303, 409, 409, 409]
    posted = select(func.count(Answer.id)).where(Answer.author_id == world.amina.id)
    assert db.session.scalar(posted) == 1
