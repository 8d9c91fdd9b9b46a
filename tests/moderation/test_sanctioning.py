"""Warnings and suspensions."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core.clock import held_at, now
from board.core.errors import Invalid, Refused
from board.moderation import flagging, sanctioning
from board.moderation.models import Outcome
from board.posts import hiding


def day(ahead):
    return (now() + timedelta(days=ahead)).date().isoformat()


def test_a_warning_waits_until_it_was_read(world):
    given = sanctioning.warn(world.ruth, world.jonas, " Please be \n kinder. ")
    assert given.words == "Please be kinder."
    assert world.jonas.warned_at is not None
    with pytest.raises(Refused):
        sanctioning.acknowledge(world.amina, given)
    sanctioning.acknowledge(world.jonas, given)
    assert world.jonas.warned_at is None
    assert given.acknowledged_at is not None


def test_a_suspension_ends_by_itself(world):
    sanctioning.suspend(world.ruth, world.jonas, day(2), "Advertising.")
    with pytest.raises(Refused, match="until"):
        sanctioning.require_not_suspended(world.jonas)
    with held_at(now() + timedelta(days=4)):
        sanctioning.require_not_suspended(world.jonas)


def test_or_is_ended(world):
    given = sanctioning.suspend(world.ruth, world.jonas, day(2), "Advertising.")
    sanctioning.end_suspension(world.tomasz, world.jonas)
    sanctioning.require_not_suspended(world.jonas)
    assert given.ended_by_id == world.tomasz.id


@pytest.mark.parametrize("until", ["", "soon", "2001-01-01", "2999-01-01"])
def test_until_when_is_a_day_to_come(world, until):
    with pytest.raises(Invalid) as refused:
        sanctioning.suspend(world.ruth, world.jonas, until, "x")
    assert list(refused.value.fields) == ["until"]
    assert world.jonas.suspended_until is None


def test_words_are_needed(world):
    with pytest.raises(Invalid):
        sanctioning.warn(world.ruth, world.jonas, "  ")


@pytest.mark.parametrize(
    ("who", "whom"),
    [("amina", "jonas"), ("ruth", "ruth"), ("ruth", "tomasz"), ("tomasz", "tomasz")],
)
def test_who_may_not(world, who, whom):
    for deed in (
        lambda: sanctioning.warn(getattr(world, who), getattr(world, whom), "x"),
        lambda: sanctioning.suspend(getattr(world, who), getattr(world, whom), day(1), "x"),
        lambda: sanctioning.end_suspension(getattr(world, who), getattr(world, whom)),
    ):
        with pytest.raises(Refused, match="Moderators do this"):
            deed()


def test_it_is_on_record_without_the_words(world):
    sanctioning.warn(world.ruth, world.jonas, "Please be kinder.")
    [activity] = world_activities(Verb.WARNED)
    assert activity.detail == {}


def world_activities(verb):
    from board.core.database import db

    return db.session.scalars(select(Activity).filter_by(verb=verb)).all()


def test_what_a_moderator_needs_to_know_of_an_author(world):
    flagging.flag(world.amina, world.insulin_answer, "wrong")
    flagging.settle(world.ruth, 2, Outcome.UPHELD)
    hiding.hide(world.ruth, world.insulin_answer, "wrong")
    sanctioning.warn(world.ruth, world.jonas, "x")
    known = sanctioning.history(world.jonas.id)
    assert (known.posts, known.removed, known.upheld, known.warnings) == (2, 1, 1, 1)
    [removed] = sanctioning.removed_of(world.jonas.id)
    assert removed.reason == "wrong"
