"""Many people at once, over the wire, on two processes: exact counts, one of each, nothing lost."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

import pytest
from servers import Visitor
from sqlalchemy import func, select, text
from world import PASSWORD

from board.core.database import db
from board.moderation import flagging
from board.moderation.models import Ruling
from board.people import joining
from board.people.models import CONSOLE, Person
from board.posts.models import Post, Question, Revision
from board.posts.records import Acceptance, Closure
from board.signin.models import Password

CROWD = 16


@pytest.fixture
def crowd(app):
    """Sixteen more nurses, who share one (slowly hashed) password."""
    with app.app_context():
        known = db.session.execute(select(Password.hash).limit(1)).scalar_one()
        for number in range(CROWD):
            person = joining.add(CONSOLE, f"nurse{number}", role="moderator")
            db.session.flush()
            db.session.add(Password(person_id=person.id, hash=known))
        db.session.commit()


def everybody(server, work):
    """Let each nurse do `work(visitor, number)` at the same moment; returns what they got."""
    barrier = threading.Barrier(CROWD)

    def one(number):
        visitor = Visitor(server.port).sign_in(f"nurse{number}", PASSWORD)
        visitor.get("/password")
        visitor.send("/drafts/question", title="warm", sequence=0, window="w")
        barrier.wait(60)
        return work(visitor, number)

    with ThreadPoolExecutor(CROWD) as pool:
        return list(pool.map(one, range(CROWD)))


def the(app, statement):
    with app.app_context():
        return db.session.execute(statement).scalar()


def test_votes_are_exact(serve, app, crowd):
    server = serve(2)

    def press(visitor, number):
        return [visitor.send("/posts/2/vote", vote=vote).status for vote in (1, 1, 0, 1)]

    assert everybody(server, press) == [[303, 303, 303, 303]] * CROWD
    assert the(app, select(Post.score).where(Post.id == 2)) == CROWD


def test_an_item_of_the_queue_is_decided_once(serve, app, crowd):
    with app.app_context():
        amina, answer = db.session.get(Person, 1), db.session.get(Post, 2)
        flagging.flag(amina, answer, "wrong")
        db.session.commit()
    server = serve(2)
    address = "/queue/flagged/2"
    replies = everybody(
        server, lambda visitor, number: visitor.send(address, decision="uphold").status
    )
    assert sorted(replies) == [303] + [409] * (CROWD - 1)
    assert the(app, select(func.count()).select_from(Ruling)) == 1


def test_a_question_is_closed_once(serve, app, crowd):
    server = serve(2)
    replies = everybody(
        server,
        lambda visitor, number: visitor.send("/questions/4/closure", reason="elsewhere").status,
    )
    assert sorted(replies) == [303] + [409] * (CROWD - 1)
    assert the(app, select(func.count()).select_from(Closure)) == 1


def test_one_form_sent_many_times_at_once_is_one_question(serve, app, crowd):
    server = serve(2)
    amina = [Visitor(server.port).sign_in("amina", PASSWORD) for _ in range(6)]
    for visitor in amina:
        visitor.get("/password")
    with ThreadPoolExecutor(6) as pool:
        replies = list(
            pool.map(
                lambda visitor: visitor.send("/questions", title="Once?", submission_key="k"), amina
            )
        )
    assert {reply.status for reply in replies} == {303}
    assert len({reply.location for reply in replies}) == 1
    assert the(app, select(func.count()).where(Question.title == "Once?")) == 1


def test_of_many_editors_one_saves_and_the_others_are_shown_both(serve, app, crowd):
    server = serve(2)

    def edit(visitor, number):
        return visitor.send("/posts/2/edit", body=f"By {number}.", base_revision=1)

    replies = everybody(server, edit)
    assert sorted(reply.status for reply in replies) == [303] + [409] * (CROWD - 1)
    assert all("By " in reply.text for reply in replies if reply.status == 409)
    assert the(app, select(func.count()).where(Revision.post_id == 2)) == 2


def test_of_many_acceptances_one_stands(serve, app, crowd):
    server = serve(2)

    def accept(visitor, number):
        return visitor.send(f"/answers/{2 if number % 2 else 7}/acceptance").status

    Visitor(server.port).sign_in("priya", PASSWORD).send("/questions/1/answers", body="Another.")
    assert set(everybody(server, accept)) == {303}
    standing = select(func.count()).where(
        Acceptance.question_id == 1, Acceptance.ended_at.is_(None)
    )
    assert the(app, standing) == 1


def test_answers_are_counted_exactly_and_all_are_there(serve, app, crowd):
    server = serve(2)

    def answer(visitor, number):
        return [visitor.send("/questions/4/answers", body=f"{number}.{n}").status for n in range(4)]

    everybody(server, answer)
    assert the(app, select(Post.answer_count).where(Post.id == 4)) == CROWD * 4
    assert server.run("check").returncode == 0


def test_new_tags_by_many_at_once(serve, app, crowd):
    """Two people may make the same new tag at the same moment: nobody is sent away."""
    server = serve(2)

    def ask(visitor, number):
        return visitor.send("/questions", title=f"Number {number}?", tags=f"fresh,new{number % 3}")

    assert {reply.status for reply in everybody(server, ask)} == {303}
    assert the(app, text("SELECT question_count FROM tag WHERE name = 'fresh'")) == CROWD
    assert server.run("check").returncode == 0


def kill_and_look(serve, app, kills):
    """Kill the board in the middle of writing, again and again; whatever was answered is there."""
    server = serve(2)
    chance = random.Random(7)
    promised = []
    for round in range(kills):
        visitor = Visitor(server.port).sign_in("amina", PASSWORD)
        visitor.get("/password")
        stop = threading.Timer(chance.uniform(0.2, 1.0), server.kill)
        stop.start()
        try:
            for number in range(10_000):
                title = f"Round {round} number {number}?"
                if visitor.send("/questions", title=title, tags="kill").status == 303:
                    promised.append(title)
        except (OSError, HTTPException):
            pass  # the connection broke, perhaps in the middle of an answer
        stop.join()
        server.start()
    assert server.run("check").returncode == 0
    server.stop()
    with app.app_context():
        there = set(db.session.scalars(select(Question.title)))
    assert len(promised) > kills
    assert set(promised) <= there


def test_what_was_promised_survives_a_kill(serve, app):
    kill_and_look(serve, app, kills=3)


@pytest.mark.soak
def test_what_was_promised_survives_hundreds_of_kills(serve, app):
    kill_and_look(serve, app, kills=200)
