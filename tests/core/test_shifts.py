"""When this shift began: across midnight, and on the nights the clocks change."""

from datetime import UTC, datetime

import pytest

from board.core import shifts
from board.core.clock import held_at


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "began"),
    [
        # British summer: 07:30 on the wall is 06:30 in UTC.
        ("2026-06-05T06:29", "2026-06-04T18:30"),
        ("2026-06-05T06:30", "2026-06-05T06:30"),
        ("2026-06-05T12:02", "2026-06-05T06:30"),
        ("2026-06-05T23:30", "2026-06-05T18:30"),
        ("2026-06-06T00:30", "2026-06-05T18:30"),
        # Winter: they are the same.
        ("2026-12-05T00:10", "2026-12-04T19:30"),
        # The clocks go forward on 29 March at 01:00, back on 25 October at 01:00 UTC.
        ("2026-03-29T06:00", "2026-03-28T19:30"),
        ("2026-03-29T06:30", "2026-03-29T06:30"),
        ("2026-10-25T07:00", "2026-10-24T18:30"),
        ("2026-10-25T07:30", "2026-10-25T07:30"),
    ],
)
def test_this_shift(world, at, began):
    with held_at(moment(at)):
        assert shifts.began() == moment(began)


def test_a_change_within_the_hour_that_comes_twice(world, configure):
    configure(shift_times=("01:30",))
    with held_at(moment("2026-10-25T01:45")):  # 01:45 on the wall, for the second time
        assert shifts.began() == moment("2026-10-25T00:30")


def test_a_change_within_the_hour_that_is_left_out(world, configure):
    configure(shift_times=("01:30",))
    with held_at(moment("2026-03-29T01:10")):  # 02:10 on the wall; there was no 01:30
        assert shifts.began() == moment("2026-03-28T01:30")
    with held_at(moment("2026-03-29T12:00")):
        assert shifts.began() == moment("2026-03-29T01:30")


def test_three_shifts(world, configure):
    configure(shift_times=("14:00", "22:00", "06:00"))
    with held_at(moment("2026-12-05T21:00")):
        assert shifts.began() == moment("2026-12-05T14:00")
    with held_at(moment("2026-12-06T05:59")):
        assert shifts.began() == moment("2026-12-05T22:00")
