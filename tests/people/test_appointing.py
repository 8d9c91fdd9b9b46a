"""Giving somebody a role."""

import pytest

from board.activity.models import Activity
from board.core.database import db
from board.core.errors import Invalid, Refused
from board.people import appointing


def test_an_administrator_makes_a_moderator(world):
    appointing.appoint(world.tomasz, world.amina, "moderator")
    assert world.amina.is_moderator
    activity = db.session.query(Activity).filter_by(verb="role_changed").one()
    assert activity.detail == {"before": "member", "after": "moderator"}


def test_the_same_role_again_is_no_change(world):
    appointing.appoint(world.tomasz, world.amina, "member")
    assert db.session.query(Activity).filter_by(verb="role_changed").count() == 0


def test_a_moderator_appoints_nobody(world):
    with pytest.raises(Refused):
        appointing.appoint(world.ruth, world.ruth, "administrator")


def test_an_unknown_role(world):
    with pytest.raises(Invalid):
        appointing.appoint(world.tomasz, world.amina, "owner")
