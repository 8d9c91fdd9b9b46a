"""Saved questions."""

import pytest

from board.core.database import db
from board.core.errors import Refused
from board.posts import hiding, lists, saving
from board.posts.models import Bookmark


def saved(person):
    return [row.id for row in lists.saved_by(person.id).rows]


def test_a_question_is_saved_once_and_let_go_once(world):
    saving.save(world.amina, world.pump)
    saving.save(world.amina, world.pump)
    assert db.session.query(Bookmark).count() == 1
    assert saved(world.amina) == [world.pump.id]
    assert saved(world.jonas) == []
    saving.unsave(world.amina, world.pump)
    saving.unsave(world.amina, world.pump)
    assert saved(world.amina) == []


def test_a_removed_question_is_not_listed_and_not_saved(world):
    saving.save(world.amina, world.pump)
    hiding.hide(world.priya, world.pump)
    assert saved(world.amina) == []
    with pytest.raises(Refused):
        saving.save(world.jonas, world.pump)
