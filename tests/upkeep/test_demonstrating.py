"""The demonstration hospital."""

import pytest
from clients import browser

from board import config
from board.core.clock import now
from board.core.database import db
from board.core.errors import Refused
from board.core.queueing import kinds
from board.people.models import Department, Person
from board.posts.models import Acceptance, Answer, Comment, Post, Question, Vote
from board.tags.models import Tag
from board.upkeep import checking, demonstrating


@pytest.fixture
def hospital(empty, tmp_path):
    return demonstrating.demonstrate(tmp_path)


def count(table):
    return db.session.query(table).count()


def test_it_is_a_small_hospital(hospital):
    assert count(Person) == 12
    assert count(Department) >= 8
    assert count(Question) >= 40
    assert count(Answer) > 60
    assert count(Comment) > 20
    assert count(Vote) > 100
    assert count(Acceptance) > 20
    assert {person.role for person in hospital} == {"member", "moderator", "administrator"}


def test_some_questions_wait_for_an_answer(hospital):
    assert db.session.query(Question).filter_by(answer_count=0).count() >= 4


def test_every_tag_is_used_and_described(hospital):
    for tag in db.session.query(Tag):
        assert tag.question_count > 0, tag.name
        assert tag.description, tag.name


def test_nothing_happens_in_the_future(hospital):
    assert db.session.query(Post).filter(Post.created_at > now()).count() == 0
    assert db.session.query(Acceptance).filter(Acceptance.accepted_at > now()).count() == 0


def test_the_board_is_sound_afterwards(hospital, tmp_path):
    assert list(checking.findings(tmp_path)) == []


def test_it_is_marked_as_a_demonstration(hospital, app, configure, tmp_path):
    assert demonstrating.is_demonstration()
    configure(site_notice=config.load(tmp_path, {}).site_notice)
    page = browser(app).get("/sign-in").text
    assert "Demonstration: a made-up hospital. Nothing here is clinical advice." in page


def test_a_notice_of_the_sites_own_is_kept(empty, tmp_path):
    (tmp_path / "board.toml").write_text('site_notice = "Ours"\n')
    demonstrating.demonstrate(tmp_path)
    assert config.load(tmp_path, {}).site_notice == "Ours"


def test_a_board_in_use_is_refused(world, tmp_path):
    with pytest.raises(Refused, match="not empty"):
        demonstrating.demonstrate(tmp_path)


def test_somebody_of_it_signs_in(hospital, app):
    db.session.commit()
    visitor = browser(app)
    reply = visitor.send("/sign-in", username="amina", password=demonstrating.PASSWORD)
    assert reply.status_code == 303
    assert visitor.get("/").status_code == 200


def test_something_waits_in_the_queue(hospital):
    waiting = {kind.name: len(db.session.execute(kind.due()).all()) for kind in kinds()}
    assert (waiting["unsafe"], waiting["flagged"], waiting["suggested"]) == (1, 1, 1)
    assert waiting["unanswered"] > 0
