"""Closing a question and reopening it."""

import pytest
from sqlalchemy import select

from board.activity.verbs import Verb
from board.core.database import db
from board.core.errors import Conflict, Invalid, Refused
from board.inbox.models import Notification
from board.posts import answering, closing, commenting, locking
from board.posts.records import Closure


def told(person):
    db.session.flush()
    return list(db.session.scalars(select(Notification.verb).filter_by(person_id=person.id)))


def test_a_closed_question_takes_no_answers_but_comments(world):
    closing.close(world.ruth, world.pump, "policy", "The pump policy, page 4.")
    with pytest.raises(Refused, match="closed"):
        answering.answer(world.jonas, world.pump, "Too late.")
    commenting.comment(world.jonas, world.pump, "Thank you.")


def test_the_asker_hears_of_it(world):
    closing.close(world.ruth, world.pump, "elsewhere")
    assert Verb.CLOSED in told(world.priya)


def test_it_is_on_record_who_closed_it_when_and_why(world):
    closing.close(world.ruth, world.pump, "other", " Solved \n by phone. ")
    closing.reopen(world.ruth, world.pump)
    [closure] = db.session.scalars(select(Closure))
    assert (closure.closed_by, closure.closed_as, closure.note) == (
        world.ruth,
        "other",
        "Solved by phone.",
    )
    assert closure.ended_by_id == world.ruth.id
    answering.answer(world.jonas, world.pump, "It takes answers again.")


def test_the_second_of_two_hears_who_was_quicker(world):
    closing.close(world.ruth, world.pump, "elsewhere")
    with pytest.raises(Conflict, match="Ruth Okafor has closed this already"):
        closing.close(world.tomasz, world.pump, "detail")
    assert world.pump.closed_as == "elsewhere"


def test_a_duplicate_leads_to_the_original(world):
    closing.close(world.priya, world.pump, "duplicate", original=world.insulin)
    assert world.pump.duplicate_of_id == world.insulin.id


@pytest.mark.parametrize("name", [None, "pump"])
def test_a_duplicate_names_another_question(world, name):
    original = getattr(world, name) if name else None
    with pytest.raises(Invalid) as refused:
        closing.close(world.ruth, world.pump, "duplicate", original=original)
    assert list(refused.value.fields) == ["original"]


def test_duplicates_do_not_lead_in_circles(world):
    closing.close(world.ruth, world.pump, "duplicate", original=world.insulin)
    with pytest.raises(Invalid, match="duplicate too"):
        closing.close(world.ruth, world.insulin, "duplicate", original=world.pump)


@pytest.mark.parametrize(("reason", "field"), [("", "reason"), ("x", "reason"), ("other", "note")])
def test_a_reason_is_needed(world, reason, field):
    with pytest.raises(Invalid) as refused:
        closing.close(world.ruth, world.pump, reason)
    assert list(refused.value.fields) == [field]


def test_the_asker_reopens_only_what_they_closed_themselves(world):
    closing.close(world.priya, world.pump, "elsewhere")
    closing.reopen(world.priya, world.pump)
    closing.close(world.ruth, world.pump, "elsewhere")
    with pytest.raises(Refused, match="A moderator closed this"):
        closing.reopen(world.priya, world.pump)


def test_locking_says_why(world):
    with pytest.raises(Invalid):
        locking.lock(world.ruth, world.pump, " ")
    locking.lock(world.ruth, world.pump, "Two of us disagree; the pharmacy decides.")
    locking.lock(world.ruth, world.pump, "again")
    assert told(world.priya).count(Verb.LOCKED) == 1
