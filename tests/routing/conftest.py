"""Everybody has read what the cast did, and no ladder of theirs is under way."""

import pytest
from sqlalchemy import delete

from board.core.database import db
from board.experts import seating
from board.inbox.models import Notification, Telling
from board.people import joining
from board.people.models import CONSOLE
from board.routing.models import Escalation
from board.tags.naming import tag_called


@pytest.fixture(autouse=True)
def quiet(world):
    for table in (Notification, Telling, Escalation):
        db.session.execute(delete(table))
    db.session.commit()


@pytest.fixture
def seat_for(world):
    """`seat_for(jonas, "insulin")`: a confirmed expert of this tag."""

    def confirmed(person, tag):
        seat = seating.nominate(world.ruth, person, tag_called(tag))
        seating.confirm(world.tomasz, seat)
        db.session.commit()
        return seat

    return confirmed


@pytest.fixture
def newcomer(world):
    """`newcomer("noor")`: one more person."""
    return lambda handle: joining.add(CONSOLE, handle, name=handle.title(), profession="Pharmacist")
