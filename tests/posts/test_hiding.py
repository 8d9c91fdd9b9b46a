"""Removing, and bringing back."""

from datetime import timedelta

import pytest

from board.core import clock
from board.core.database import db
from board.core.errors import Invalid, Refused
from board.posts import hiding, lists, locking
from board.posts.lists import Tab
from board.tags import naming


def listed():
    db.session.flush()
    return [row.id for row in lists.questions(Tab.NEWEST).rows]


def test_a_removed_question_is_in_no_list_and_no_count(world):
    hiding.hide(world.priya, world.pump)
    assert world.pump.id not in listed()
    assert naming.tag_called("pumps").question_count == 0
    assert lists.questions(Tab.NEWEST, tag_id=naming.tag_called("pumps").id).rows == []


def test_and_back_again(world):
    hiding.hide(world.priya, world.pump)
    hiding.restore(world.priya, world.pump)
    assert world.pump.id in listed()
    assert naming.tag_called("pumps").question_count == 1
    assert len(lists.questions(Tab.NEWEST, tag_id=naming.tag_called("pumps").id).rows) == 1


def test_a_removed_answer_is_not_counted(world):
    hiding.hide(world.jonas, world.insulin_answer)
    db.session.expire_all()
    assert world.insulin.answer_count == 0
    assert world.insulin.id in [row.id for row in lists.questions(Tab.UNANSWERED).rows]
    hiding.restore(world.jonas, world.insulin_answer)
    db.session.expire_all()
    assert world.insulin.answer_count == 1


def test_removing_twice_changes_nothing(world):
    hiding.hide(world.jonas, world.insulin_answer)
    hiding.hide(world.jonas, world.insulin_answer)
    db.session.expire_all()
    assert world.insulin.answer_count == 0


def test_a_question_that_others_answered_is_removed_by_a_moderator_only(world):
    with pytest.raises(Refused, match="Others have answered"):
        hiding.hide(world.amina, world.insulin)
    hiding.hide(world.ruth, world.insulin, "duplicate")
    assert not world.insulin.is_visible


def test_an_answer_of_ones_own_does_not_keep_a_question(world):
    from board.posts import answering

    answering.answer(world.priya, world.pump, "Found it.")
    hiding.hide(world.priya, world.pump)
    assert not world.pump.is_visible


def test_others_remove_nothing(world):
    with pytest.raises(Refused, match="Only its author"):
        hiding.hide(world.priya, world.insulin_answer)


def test_a_moderator_says_why(world):
    with pytest.raises(Invalid, match="why"):
        hiding.hide(world.ruth, world.insulin_answer, " ")
    hiding.hide(world.ruth, world.insulin_answer, "Wrong dose form")
    assert hiding.standing_hiding(world.insulin_answer.id).reason == "Wrong dose form"


def test_an_author_cannot_undo_a_moderators(world):
    hiding.hide(world.ruth, world.insulin_answer, "wrong")
    with pytest.raises(Refused, match="moderator"):
        hiding.restore(world.jonas, world.insulin_answer)


@pytest.mark.parametrize(("days", "allowed"), [(29, True), (31, False)])
def test_an_author_has_thirty_days(world, days, allowed):
    hiding.hide(world.jonas, world.insulin_answer)
    with clock.held_at(clock.now() + timedelta(days=days)):
        if allowed:
            hiding.restore(world.jonas, world.insulin_answer)
        else:
            with pytest.raises(Refused):
                hiding.restore(world.jonas, world.insulin_answer)


def test_a_moderator_has_for_ever(world):
    hiding.hide(world.jonas, world.insulin_answer)
    with clock.held_at(clock.now() + timedelta(days=4000)):
        hiding.restore(world.ruth, world.insulin_answer)


def test_what_is_not_removed_stays_as_it_is(world):
    version = world.insulin.version
    hiding.restore(world.ruth, world.insulin)
    assert world.insulin.version == version


def test_nothing_comes_back_in_a_locked_question_but_by_a_moderator(world):
    hiding.hide(world.jonas, world.insulin_answer)
    locking.lock(world.ruth, world.insulin, "Under review.")
    with pytest.raises(Refused, match="locked"):
        hiding.restore(world.jonas, world.insulin_answer)
    hiding.restore(world.ruth, world.insulin_answer)
    assert world.insulin_answer.is_visible
