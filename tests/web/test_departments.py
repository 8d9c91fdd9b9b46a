"""The page of a department: whole, for a period, by strangers, printed."""

import re
from datetime import UTC, datetime, timedelta

from board.core.clock import held_at, now
from board.core.database import db
from board.posts import accepting, asking, hiding


def test_the_list(amina):
    page = amina.get("/departments")
    assert "/departments/ward-7b" in page.text
    assert "Ward 7B" in page.text


def test_the_page(amina, world):
    accepting.accept(world.amina, world.insulin_answer)
    with held_at(now() - timedelta(days=3)):
        asking.ask(world.amina, "Where are the spare beds kept?")
    db.session.commit()
    page = amina.get("/departments/ward-7b?period=day")
    assert page.status_code == 200
    assert world.insulin.title in page.text
    assert "Where are the spare beds kept?" in page.text
    assert "no answer yet, asked" in page.text
    assert "Uncontrolled copy, printed" in page.text


def test_it_names_nobody(amina, world):
    accepting.accept(world.amina, world.insulin_answer)
    db.session.commit()
    main = amina.get("/departments/ward-7b").text.partition("<main")[2]
    assert "Amina" not in main
    assert "Jonas" not in main


def test_the_period_is_chosen(amina, world):
    morning = datetime(2026, 6, 5, 6, 15, tzinfo=UTC)  # 07:15 on the ward: the night shift is on
    with held_at(morning - timedelta(hours=11)):
        accepting.accept(world.amina, world.insulin_answer)
    with held_at(morning - timedelta(days=3)):
        accepting.withdraw(world.amina, world.insulin_answer)
        accepting.accept(world.amina, world.insulin_answer)
    db.session.commit()
    with held_at(morning):
        assert "No answer was accepted" in amina.get("/departments/ward-7b").text
        assert "shift began, yesterday 19:30" in _words(amina.get("/departments/ward-7b").text)
        assert "No answer was accepted" in amina.get("/departments/ward-7b?period=day").text
        assert "accepted 02 Jun" in _words(amina.get("/departments/ward-7b?period=week").text)
        assert amina.get("/departments/ward-7b?period=century").status_code == 200


def _words(page):
    return " ".join(re.sub("<[^>]*>", " ", page).split())


def test_a_removed_question_is_not_on_it(amina, world):
    hiding.hide(world.amina, asking.ask(world.amina, "Where are the spare beds kept?"))
    db.session.commit()
    assert "spare beds" not in amina.get("/departments/ward-7b").text


def test_a_title_is_escaped(amina, world):
    asking.ask(world.amina, "Is <script>alert(1)</script> a question?")
    db.session.commit()
    assert "&lt;script&gt;" in amina.get("/departments/ward-7b").text


def test_a_department_can_be_watched_there(amina, world):
    page = amina.get("/departments/ward-7b")
    assert "Tell me of" in page.text
    fields = {"kind": "department", "target": str(world.amina.department_id), "level": "all"}
    reply = amina.send("/watching", **fields, back="/departments/ward-7b")
    assert reply.location == "/departments/ward-7b"


def test_there_is_none(amina):
    assert amina.get("/departments/ward-99").status_code == 404


def test_strangers(stranger, configure):
    assert stranger.get("/departments/ward-7b").status_code == 303
    configure(public_reading=True)
    page = stranger.get("/departments/ward-7b")
    assert page.status_code == 200
    assert "Tell me of" not in page.text
