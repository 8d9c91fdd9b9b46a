"""Flags, and what came of them."""

import pytest
from sqlalchemy import select

from board.activity.verbs import Verb
from board.core.database import db
from board.core.errors import Conflict, Gone, Invalid, Refused
from board.inbox.models import Notification
from board.moderation import flagging
from board.moderation.models import Flag, Outcome
from board.posts import hiding, locking


def told(person):
    db.session.flush()
    return list(db.session.scalars(select(Notification.verb).filter_by(person_id=person.id)))


def waiting(due):
    return [row.id for row in db.session.execute(due())]


def test_a_flag_waits_and_its_author_hears_nothing(world):
    before = told(world.jonas)
    flagging.flag(world.amina, world.insulin_answer, "wrong", " Six \n weeks now. ")
    assert waiting(flagging.other) == [2]
    assert waiting(flagging.unsafe) == []
    assert told(world.jonas) == before
    assert db.session.scalar(select(Flag.words)) == "Six weeks now."


def test_one_that_says_unsafe_makes_it_grave(world):
    flagging.flag(world.amina, world.insulin_answer, "wrong")
    flagging.flag(world.priya, world.insulin_answer, "unsafe")
    assert waiting(flagging.unsafe) == [2]
    assert waiting(flagging.other) == []
    assert [each.reason for each in flagging.on_post(2)] == ["unsafe", "wrong"]


def test_one_open_flag_a_person_and_post(world):
    flagging.flag(world.amina, world.insulin_answer, "wrong")
    with pytest.raises(Conflict, match="already"):
        flagging.flag(world.amina, world.insulin_answer, "rude")
    flagging.settle(world.ruth, 2, Outcome.DECLINED)
    flagging.flag(world.amina, world.insulin_answer, "rude")


@pytest.mark.parametrize(("reason", "field"), [("", "reason"), ("x", "reason"), ("other", "words")])
def test_a_reason_is_needed(world, reason, field):
    with pytest.raises(Invalid) as refused:
        flagging.flag(world.amina, world.insulin_answer, reason)
    assert list(refused.value.fields) == [field]


def test_nobody_flags_their_own(world):
    with pytest.raises(Refused, match="your own"):
        flagging.flag(world.jonas, world.insulin_answer, "wrong")


def test_a_locked_question_can_be_flagged_a_removed_one_not(world):
    locking.lock(world.ruth, world.insulin, "x")
    flagging.flag(world.priya, world.insulin, "unsafe")
    hiding.hide(world.ruth, world.insulin, "x")
    with pytest.raises(Gone):
        flagging.flag(world.jonas, world.insulin, "unsafe")


@pytest.mark.parametrize(
    ("outcome", "verb"),
    [(Outcome.UPHELD, Verb.FLAG_UPHELD), (Outcome.DECLINED, Verb.FLAG_DECLINED)],
)
def test_everybody_who_flagged_hears_the_outcome(world, outcome, verb):
    flagging.flag(world.amina, world.insulin_answer, "wrong")
    flagging.flag(world.priya, world.insulin_answer, "unsafe")
    flagging.settle(world.ruth, 2, outcome, "Thank you.")
    assert verb in told(world.amina)
    assert verb in told(world.priya)
    [(flag, title)] = flagging.flagged_by(world.amina.id)
    assert (flag.outcome, flag.reply, title) == (outcome, "Thank you.", world.insulin.title)
    assert waiting(flagging.unsafe) == []
