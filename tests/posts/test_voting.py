"""Upvotes."""

import pytest

from board.activity.models import Activity
from board.core.database import db
from board.core.errors import Refused
from board.posts import hiding, voting
from board.posts.models import PostTag, Vote


def test_a_vote_counts_once(world):
    voting.vote(world.amina, world.insulin_answer)
    voting.vote(world.amina, world.insulin_answer)
    db.session.expire_all()
    assert world.insulin_answer.score == 1
    assert db.session.query(Vote).count() == 1
    assert db.session.query(Activity).filter_by(verb="voted").count() == 1


def test_a_vote_is_taken_back_once(world):
    voting.vote(world.amina, world.insulin_answer)
    voting.withdraw(world.amina, world.insulin_answer)
    voting.withdraw(world.amina, world.insulin_answer)
    db.session.expire_all()
    assert world.insulin_answer.score == 0
    assert db.session.query(Vote).count() == 0


def test_a_questions_votes_are_known_in_its_tags(world):
    voting.vote(world.jonas, world.insulin)
    db.session.expire_all()
    assert {link.score for link in db.session.query(PostTag).filter_by(post_id=1)} == {1}


def test_a_vote_raises_the_questions_version(world):
    before = world.insulin.version
    voting.vote(world.amina, world.insulin_answer)
    db.session.expire_all()
    assert world.insulin.version == before + 1


@pytest.mark.parametrize(
    ("who", "what"),
    [("amina", "insulin"), ("jonas", "insulin_answer"), ("amina", "insulin_comment")],
)
def test_nobody_votes_for_themselves_or_for_comments(world, who, what):
    with pytest.raises(Refused, match="other people's"):
        voting.vote(getattr(world, who), getattr(world, what))


def test_what_is_removed_takes_no_votes(world):
    hiding.hide(world.ruth, world.insulin_answer, "test")
    with pytest.raises(Refused):
        voting.vote(world.amina, world.insulin_answer)
