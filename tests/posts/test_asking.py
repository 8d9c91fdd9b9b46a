"""Asking a question."""

import pytest

from board.activity.models import Activity
from board.core.database import db
from board.core.errors import Invalid
from board.posts import asking


def test_a_question_belongs_to_the_askers_department(world):
    question = asking.ask(world.amina, "Who signs?", "Details", "signing")
    assert question.department.name == "Ward 7B"
    assert question.question_id == question.id
    assert (question.score, question.answer_count, question.version) == (0, 0, 1)
    assert db.session.query(Activity).filter_by(verb="asked", subject_id=question.id).one()


def test_a_title_alone_is_enough(world):
    assert asking.ask(world.amina, "Who signs?").body_html == ""


def test_a_title_is_one_tidy_line(world):
    assert asking.ask(world.amina, " Who\n\u202esigns? ").title == "Who signs?"


def test_the_excerpt_has_no_markup(world):
    assert asking.ask(world.amina, "Who?", "**Bold** <b>\n\n- item").excerpt == "Bold <b> item"


def test_tags_keep_their_order(world):
    question = asking.ask(world.amina, "Who?", "", "zinc, alpha, insulin")
    db.session.expire_all()
    assert [tag.name for tag in question.tags] == ["zinc", "alpha", "insulin"]


@pytest.mark.parametrize(
    ("title", "body", "tags", "wrong"),
    [
        ("", "", "", {"title"}),
        ("   \n ", "", "", {"title"}),
        ("x" * 201, "", "", {"title"}),
        ("x", "x" * 50_001, "", {"body"}),
        ("x", "", "a,b,c,d,e,f", {"tags"}),
        ("", "x" * 1_000_000, "<", {"title", "body", "tags"}),
    ],
)
def test_everything_that_is_wrong_is_told_at_once(world, title, body, tags, wrong):
    with pytest.raises(Invalid) as error:
        asking.ask(world.amina, title, body, tags)
    assert set(error.value.fields) == wrong


def test_the_longest_that_may_be(world):
    question = asking.ask(world.amina, "x" * 200, "é" * 50_000, ",".join("abcde"))
    assert len(question.body_md) == 50_000
