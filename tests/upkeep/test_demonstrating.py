"""The demonstration hospital."""

import pytest
from clients import browser
from sqlalchemy import select

from board import config
from board.core.clock import now
from board.core.database import db
from board.core.errors import Refused
from board.core.queueing import kinds
from board.experts import directory, group_queries, on_call, reaching
from board.people.models import Department, Person
from board.posts.models import Answer, Comment, Post, Question, Vote
from board.posts.records import Acceptance
from board.tags.models import Tag
from board.upkeep import checking, demonstrating


@pytest.fixture(scope="session")
def folder_of_all(tmp_path_factory):
    return tmp_path_factory.mktemp("hospital")


@pytest.fixture
def hospital(app, database, prepared, folder_of_all):
    """The folder of a board that holds the demonstration hospital."""
    folder = folder_of_all / database
    folder.mkdir(exist_ok=True)
    prepared("hospital", lambda: demonstrating.demonstrate(folder), on="empty")
    with app.app_context():
        yield folder


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
    assert set(db.session.scalars(select(Person.role))) == {"member", "moderator", "administrator"}


def test_answers_stand_in_every_way_that_people_ask_about(hospital):
    standing = {answer.standing for answer in db.session.query(Answer)}
    assert standing >= {"posted", "partly", "verified", "review_due"}
    assert db.session.query(Answer).filter_by(verified_by="a moderator").count() == 1


def test_some_questions_wait_for_an_answer(hospital):
    assert db.session.query(Question).filter_by(answer_count=0).count() >= 4


def test_every_tag_is_used_and_described(hospital):
    for tag in db.session.query(Tag):
        assert tag.question_count > 0, tag.name
        assert tag.description, tag.name


def test_nothing_happens_in_the_future(hospital):
    assert db.session.query(Post).filter(Post.created_at > now()).count() == 0
    assert db.session.query(Acceptance).filter(Acceptance.accepted_at > now()).count() == 0


def test_the_board_is_sound_afterwards(hospital):
    assert list(checking.findings(hospital)) == []


def test_it_is_marked_as_a_demonstration(hospital, app, configure):
    assert demonstrating.is_demonstration()
    configure(site_notice=config.load(hospital, {}).site_notice)
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


def test_experts_groups_and_the_rota_are_living(hospital):
    topics, _ = directory.directory()
    assert len(topics) > 15
    assert [group.members for group in group_queries.groups()] == [1, 2]
    assert on_call.for_groups([group.id for group in group_queries.groups()])
    assert {day for day, _ in on_call.by_day()} > {reaching.today()}
    assert db.session.query(Question).filter_by(urgency="this_shift").count() >= 1


def test_something_waits_in_the_queue(hospital):
    waiting = {kind.name: len(db.session.execute(kind.due()).all()) for kind in kinds()}
    assert (waiting["unsafe"], waiting["flagged"], waiting["suggested"]) == (1, 1, 1)
    assert waiting["unanswered"] > 0
