"""Groups: made by moderators, joined by invitation, asked in turns."""

import pytest
from sqlalchemy import select

from board.activity.verbs import Verb
from board.core.database import db
from board.core.errors import Conflict, Invalid, Refused
from board.experts import group_queries, grouping, queries, reaching, taking_turns
from board.experts.models import State
from board.inbox.models import Notification
from board.people import joining, leaving
from board.people.models import CONSOLE
from board.posts import asking


@pytest.fixture
def group(world):
    made = grouping.make(
        world.ruth,
        "@Meds-Info",
        name="Medicines information",
        line="4567",
        description="",
        tags="pumps",
    )
    for person in (world.jonas, world.amina):
        grouping.invite(world.ruth, made, person)
        grouping.join(person, made)
    db.session.flush()
    return made


def told(person):
    db.session.flush()
    mine = select(Notification.verb).where(Notification.person_id == person.id)
    return list(db.session.scalars(mine.order_by(Notification.id)))


def test_a_moderator_makes_one(world, group):
    assert group.handle == "meds-info"
    assert group_queries.tags_of(group.id) == ["pumps"]
    assert [row.handle for row in group_queries.members(group.id)] == ["amina", "jonas"]
    assert told(world.jonas) == [Verb.GROUP_INVITED]
    with pytest.raises(Refused):
        grouping.make(world.jonas, "x1", name="X", line="", description="", tags="")


@pytest.mark.parametrize(
    ("handle", "name", "wrong"),
    [("jonas", "X", "handle"), ("new", "X", "handle"), ("a b", "X", "handle"), ("x1", "", "name")],
)
def test_what_cannot_be_is_said(world, handle, name, wrong):
    with pytest.raises(Invalid) as problem:
        grouping.make(world.ruth, handle, name=name, line="", description="", tags="")
    assert set(problem.value.fields) == {wrong}


def test_nobody_joins_the_board_under_its_name(world, group):
    with pytest.raises(Conflict):
        joining.add(CONSOLE, "meds-info")


def test_members_invite_others_do_not(world, group):
    with pytest.raises(Refused):
        grouping.invite(world.priya, group, world.tomasz)
    grouping.invite(world.jonas, group, world.priya)
    with pytest.raises(Conflict):
        grouping.invite(world.jonas, group, world.priya)
    with pytest.raises(Refused):
        grouping.join(world.tomasz, group)
    assert not grouping.is_member(world.priya.id, group.id)
    grouping.join(world.priya, group)
    assert grouping.is_member(world.priya.id, group.id)


def test_members_leave_and_may_be_invited_again(world, group):
    with pytest.raises(Refused):
        grouping.leave(world.amina, group, world.jonas)
    grouping.leave(world.jonas, group, world.jonas)
    assert not grouping.is_member(world.jonas.id, group.id)
    grouping.invite(world.amina, group, world.jonas)
    grouping.leave(world.ruth, group, world.amina)
    assert [row.status for row in group_queries.members(group.id)] == ["invited"]


def test_its_members_take_turns(world, group):
    holders = []
    for number in range(4):
        question = asking.ask(world.priya, f"Alarm number {number}?", "", "pumps")
        holders.append(taking_turns.ask_group(world.priya, question, group).person.handle)
        db.session.flush()
    assert sorted(holders[:2]) == sorted(holders[2:]) == ["amina", "jonas"]


def test_caps_leave_and_absence_hold(world, group):
    reaching.set_reachability(world.amina, cap="0")
    assert taking_turns.ask_group(world.priya, world.pump, group).person == world.jonas
    with pytest.raises(Conflict, match="already"):
        taking_turns.ask_group(world.ruth, world.pump, group)
    leaving.deactivate(world.tomasz, world.jonas)
    with pytest.raises(Refused, match="Nobody of Medicines information"):
        taking_turns.ask_group(world.priya, asking.ask(world.priya, "Again?"), group)


def test_another_member_takes_it_over(world, group):
    reaching.set_reachability(world.amina, cap="0")
    asked = taking_turns.ask_group(world.priya, world.pump, group)
    with pytest.raises(Refused):
        taking_turns.take(world.ruth, asked)
    with pytest.raises(Refused):
        taking_turns.take(world.jonas, asked)
    made = taking_turns.take(world.amina, asked)
    assert (asked.state, made.person, made.group) == (State.PASSED, world.amina, group)
    assert told(world.jonas)[-1] == Verb.REQUEST_TAKEN
    assert [row.name for row in queries.requests_to_group(group.id)] == [world.amina.name]
