"""Merging tags."""

import pytest

from board.core.database import db
from board.core.errors import Invalid, Missing, Refused
from board.posts import asking, hiding, lists, retagging
from board.posts.lists import Tab
from board.search.finding import find
from board.tags import naming


def in_tag(name):
    return {row.id for row in lists.questions(Tab.NEWEST, tag_id=naming.tag_called(name).id).rows}


def test_questions_move_and_the_name_becomes_a_synonym(world):
    retagging.merge(world.ruth, naming.tag_called("pumps"), naming.tag_called("insulin"))
    assert in_tag("insulin") == {world.insulin.id, world.pump.id}
    assert naming.tag_called("pumps").name == "insulin"
    assert naming.tag_called("insulin").question_count == 2


def test_a_question_in_both_is_in_one_once(world):
    retagging.merge(world.ruth, naming.tag_called("storage"), naming.tag_called("insulin"))
    assert in_tag("insulin") == {world.insulin.id}
    assert naming.tag_called("insulin").question_count == 1
    assert [tag.name for tag in world.insulin.tags] == ["insulin"]


def test_removed_questions_move_and_are_not_counted(world):
    hiding.hide(world.priya, world.pump)
    retagging.merge(world.ruth, naming.tag_called("pumps"), naming.tag_called("insulin"))
    assert naming.tag_called("insulin").question_count == 1
    hiding.restore(world.priya, world.pump)
    assert naming.tag_called("insulin").question_count == 2


def test_synonyms_move_along(world):
    naming.set_synonyms(world.ruth, naming.tag_called("pumps"), ["driver"])
    retagging.merge(world.ruth, naming.tag_called("pumps"), naming.tag_called("insulin"))
    assert naming.tag_called("driver").name == "insulin"


def test_asking_with_the_merged_name_stores_the_main_tag(world):
    retagging.merge(world.ruth, naming.tag_called("pumps"), naming.tag_called("insulin"))
    assert [tag.name for tag in asking.ask(world.amina, "x", "", "pumps").tags] == ["insulin"]


def test_searching_for_either_name_finds_both(world):
    retagging.merge(world.ruth, naming.tag_called("gloves"), naming.tag_called("pumps"))
    for name in ("gloves", "pumps"):
        assert {result.question.id for result in find(name).results} == {
            world.pump.id,
            world.gloves.id,
        }


def test_merging_twice_along_a_chain(world):
    retagging.merge(world.ruth, naming.tag_called("gloves"), naming.tag_called("pumps"))
    retagging.merge(world.ruth, naming.tag_called("pumps"), naming.tag_called("insulin"))
    assert naming.tag_called("gloves").name == "insulin"
    assert len(find("gloves").results) == 3


def test_a_tag_is_not_merged_into_itself(world):
    with pytest.raises(Invalid):
        retagging.merge(world.ruth, naming.tag_called("pumps"), naming.tag_called("pumps"))


def test_members_merge_nothing(world):
    with pytest.raises(Refused):
        retagging.merge(world.amina, naming.tag_called("pumps"), naming.tag_called("insulin"))


def test_the_merged_row_cannot_be_found_under_its_old_id_name(world):
    retagging.merge(world.ruth, naming.tag_called("pumps"), naming.tag_called("insulin"))
    db.session.flush()
    with pytest.raises(Missing):
        naming.tag_called("pumps merged 3")
