"""Dates and times as people read them."""

from datetime import UTC, datetime

import pytest

from board.core import clock

ZONE = "Europe/London"


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_a_date_can_be_read_only_one_way():
    assert clock.as_date(at(2026, 6, 5, 12), ZONE) == "05 Jun 2026"


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (at(2026, 3, 29, 0, 59), "00:59"),
        (at(2026, 3, 29, 1, 0), "02:00"),  # the hour that summer time leaves out
        (at(2026, 10, 25, 0, 30), "01:30"),
        (at(2026, 10, 25, 1, 30), "01:30"),  # and the hour that there is twice
    ],
)
def test_summer_time(moment, shown):
    assert clock.as_time(moment, ZONE) == shown


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(2026, 6, 5, 22, 59), "today 23:59"),
        (at(2026, 6, 4, 23, 0), "today 00:00"),
        (at(2026, 6, 4, 22, 59), "yesterday 23:59"),
        (at(2026, 6, 3, 12), "03 Jun 2026 13:00"),
    ],
)
def test_a_moment_in_words_goes_by_the_sites_midnight(moment, words):
    with clock.held_at(at(2026, 6, 5, 20)):
        assert clock.in_words(moment, ZONE) == words


def test_a_held_clock_is_let_go():
    with clock.held_at(at(2026, 1, 1)):
        assert clock.now() == at(2026, 1, 1)
    assert clock.now() > at(2026, 1, 1)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(2026, 3, 28, 23, 59), "yesterday 23:59"),
        (at(2026, 3, 29, 0, 0), "today 00:00"),
        (at(2026, 3, 29, 1, 0), "today 02:00"),
    ],
)
def test_the_night_that_is_an_hour_short(moment, words):
    with clock.held_at(at(2026, 3, 29, 6)):
        assert clock.in_words(moment, ZONE) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(2026, 10, 24, 22, 59), "yesterday 23:59"),
        (at(2026, 10, 24, 23, 0), "today 00:00"),
        (at(2026, 10, 25, 23, 59), "today 23:59"),
    ],
)
def test_the_night_that_is_an_hour_long(moment, words):
    with clock.held_at(at(2026, 10, 25, 23, 59)):
        assert clock.in_words(moment, ZONE) == words


def test_a_time_is_on_24_hours_and_has_two_digits_each():
    assert clock.as_time(at(2026, 1, 5, 0, 5), ZONE) == "00:05"
    assert clock.as_time(at(2026, 1, 5, 13, 5), ZONE) == "13:05"


@pytest.mark.parametrize(
    ("there", "moment", "exists"),
    [
        (datetime(2026, 6, 5, 9), at(2026, 6, 5, 8), True),
        (datetime(2026, 3, 29, 1, 30), at(2026, 3, 29, 1, 30), False),
        (datetime(2026, 10, 25, 1, 30), at(2026, 10, 25, 0, 30), True),
        (datetime(2026, 10, 25, 1, 30, fold=1), at(2026, 10, 25, 1, 30), True),
    ],
)
def test_what_a_clock_on_the_wall_shows_is_a_moment(there, moment, exists):
    assert clock.from_local(there, ZONE) == moment
    assert clock.exists(there, ZONE) is exists


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(2026, 6, 5, 22, 59), "23:59"),
        (at(2026, 6, 5, 23), "Sat 06 Jun 00:00"),
        (at(2026, 6, 4, 12), "Thu 04 Jun 13:00"),
    ],
)
def test_a_moment_that_is_near(moment, words):
    with clock.held_at(at(2026, 6, 5, 20)):
        assert clock.on_day(moment, ZONE) == words
