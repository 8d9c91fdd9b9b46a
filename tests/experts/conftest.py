"""Everybody has read what the cast did before the test begins."""

import pytest
from sqlalchemy import delete

from board.core.database import db
from board.experts import seating
from board.inbox.models import Notification, Telling
from board.people import joining
from board.people.models import CONSOLE
from board.tags.naming import tag_called


@pytest.fixture(autouse=True)
def quiet(world):
    for table in (Notification, Telling):
        db.session.execute(delete(table))
    db.session.commit()


@pytest.fixture
def seat_for(world):
    """`seat_for(jonas, "insulin")`: a confirmed expert of this tag."""

    def confirmed(person, tag):
        seat = seating.nominate(world.ruth, person, tag_called(tag))
        seating.confirm(world.tomasz, seat)
        db.session.flush()
        return seat

    return confirmed


@pytest.fixture
def newcomer(world):
    """`newcomer("noor")`: one more person."""

    def join(handle):
        return joining.add(
            CONSOLE,
            handle,
            name=handle.title(),
            profession="Pharmacist",
            department="Pharmacy",
            role="member",
        )

    return join
