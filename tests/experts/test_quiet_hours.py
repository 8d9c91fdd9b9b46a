"""Quiet hours: across midnight, and when the clocks change."""

from datetime import UTC, datetime, time

import pytest

from board.core.clock import held_at
from board.core.database import db
from board.core.errors import Invalid, Refused
from board.experts import reaching, requesting
from board.experts.models import Reachability
from board.inbox import reading
from board.inbox.models import Notification


def at(*moment):
    return datetime(*moment, tzinfo=UTC)


def quiet(begins, ends):
    return Reachability(quiet_from=time.fromisoformat(begins), quiet_to=time.fromisoformat(ends))


@pytest.mark.parametrize(
    ("begins", "ends", "moment", "until"),
    [
        ("22:00", "07:00", at(2026, 6, 5, 20, 59), None),
        ("22:00", "07:00", at(2026, 6, 5, 21), at(2026, 6, 6, 6)),
        ("22:00", "07:00", at(2026, 6, 6, 5, 59), at(2026, 6, 6, 6)),
        ("22:00", "07:00", at(2026, 6, 6, 6), None),
        ("09:00", "12:00", at(2026, 6, 5, 8), at(2026, 6, 5, 11)),
        ("09:00", "12:00", at(2026, 6, 5, 11), None),
        # The clocks go forward at 01:00 on 29 March, back at 02:00 (01:00 again) on 25 October.
        ("22:00", "07:00", at(2026, 3, 28, 23), at(2026, 3, 29, 6)),
        ("22:00", "07:00", at(2026, 3, 29, 6), None),
        ("22:00", "07:00", at(2026, 10, 25, 6, 30), at(2026, 10, 25, 7)),
        ("22:00", "01:30", at(2026, 10, 25, 0, 45), at(2026, 10, 25, 1, 30)),
        ("22:00", "01:30", at(2026, 10, 25, 1, 15), at(2026, 10, 25, 1, 30)),
        ("22:00", "01:30", at(2026, 10, 25, 1, 30), None),
        ("22:00", "01:30", at(2026, 3, 29, 0, 59), at(2026, 3, 29, 1, 30)),
    ],
)
def test_quiet_hours(world, begins, ends, moment, until):
    assert reaching.quiet_until(quiet(begins, ends), moment) == until


def test_without_them_nothing_is_quiet(world):
    assert reaching.quiet_until(Reachability(), at(2026, 6, 5, 21)) is None


@pytest.mark.parametrize(
    ("begins", "ends", "wrong"),
    [
        ("22:00", "", "quiet_to"),
        ("", "07:00", "quiet_from"),
        ("ten", "07:00", "quiet_from"),
        ("07:00", "07:00", "quiet_from"),
    ],
)
def test_what_cannot_be_is_said(world, begins, ends, wrong):
    with pytest.raises(Invalid) as problem:
        reaching.set_reachability(world.jonas, quiet_from=begins, quiet_to=ends)
    assert wrong in problem.value.fields


def test_a_request_in_them_is_read_afterwards(world):
    reaching.set_reachability(world.jonas, quiet_from="22:00", quiet_to="07:00")
    with held_at(at(2026, 6, 5, 22)):
        requesting.ask_expert(world.priya, world.pump, world.jonas)
        db.session.flush()
        assert reading.unread(world.jonas.id) == 0
        [news] = db.session.query(Notification).filter_by(person_id=world.jonas.id)
        assert news.snoozed_until == at(2026, 6, 6, 6)
    with held_at(at(2026, 6, 6, 6)):
        assert reading.unread(world.jonas.id) == 1


def test_after_the_last_day_nobody_is_asked(world):
    with held_at(at(2026, 6, 5, 9)):
        reaching.set_reachability(world.jonas, last_day="2026-06-06")
    with held_at(at(2026, 6, 6, 9)):
        requesting.ask_expert(world.priya, world.pump, world.jonas)
    with held_at(at(2026, 6, 7, 9)), pytest.raises(Refused, match="away"):
        requesting.ask_expert(world.ruth, world.insulin, world.jonas)


def test_a_deputy_is_told_and_may_say_no(world):
    reaching.set_reachability(world.jonas, deputy="ruth")
    reaching.set_reachability(world.jonas, deputy="ruth", line="4567")
    db.session.flush()
    [news] = db.session.query(Notification).filter_by(person_id=world.ruth.id)
    assert (news.verb, news.about_person_id) == ("deputy_named", world.jonas.id)
    assert [person.handle for person in reaching.stands_in_for(world.ruth.id)] == ["jonas"]
    with pytest.raises(Refused):
        reaching.stop_standing_in(world.amina, world.jonas)
    reaching.stop_standing_in(world.ruth, world.jonas)
    db.session.flush()
    assert reaching.of(world.jonas.id).deputy_id is None
    [news] = db.session.query(Notification).filter_by(person_id=world.jonas.id)
    assert (news.verb, news.about_person_id) == ("deputy_declined", world.ruth.id)
