"""The experts of the demonstration: seats, groups, how to reach people, a rota around today."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from board.core.database import db
from board.experts import grouping, reaching, rostering, seating
from board.people.models import CONSOLE, Person, Role
from board.tags import naming

DAYS = 8


def staff(told: Mapping[str, Any], people: Mapping[str, Person]) -> None:
    """Seat, group and reach the people as the file tells, and fill the rota."""
    moderator = next(each for each in people.values() if each.role == Role.MODERATOR)
    for seat in told["seat"]:
        for tag in seat["tags"]:
            made = seating.nominate(moderator, people[seat["handle"]], naming.tag_called(tag))
            seating.confirm(moderator, made)
    for nomination in told["nomination"]:
        tag = naming.tag_called(nomination["tag"])
        seating.nominate(people[nomination["by"]], people[nomination["handle"]], tag)
    for reach in told["reach"]:
        settings = {name: value for name, value in reach.items() if name != "handle"}
        reaching.set_reachability(people[reach["handle"]], **settings)
    for group in told["group"]:
        _group(group, people, moderator)
    db.session.flush()
    for duty in told["duty"]:
        _duty(duty)


def _group(told: Mapping[str, Any], people: Mapping[str, Person], moderator: Person) -> None:
    group = grouping.make(
        moderator,
        told["handle"],
        name=told["name"],
        line=told["line"],
        description=told["description"],
        tags=",".join(told["tags"]),
    )
    for handle in (*told["members"], *told["invited"]):
        grouping.invite(moderator, group, people[handle])
    for handle in told["members"]:
        grouping.join(people[handle], group)


def _duty(told: Mapping[str, Any]) -> None:
    """The same shift, every day from yesterday on."""
    begins, ends = time.fromisoformat(told["from"]), time.fromisoformat(told["to"])
    length = timedelta(days=0 if begins < ends else 1)
    for number in range(-1, DAYS):
        day = reaching.today() + timedelta(days=number)
        entry = rostering.Typed(
            topic=told["topic"],
            who=told.get("who", ""),
            role=told["role"],
            phone=told["phone"],
            starts=datetime.combine(day, begins).isoformat(),
            ends=datetime.combine(day + length, ends).isoformat(),
        )
        rostering.add(CONSOLE, entry)
