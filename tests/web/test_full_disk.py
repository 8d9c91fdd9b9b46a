"""A full disk: nothing is half stored, what was typed is still there, and reading goes on."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from board.core.database import db
from board.posts.models import Answer

WORDS = "Precious words. " * 1_500


@contextmanager
def full_disk():
    """The database may not grow by one page."""

    def no_more(connection, _record, _proxy):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "checkout", no_more)
    try:
        yield
    finally:
        event.remove(db.engine, "checkout", no_more)
        db.session.remove()
        db.engine.dispose()


pytestmark = pytest.mark.only_on("sqlite")  # where a test can set how much room there is


def test_an_answer_that_finds_no_room_is_given_back(amina):
    with full_disk():
        reply = amina.send("/questions/1/answers", body=WORDS)
    assert reply.status_code == 503
    assert reply.headers["Retry-After"] == "5"
    assert WORDS.strip() in reply.text
    assert db.session.query(Answer).filter(Answer.body_md.startswith("Precious")).count() == 0


def test_reading_goes_on(amina):
    with full_disk():
        amina.send("/questions/1/answers", body=WORDS)
        assert amina.get("/questions").status_code == 200


def test_with_room_again_the_same_press_posts(amina):
    press = {"body": WORDS, "submission_key": "0123456789abcdef0123456789abcdef"}
    with full_disk():
        amina.send("/questions/1/answers", **press)
    assert amina.send("/questions/1/answers", **press).status_code == 303
