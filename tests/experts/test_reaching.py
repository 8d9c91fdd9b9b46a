"""What somebody says of how they can be reached."""

from datetime import UTC, datetime, timedelta

import pytest

from board.core.clock import held_at
from board.core.database import db
from board.core.errors import Invalid
from board.experts import reaching


def test_until_they_say_something_five_a_week(world):
    said = reaching.of(world.jonas.id)
    assert (said.line, said.weekly_cap, said.away_until, said.deputy) == ("", 5, None, None)


def test_they_say_how_and_how_often(world):
    tomorrow = (reaching.today() + timedelta(days=1)).isoformat()
    reaching.set_reachability(
        world.jonas, line=" bleep  2210 ", cap="3", away_until=tomorrow, deputy="@Priya"
    )
    db.session.flush()
    said = reaching.of(world.jonas.id)
    assert (said.line, said.weekly_cap, said.deputy.name) == ("bleep 2210", 3, world.priya.name)
    assert reaching.is_away(said)
    reaching.set_reachability(world.jonas)
    assert not reaching.is_away(reaching.of(world.jonas.id))


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("line", "x" * 121),
        ("cap", "many"),
        ("cap", "51"),
        ("cap", "-1"),
        ("away_until", "tomorrow"),
        ("away_until", "2001-01-01"),
        ("deputy", "nobody"),
        ("deputy", "jonas"),
        ("deputy", "lena"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(world, field, typed):
    with pytest.raises(Invalid) as refused:
        reaching.set_reachability(world.jonas, **{field: typed})
    assert list(refused.value.fields) == [field]


def test_the_last_day_away_is_a_day_of_the_site(world, configure):
    configure(time_zone="Pacific/Auckland")
    with held_at(datetime(2026, 6, 5, 11, 0, tzinfo=UTC)):
        reaching.set_reachability(world.jonas, away_until="2026-06-05")
        db.session.flush()
        assert reaching.is_away(reaching.of(world.jonas.id))
    with held_at(datetime(2026, 6, 5, 12, 30, tzinfo=UTC)):
        assert not reaching.is_away(reaching.of(world.jonas.id))
