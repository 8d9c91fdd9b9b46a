"""Accepting an answer."""

import pytest

from board.core.database import db
from board.core.errors import Gone, Invalid, Refused
from board.posts import accepting, answering, hiding
from board.posts.models import OUT_OF_USE
from board.posts.records import Acceptance


def records():
    return db.session.query(Acceptance).filter_by(question_id=1).order_by(Acceptance.id).all()


@pytest.fixture
def other(world):
    return answering.answer(world.priya, world.insulin, "Ask pharmacy.")


def test_the_asker_accepts(world):
    accepting.accept(world.amina, world.insulin_answer)
    db.session.expire_all()
    assert world.insulin.accepted_id == world.insulin_answer.id
    [record] = records()
    assert (record.accepted_by.name, record.by_moderator) == ("Amina Yusuf", False)


def test_a_moderator_accepts(world):
    accepting.accept(world.ruth, world.insulin_answer)
    assert records()[0].by_moderator


@pytest.mark.parametrize("who", ["jonas", "priya"])
def test_others_do_not(world, who):
    with pytest.raises(Refused, match="person who asked"):
        accepting.accept(getattr(world, who), world.insulin_answer)


@pytest.mark.parametrize("standing", OUT_OF_USE)
@pytest.mark.parametrize("who", ["amina", "ruth"])
def test_what_nobody_should_follow_is_accepted_by_nobody(world, who, standing):
    world.insulin_answer.standing = standing
    db.session.flush()
    with pytest.raises(Refused, match="follow"):
        accepting.accept(getattr(world, who), world.insulin_answer)
    assert records() == []


def test_accepting_again_changes_nothing(world):
    accepting.accept(world.amina, world.insulin_answer)
    accepting.accept(world.amina, world.insulin_answer)
    assert len(records()) == 1


def test_an_acceptance_is_moved_and_both_are_on_record(world, other):
    accepting.accept(world.amina, world.insulin_answer)
    accepting.accept(world.amina, other, "Better.")
    db.session.expire_all()
    first, second = records()
    assert first.ended_at is not None
    assert (first.ended_by_id, first.reason) == (world.amina.id, "Better.")
    assert second.ended_at is None
    assert world.insulin.accepted_id == other.id


def test_an_acceptance_is_withdrawn_and_stays_on_record(world):
    accepting.accept(world.amina, world.insulin_answer)
    accepting.withdraw(world.amina, world.insulin_answer, "It changed.")
    db.session.expire_all()
    assert world.insulin.accepted_id is None
    assert records()[0].reason == "It changed."


def test_what_is_not_accepted_cannot_be_withdrawn(world, other):
    accepting.accept(world.amina, world.insulin_answer)
    accepting.withdraw(world.amina, other)
    db.session.expire_all()
    assert world.insulin.accepted_id == world.insulin_answer.id


def test_an_asker_cannot_undo_a_moderators(world, other):
    accepting.accept(world.ruth, world.insulin_answer)
    with pytest.raises(Refused, match="moderator"):
        accepting.withdraw(world.amina, world.insulin_answer)
    with pytest.raises(Refused, match="moderator"):
        accepting.accept(world.amina, other)


def test_a_moderator_can_undo_an_askers_and_says_why(world):
    accepting.accept(world.amina, world.insulin_answer)
    with pytest.raises(Invalid, match="why"):
        accepting.withdraw(world.ruth, world.insulin_answer)
    accepting.withdraw(world.ruth, world.insulin_answer, "Out of date.")
    assert records()[0].ended_by_id == world.ruth.id


def test_a_removed_answer_is_not_accepted(world):
    hiding.hide(world.ruth, world.insulin_answer, "wrong")
    with pytest.raises(Gone):
        accepting.accept(world.amina, world.insulin_answer)


def test_removing_an_accepted_answer_ends_its_acceptance(world):
    accepting.accept(world.amina, world.insulin_answer)
    hiding.hide(world.jonas, world.insulin_answer)
    db.session.expire_all()
    assert world.insulin.accepted_id is None
    assert records()[0].reason == "The answer was removed."
