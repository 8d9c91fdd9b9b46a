"""On top of the list: by moderators, three at a time, until a day, and only what can be read."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core.clock import held_at
from board.core.database import db
from board.core.errors import Conflict, Invalid, Refused
from board.moderation import erasing
from board.posts import asking, closing, featuring, hiding, locking, merging, reporting
from board.posts.records import Featuring
from board.privacy.elsewhere import Erasure

FRIDAY = datetime(2026, 6, 5, 12, 0, tzinfo=UTC)
SUNDAY = "2026-06-07"


@pytest.fixture(autouse=True)
def friday():
    with held_at(FRIDAY):
        yield


@pytest.fixture
def pump(world):
    featuring.feature(world.ruth, world.pump, SUNDAY, " New pumps \n since Monday. ")
    db.session.commit()
    return world.pump


def on_top():
    return [row.id for row in featuring.featured()]


def test_it_stands_on_top_until_the_end_of_that_day(pump):
    [row] = featuring.featured()
    assert (row.id, row.note, row.featured_by) == (
        pump.id,
        "New pumps since Monday.",
        "Ruth Okafor",
    )
    assert row.until == datetime(2026, 6, 7, 22, 59, 59, tzinfo=UTC)
    with held_at(FRIDAY + timedelta(days=3)):
        assert on_top() == []


@pytest.mark.parametrize("name", ["priya", "jonas"])
def test_only_moderators_do_it(world, pump, name):
    with pytest.raises(Refused):
        featuring.feature(getattr(world, name), world.insulin, SUNDAY)
    with pytest.raises(Refused):
        featuring.end(getattr(world, name), pump)
    assert on_top() == [pump.id]


@pytest.mark.parametrize("until", ["", "soon", "2026-06-04", "2026-12-05", "9999-12-31"])
def test_a_day_that_will_not_do(world, until):
    with pytest.raises(Invalid) as refused:
        featuring.feature(world.ruth, world.pump, until)
    assert list(refused.value.fields) == ["until"]


def test_three_at_a_time(world, pump):
    featuring.feature(world.ruth, world.insulin, SUNDAY)
    featuring.feature(world.tomasz, world.gloves, SUNDAY)
    fourth = asking.ask(world.priya, "Where are the spare pumps?")
    with pytest.raises(Conflict, match=r"3 are featured already: .*gloves.*Take one away"):
        featuring.feature(world.ruth, fourth, SUNDAY)
    closing.close(world.ruth, world.insulin, "policy")
    featuring.feature(world.ruth, fourth, SUNDAY)
    assert on_top() == [fourth.id, world.gloves.id, pump.id]


def test_the_second_of_two_hears_who_was_quicker(world, pump):
    with pytest.raises(Conflict, match="Ruth Okafor has featured this already, until 07 Jun 2026"):
        featuring.feature(world.tomasz, pump, "2026-06-20")


def test_when_its_day_is_over_it_can_be_featured_again(world, pump):
    with held_at(FRIDAY + timedelta(days=4)):
        featuring.feature(world.tomasz, pump, "2026-06-12")
        assert on_top() == [pump.id]
    first, second = db.session.scalars(select(Featuring).order_by(Featuring.id))
    assert (first.ended_at, first.ended_by_id) == (first.until, None)
    assert second.ended_at is None


def test_taken_away_it_is_gone_and_on_record(world, pump):
    featuring.end(world.tomasz, pump)
    featuring.end(world.ruth, pump)
    assert on_top() == []
    [row] = db.session.scalars(select(Featuring))
    assert row.ended_by_id == world.tomasz.id
    verbs = db.session.scalars(
        select(Activity.verb).where(Activity.verb.in_([Verb.FEATURED, Verb.FEATURE_ENDED]))
    )
    assert sorted(verbs) == [Verb.FEATURE_ENDED, Verb.FEATURED]


def withhold(world):
    reporting.report(world.jonas, world.pump)


GONE = {
    "closed": lambda world: closing.close(world.priya, world.pump, "elsewhere"),
    "removed": lambda world: hiding.hide(world.ruth, world.pump, "x"),
    "withheld": withhold,
    "merged": lambda world: merging.merge(world.ruth, world.pump, world.insulin),
}


@pytest.mark.parametrize("how", list(GONE))
def test_what_nobody_reads_there_drops_out(world, pump, how):
    GONE[how](world)
    db.session.flush()
    assert on_top() == []


def test_it_comes_back_with_the_question(world, pump):
    closing.close(world.priya, pump, "elsewhere")
    assert on_top() == []
    closing.reopen(world.priya, pump)
    assert on_top() == [pump.id]


def test_a_locked_question_stays(world, pump):
    locking.lock(world.ruth, pump, "Under review.")
    assert on_top() == [pump.id]


def test_a_purge_takes_the_words_along(world, pump):
    erasing.erase(Erasure(pump.id, pump.id, "Removed", 1))
    assert [row.note for row in featuring.featured()] == [""]
