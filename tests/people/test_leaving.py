"""Somebody leaves, or comes back."""

import pytest

from board.core.database import db
from board.core.errors import Refused
from board.people import appointing, leaving
from board.people.models import CONSOLE


def test_somebody_who_leaves_has_no_access_and_keeps_their_posts(world):
    leaving.deactivate(world.tomasz, world.ruth)
    assert not world.ruth.is_active
    assert not world.ruth.is_moderator
    assert world.gloves_answer.author_id == world.ruth.id


def test_leaving_twice_changes_nothing(world):
    left_at = world.lena.deactivated_at
    leaving.deactivate(world.tomasz, world.lena)
    assert world.lena.deactivated_at == left_at


def test_somebody_who_comes_back_has_access(world):
    leaving.reactivate(world.tomasz, world.lena)
    assert world.lena.is_active


def test_an_imported_author_cannot_come_back(world):
    world.lena.is_imported = True
    with pytest.raises(Refused, match="imported"):
        leaving.reactivate(world.tomasz, world.lena)


@pytest.mark.parametrize("who", ["amina", "ruth"])
@pytest.mark.parametrize("deed", [leaving.deactivate, leaving.reactivate])
def test_others_decide_nothing(world, who, deed):
    with pytest.raises(Refused, match="administrator"):
        deed(getattr(world, who), world.jonas)


def test_the_only_administrator_stays(world):
    with pytest.raises(Refused, match="only administrator"):
        leaving.deactivate(CONSOLE, world.tomasz)
    with pytest.raises(Refused, match="only administrator"):
        appointing.appoint(CONSOLE, world.tomasz, "member")


def test_one_of_two_administrators_may_go(world):
    appointing.appoint(CONSOLE, world.ruth, "administrator")
    db.session.flush()
    leaving.deactivate(world.ruth, world.tomasz)
    assert not world.tomasz.is_active
