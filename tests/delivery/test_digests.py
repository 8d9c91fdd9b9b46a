"""Digests: once a day or a week, at the site's hour, on the days when the clocks change too."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from board.core.clock import held_at
from board.core.database import db
from board.delivery import periods
from board.delivery.models import Frequency
from board.posts import answering

MONDAY = datetime(2026, 6, 8, 9, 0, tzinfo=UTC)  # ten o'clock in London
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def answer(world, at):
    with held_at(at):
        answering.answer(world.priya, world.insulin, "It says so.")
        db.session.commit()


def test_a_digest_comes_the_next_morning_and_once(world, relay, wants, work):
    with held_at(MONDAY):
        wants(world.amina, "daily")
    answer(world, MONDAY + HOUR)
    answer(world, MONDAY + 2 * HOUR)
    work(MONDAY + 20 * HOUR)  # five to six: not yet
    assert relay.seen == []
    for hours in (21, 22, 30):
        work(MONDAY + hours * HOUR)
    [mail] = relay.mails
    assert mail["Subject"] == "Wardboard: 2 answers to your questions"


def test_what_comes_after_it_waits_for_the_next(world, relay, wants, work):
    with held_at(MONDAY):
        wants(world.amina, "daily")
    work(MONDAY + DAY)
    answer(world, MONDAY + DAY + HOUR)
    work(MONDAY + DAY + 2 * HOUR)
    assert relay.seen == [], "today's was due before it, and had nothing to say"
    work(MONDAY + 2 * DAY)
    work(MONDAY + 3 * DAY)
    assert len(relay.seen) == 1, "and it is said once"


def test_a_server_that_slept_sends_it_when_it_wakes(world, relay, wants, work):
    with held_at(MONDAY):
        wants(world.amina, "daily")
    answer(world, MONDAY + HOUR)
    work(MONDAY + 5 * DAY)
    assert len(relay.seen) == 1


def test_whoever_chooses_it_today_gets_none_for_yesterday(world, relay, wants, work):
    answer(world, MONDAY - HOUR)
    with held_at(MONDAY):
        wants(world.amina, "daily")
    work(MONDAY + HOUR)
    work(MONDAY + DAY)
    assert relay.seen == []


def test_a_weekly_digest_comes_on_its_day(world, relay, wants, work, configure):
    configure(mail_digest_weekday="thursday")
    with held_at(MONDAY):
        wants(world.amina, "weekly")
    answer(world, MONDAY + HOUR)
    for days in range(1, 20):
        work(MONDAY + days * DAY)
        assert len(relay.seen) == (1 if days >= 3 else 0)


def test_from_at_once_to_daily_nothing_comes_twice(world, relay, wants, work):
    with held_at(MONDAY):
        wants(world.amina, "immediately")
    answer(world, MONDAY + HOUR)
    work(MONDAY + HOUR)
    with held_at(MONDAY + 2 * HOUR):
        wants_daily(world)
    work(MONDAY + DAY)
    assert len(relay.seen) == 1


def wants_daily(world):
    from board.delivery import choosing

    choosing.choose(world.amina, "daily", "amina@hospital.example")


# In London the clocks go forward on 29 March 2026 at 01:00, back on 25 October at 02:00.
CHANGES = [
    (7, datetime(2026, 3, 27, tzinfo=UTC), 6),
    (7, datetime(2026, 10, 23, tzinfo=UTC), 6),
    (1, datetime(2026, 3, 27, tzinfo=UTC), 6),  # an hour that one day does not have
    (1, datetime(2026, 10, 23, tzinfo=UTC), 6),  # an hour that one day has twice
    (0, datetime(2026, 3, 27, tzinfo=UTC), 6),
    (23, datetime(2026, 10, 23, tzinfo=UTC), 6),
]


@pytest.mark.parametrize(("hour", "begin", "days"), CHANGES)
def test_each_day_has_one_digest_across_a_change_of_the_clocks(world, configure, hour, begin, days):
    configure(mail_digest_hour=hour)
    seen = {}
    for quarters in range(days * 96):
        moment = begin + quarters * timedelta(minutes=15)
        day, due = periods.latest(Frequency.DAILY, moment)
        assert due <= moment
        seen.setdefault(day, set()).add(due)
    assert all(len(dues) == 1 for dues in seen.values())
    assert sorted(seen) == [min(seen) + timedelta(days=n) for n in range(len(seen))]
    dues = sorted(due for (due,) in seen.values())
    apart = {later - earlier for earlier, later in pairwise(dues)}
    assert apart <= {23 * HOUR, DAY, 25 * HOUR}


def test_seven_stays_seven_for_people(world):
    for moment in (
        datetime(2026, 3, 28, 12),
        datetime(2026, 3, 29, 12),
        datetime(2026, 10, 25, 12),
    ):
        _, due = periods.latest(Frequency.DAILY, moment.replace(tzinfo=UTC))
        assert due.astimezone(periods.ZoneInfo("Europe/London")).hour == 7


def test_a_week_across_the_change(world, configure):
    configure(mail_digest_weekday="sunday", mail_digest_hour=1)
    assert periods.latest(Frequency.WEEKLY, datetime(2026, 3, 29, 0, 59, tzinfo=UTC))[0] == date(
        2026, 3, 22
    )
    assert periods.latest(Frequency.WEEKLY, datetime(2026, 3, 29, 1, 0, tzinfo=UTC))[0] == date(
        2026, 3, 29
    )


def test_across_the_change_mail_comes_once_a_day(world, relay, wants, work):
    begin = datetime(2026, 10, 23, 12, tzinfo=UTC)
    with held_at(begin):
        wants(world.amina, "daily")
    for hours in range(96):
        if hours % 24 == 1:
            answer(world, begin + hours * HOUR)
        work(begin + hours * HOUR)
    assert [mail["Date"].datetime.hour for mail in relay.mails] == [6, 7, 7, 7]
