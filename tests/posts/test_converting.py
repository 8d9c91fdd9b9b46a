"""Answers that are comments, comments that are answers, comments on the wrong post."""

import pytest
from sqlalchemy import select

from board.core.database import db
from board.core.errors import Conflict, Invalid, Missing, Refused
from board.posts import accepting, answering, commenting, converting, threads
from board.posts.models import Answer, Comment, Kind, Post
from board.posts.records import Conversion


def everything():
    db.session.flush()
    tables = (table for table in db.metadata.sorted_tables if table.name.startswith("post"))
    return sorted(
        str(row)
        for table in tables
        for row in db.session.execute(select(*(c for c in table.c if c.key != "version")))
    )


def test_an_answer_becomes_a_comment_with_its_comments(world):
    converting.to_comment(world.ruth, world.insulin_answer)
    assert isinstance(world.insulin_answer, Comment)
    thread = threads.thread(1, world.amina)
    assert thread.answers == []
    assert [each.id for each in thread.comments[1]] == [2, 3]
    assert world.insulin.answer_count == 0


def test_a_comment_becomes_an_answer(world):
    converting.to_answer(world.ruth, world.insulin_comment)
    assert isinstance(world.insulin_comment, Answer)
    assert world.insulin.answer_count == 2
    assert {each.id for each in threads.thread(1, world.amina).answers} == {2, 3}


def test_a_comment_moves_to_another_post_of_the_page(world):
    converting.move(world.ruth, world.insulin_comment, world.insulin)
    assert [each.id for each in threads.thread(1, world.amina).comments[1]] == [3]
    with pytest.raises(Invalid):
        converting.move(world.ruth, world.insulin_comment, world.gloves)


@pytest.mark.parametrize(
    "deed",
    [
        lambda world: converting.to_comment(world.ruth, world.insulin_answer),
        lambda world: converting.to_answer(world.ruth, world.insulin_comment),
        lambda world: converting.move(world.ruth, world.insulin_comment, world.insulin),
    ],
)
def test_undone_everything_is_as_it_was(world, deed):
    before = everything()
    deed(world)
    assert everything() != before
    post_id = db.session.scalar(select(Conversion.post_id))
    converting.undo(world.tomasz, db.session.get(Post, post_id))
    assert everything() == before
    with pytest.raises(Missing):
        converting.undo(world.ruth, db.session.get(Post, post_id))


def test_what_stands_in_the_way(world):
    with pytest.raises(Refused, match="accepted"):
        converting.to_comment(world.ruth, world.gloves_answer)
    long = answering.answer(world.jonas, world.pump, "A kinked line. " * 200)
    with pytest.raises(Invalid, match="at most"):
        converting.to_comment(world.ruth, long)
    converting.to_answer(world.ruth, world.insulin_comment)
    with pytest.raises(Conflict, match="already"):
        converting.to_answer(world.ruth, world.insulin_comment)
    commenting.comment(world.amina, world.insulin_comment, "Thanks.")
    with pytest.raises(Conflict, match="comments of its own"):
        converting.undo(world.ruth, world.insulin_comment)
    accepting.accept(world.amina, world.insulin_comment)
    with pytest.raises(Refused, match="accepted"):
        converting.undo(world.ruth, world.insulin_comment)


def test_only_moderators(world):
    for deed in (
        lambda: converting.to_comment(world.jonas, world.insulin_answer),
        lambda: converting.to_answer(world.priya, world.insulin_comment),
        lambda: converting.move(world.priya, world.insulin_comment, world.insulin),
        lambda: converting.undo(world.priya, world.insulin_comment),
    ):
        with pytest.raises(Refused, match="moderator"):
            deed()
    assert world.insulin_answer.kind == Kind.ANSWER
