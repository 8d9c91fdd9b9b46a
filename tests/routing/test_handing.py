"""What waits with people who are not here goes to somebody who is."""

from datetime import timedelta

import pytest

from board.core.database import db
from board.core.errors import Conflict, Refused
from board.experts import reaching, requesting
from board.experts.models import State
from board.people import leaving
from board.posts import asking
from board.routing import handing
from board.routing.models import Escalation


@pytest.fixture
def waiting(world, seat_for):
    """Jonas, an expert for pumps, was asked about Priya's pump."""
    seat_for(world.jonas, "pumps")
    request = requesting.ask_expert(world.priya, world.pump, world.jonas)
    db.session.commit()
    return request


def in_days(days):
    return (reaching.today() + timedelta(days=days)).isoformat()


def listed(person):
    db.session.flush()
    return [row.id for row in handing.requests(person)], [row.tag for row in handing.seats(person)]


@pytest.mark.parametrize(
    ("fields", "is_listed"),
    [
        ({}, False),
        ({"away_until": 7}, False),
        ({"away_until": 8}, True),
        ({"last_day": 14}, True),
        ({"last_day": 15}, False),
    ],
)
def test_who_is_away_for_long_or_leaves_is_listed(world, waiting, fields, is_listed):
    days = {name: in_days(days) for name, days in fields.items()}
    reaching.set_reachability(world.jonas, **days)
    assert listed(world.ruth) == (([waiting.id], ["pumps"]) if is_listed else ([], []))


def test_who_has_left_is_listed_for_moderators_and_the_lead(world, waiting, seat_for):
    seat_for(world.amina, "pumps")
    leaving.deactivate(world.tomasz, world.jonas)
    for person in (world.ruth, world.amina):
        assert listed(person) == ([waiting.id], ["pumps"])
    assert handing.may_look(world.amina)
    assert not handing.may_look(world.priya)


def test_it_goes_to_somebody_else(world, waiting):
    leaving.deactivate(world.tomasz, world.jonas)
    made = handing.hand_over(world.ruth, waiting, world.amina)
    assert (waiting.state, made.person, made.asker) == (State.PASSED, world.amina, world.priya)
    assert listed(world.ruth)[0] == []
    with pytest.raises(Conflict):
        handing.hand_over(world.ruth, waiting, world.tomasz)


def test_or_back_to_the_ladder(world, waiting):
    handing.give_back(world.ruth, waiting)
    assert waiting.state == State.WITHDRAWN
    assert db.session.get(Escalation, world.pump.id).due_at is not None


def test_others_hand_nothing_over(world, waiting, seat_for):
    seat_for(world.amina, "gloves")
    for person in (world.amina, world.priya):
        with pytest.raises(Refused):
            handing.hand_over(person, waiting, world.tomasz)
        with pytest.raises(Refused):
            handing.give_back(person, waiting)


def test_all_of_one_person_at_once(world, waiting):
    own = asking.ask(world.amina, "Mine?", "", "pumps")
    requesting.ask_expert(world.amina, own, world.jonas)
    leaving.deactivate(world.tomasz, world.jonas)
    assert handing.hand_over_all(world.ruth, world.jonas, world.amina) == (1, 1)
    assert listed(world.ruth)[0] == []


def test_the_cap_of_whoever_gets_it_holds(world, waiting):
    reaching.set_reachability(world.amina, cap="0")
    with pytest.raises(Refused, match="takes 0"):
        handing.hand_over(world.ruth, waiting, world.amina)
    assert handing.hand_over_all(world.ruth, world.jonas, None) == (0, 1)
