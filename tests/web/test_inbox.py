"""The inbox in the browser: what is new, set aside by a press; what is watched."""

import pytest
from sqlalchemy import select

from board.core.database import db
from board.inbox import reading, watching
from board.inbox.models import Level, Notification, Watched
from board.posts import answering, asking


@pytest.fixture
def amina(world, signed_in):
    """Amina, with an answer to her question waiting."""
    reading.set_all_aside(world.amina.id)
    answering.answer(world.priya, world.insulin, "It says so on the label.")
    db.session.commit()
    return signed_in("amina")


def unread(world):
    return reading.unread(world.amina.id)


def test_the_inbox(amina, world):
    page = amina.get("/inbox")
    assert page.status_code == 200
    assert world.priya.name in page.text
    assert world.insulin.title in page.text
    assert "Since your last shift" in page.text


def test_an_empty_inbox_says_what_comes_there(world, signed_in):
    reading.set_all_aside(world.amina.id)
    db.session.commit()
    assert "Nothing waits for you" in signed_in("amina").get("/inbox").text


def test_the_header_says_how_much_is_new(amina):
    assert '<span class="badge">1<' in amina.get("/questions").text


def test_opening_the_question_reads_its_news(amina, world):
    amina.get("/questions/1", follow_redirects=True)
    assert unread(world) == 0
    assert 'class="badge"' not in amina.get("/questions").text


def test_another_question_reads_nothing(amina, world):
    amina.get("/questions/4", follow_redirects=True)
    assert unread(world) == 1


def test_the_badge_asks_and_hears_only_of_a_change(amina):
    assert amina.get("/inbox/badge?shown=1").status_code == 204
    assert "unread" in amina.get("/inbox/badge?shown=0").text


@pytest.mark.parametrize(("what", "left"), [("done", 0), ("later", 0), ("read", 0), ("unread", 1)])
def test_news_is_set_aside(amina, world, what, left):
    reply = amina.send("/inbox/1", what=what)
    assert (reply.status_code, reply.location) == (303, "/inbox")
    assert unread(world) == left


def test_in_place_the_list_comes_back_without_it(amina, world):
    reply = amina.send("/inbox/1", part="list", what="done")
    assert reply.text.lstrip().startswith('<div id="list">')
    assert world.insulin.title not in reply.text


def test_a_press_that_is_none(amina, world):
    assert amina.send("/inbox/1", what="burn").status_code == 422
    assert unread(world) == 1


def test_everything_is_done_at_once(amina, world):
    assert amina.send("/inbox/all").status_code == 303
    assert unread(world) == 0


def test_nobody_sets_aside_what_is_somebody_elses(amina, world, signed_in):
    signed_in("jonas").send("/inbox/1", what="done")
    assert unread(world) == 1


def test_a_question_is_watched_from_its_page(amina, world):
    page = amina.get("/questions/4", follow_redirects=True)
    assert "Tell me of" in page.text
    back = page.request.path
    reply = amina.send("/watching", kind="question", target="4", level="answers", back=back)
    assert reply.location == back
    assert watching.level_of(world.amina.id, Watched.QUESTION, 4) is Level.ANSWERS


def test_in_place_the_choice_is_shown(amina):
    reply = amina.send("/watching", part="watch", kind="question", target="4", level="answers")
    assert 'value="answers" selected' in reply.text


def test_what_is_watched_is_listed_and_can_be_changed(amina, world):
    watching.watch(world.amina.id, Watched.PERSON, world.jonas.id, Level.ALL)
    db.session.commit()
    page = amina.get("/watching")
    assert world.jonas.name in page.text
    assert world.insulin.title in page.text
    fields = {"kind": "person", "target": str(world.jonas.id), "level": "nothing", "from": "list"}
    assert amina.send("/watching", **fields).location == "/watching"
    assert watching.level_of(world.amina.id, Watched.PERSON, world.jonas.id) is Level.NOTHING


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"kind": "question", "target": "4", "level": "loud"}, 422),
        ({"kind": "planet", "target": "4", "level": "all"}, 422),
        ({"kind": "question", "target": "999", "level": "all"}, 404),
        ({"kind": "tag", "target": "x", "level": "all"}, 404),
        ({}, 422),
    ],
)
def test_what_cannot_be_watched(amina, fields, status):
    assert amina.send("/watching", **fields).status_code == status


def test_after_watching_nobody_is_led_away(amina):
    fields = {"kind": "question", "target": "4", "level": "all"}
    assert amina.send("/watching", **fields, back="//evil.example/").location == "/watching"


@pytest.mark.parametrize("address", ["/tags/insulin", "/questions?department=education"])
def test_lists_can_be_watched(amina, address):
    assert "Tell me of" in amina.get(address).text


def test_somebody_can_be_watched_but_not_oneself(amina):
    assert "Tell me of" in amina.get("/people/jonas").text
    assert "Tell me of" not in amina.get("/people/amina").text


def test_by_the_worker_a_new_question_comes_to_who_watches_its_asker(world, signed_in):
    from board.core import working

    watching.watch(world.jonas.id, Watched.PERSON, world.amina.id, Level.ALL)
    question = asking.ask(world.amina, "Where are the spare pumps kept?")
    db.session.commit()
    working.work("a worker")
    told = select(Notification.person_id).where(Notification.question_id == question.id)
    assert world.jonas.id in set(db.session.scalars(told))
    db.session.commit()
    assert "Where are the spare pumps kept?" in signed_in("jonas").get("/inbox").text
