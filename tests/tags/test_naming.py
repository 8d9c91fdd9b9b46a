"""Tag names."""

import pytest

from board.core.database import db
from board.core.errors import Conflict, Invalid, Missing, Refused
from board.posts import asking
from board.tags import naming
from board.tags.models import Tag


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("insulin, storage", ["insulin", "storage"]),
        (" NG tube ,ng_tube,, ", ["ng-tube"]),
        ("C. difficile", ["c.-difficile"]),
        ("größe", ["größe"]),
        ("", []),
        (",,,", []),
    ],
)
def test_what_is_typed_becomes_names(typed, names):
    assert naming.split(typed) == names


@pytest.mark.parametrize("typed", ["a,b,c,d,e,f", "x" * 36, "<b>", "a/b", "'; drop table tag", "…"])
def test_what_cannot_be_a_tag_is_told(typed):
    with pytest.raises(Invalid) as error:
        naming.split(typed)
    assert "tags" in error.value.fields


def test_asking_with_a_synonym_stores_the_main_tag(world):
    naming.set_synonyms(world.ruth, naming.tag_called("insulin"), ["sliding-scale"])
    question = asking.ask(world.priya, "Who prescribes it?", "", "sliding scale")
    assert [tag.name for tag in question.tags] == ["insulin"]


def test_a_tag_and_its_synonym_together_are_one(world):
    naming.set_synonyms(world.ruth, naming.tag_called("insulin"), ["sliding-scale"])
    question = asking.ask(world.priya, "Who prescribes it?", "", "insulin, sliding-scale")
    assert [tag.name for tag in question.tags] == ["insulin"]
    assert naming.tag_called("insulin").question_count == 2


def test_a_renamed_tag_is_found_under_both_names(world):
    tag = naming.tag_called("pumps")
    naming.rename(world.ruth, tag, "Infusion pumps")
    assert naming.tag_called("infusion-pumps") is tag
    assert naming.tag_called("pumps") is tag


def test_a_tag_can_be_named_back(world):
    tag = naming.tag_called("pumps")
    naming.rename(world.ruth, tag, "infusion-pumps")
    naming.rename(world.ruth, tag, "pumps")
    assert tag.name == "pumps"
    assert [synonym.name for synonym in tag.synonyms] == ["infusion-pumps"]


@pytest.mark.parametrize("name", ["insulin", "storage"])
def test_a_name_that_is_taken_is_not_given_twice(world, name):
    with pytest.raises(Conflict, match="Merge"):
        naming.rename(world.ruth, naming.tag_called("pumps"), name)
    with pytest.raises(Conflict):
        naming.set_synonyms(world.ruth, naming.tag_called("pumps"), [name])


def test_a_synonym_belongs_to_one_tag(world):
    naming.set_synonyms(world.ruth, naming.tag_called("insulin"), ["pen"])
    with pytest.raises(Conflict, match="already a synonym of insulin"):
        naming.set_synonyms(world.ruth, naming.tag_called("storage"), ["pen"])


def test_synonyms_can_be_taken_away(world):
    tag = naming.tag_called("insulin")
    naming.set_synonyms(world.ruth, tag, ["pen", "sliding-scale"])
    naming.set_synonyms(world.ruth, tag, ["pen"])
    assert [synonym.name for synonym in tag.synonyms] == ["pen"]
    with pytest.raises(Missing):
        naming.tag_called("sliding-scale")


def test_a_tag_is_described(world):
    naming.describe(world.ruth, naming.tag_called("insulin"), " Giving and\nstoring it. ")
    assert naming.tag_called("insulin").description == "Giving and storing it."
    with pytest.raises(Invalid):
        naming.describe(world.ruth, naming.tag_called("insulin"), "x" * 301)


def test_members_change_no_tags(world):
    tag = naming.tag_called("insulin")
    for deed in (
        lambda: naming.describe(world.amina, tag, "x"),
        lambda: naming.rename(world.amina, tag, "x"),
        lambda: naming.set_synonyms(world.amina, tag, ["x"]),
    ):
        with pytest.raises(Refused, match="moderator"):
            deed()


def test_counts_follow_the_questions(world):
    counts = {tag.name: tag.question_count for tag in db.session.query(Tag)}
    assert counts == {"insulin": 1, "storage": 1, "pumps": 1, "gloves": 1}
