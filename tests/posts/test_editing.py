"""Editing and rolling back."""

import pytest

from board.core.database import db
from board.core.errors import Invalid, Missing, Refused
from board.posts import editing, hiding
from board.posts.editing import EditConflict
from board.posts.models import Revision
from board.tags import naming


def revisions(post):
    return db.session.query(Revision).filter_by(post_id=post.id).order_by(Revision.number).all()


def test_an_edit_keeps_what_was_there_before(world):
    answer = world.insulin_answer
    editing.edit(world.jonas, answer, 1, body="Four weeks.", summary="shorter")
    assert answer.body_html == "<p>Four weeks.</p>"
    assert answer.revision_number == 2
    first, second = revisions(answer)
    assert first.body_md.startswith("Four weeks at room temperature")
    assert (first.editor_id, first.edited_at) == (world.jonas.id, answer.created_at)
    assert (second.body_md, second.summary) == ("Four weeks.", "shorter")


def test_a_question_is_edited_with_its_tags(world):
    editing.edit(
        world.amina, world.insulin, 1, title="How long?", body="x", tags="storage, insulin, pens"
    )
    db.session.expire_all()
    assert world.insulin.title == "How long?"
    assert [tag.name for tag in world.insulin.tags] == ["storage", "insulin", "pens"]
    assert [revision.tags for revision in revisions(world.insulin)] == [
        "insulin,storage",
        "storage,insulin,pens",
    ]
    editing.edit(world.amina, world.insulin, 2, title="How long?", body="x", tags="pens")
    assert naming.tag_called("insulin").question_count == 0


def test_the_same_words_are_no_revision(world):
    answer = world.insulin_answer
    editing.edit(world.jonas, answer, 1, body=answer.body_md)
    assert answer.revision_number == 1
    assert revisions(answer) == []


def test_a_moderator_edits_anyones(world):
    editing.edit(world.ruth, world.insulin_comment, 1, body="Thanks.")
    assert world.insulin_comment.body_md == "Thanks."


def test_others_edit_nothing(world):
    with pytest.raises(Refused):
        editing.edit(world.priya, world.insulin_answer, 1, body="Mine now.")


def test_what_is_removed_is_not_edited(world):
    hiding.hide(world.jonas, world.insulin_answer)
    with pytest.raises(Refused):
        editing.edit(world.jonas, world.insulin_answer, 1, body="x")


def test_the_second_of_two_editors_is_told(world):
    answer = world.insulin_answer
    editing.edit(world.jonas, answer, 1, body="First.")
    with pytest.raises(EditConflict, match="Nothing has been lost"):
        editing.edit(world.ruth, answer, 1, body="Second.")
    assert answer.body_md == "First."
    editing.edit(world.ruth, answer, 2, body="Both.")
    assert answer.body_md == "Both."


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": "", "body": "x"}, {"title"}),
        ({"title": "x", "body": "x" * 50_001}, {"body"}),
        ({"title": "x", "body": "", "tags": "<"}, {"tags"}),
    ],
)
def test_a_bad_edit_is_told(world, fields, wrong):
    with pytest.raises(Invalid) as error:
        editing.edit(world.amina, world.insulin, 1, **fields)
    assert set(error.value.fields) == wrong


def test_an_edit_is_rolled_back_by_another_revision(world):
    answer = world.insulin_answer
    editing.edit(world.jonas, answer, 1, body="Worse.")
    editing.roll_back(world.ruth, answer, 1)
    assert answer.body_md.startswith("Four weeks at room temperature")
    assert answer.revision_number == 3
    assert revisions(answer)[-1].summary == "Rolled back to revision 1"


def test_a_questions_tags_are_rolled_back_too(world):
    editing.edit(world.amina, world.insulin, 1, title="x", body="x", tags="pens")
    editing.roll_back(world.amina, world.insulin, 1)
    assert [tag.name for tag in world.insulin.tags] == ["insulin", "storage"]
    assert naming.tag_called("pens").question_count == 0


def test_a_revision_that_is_not_there(world):
    with pytest.raises(Missing):
        editing.roll_back(world.jonas, world.insulin_answer, 7)


def test_others_roll_nothing_back(world):
    editing.edit(world.jonas, world.insulin_answer, 1, body="x")
    with pytest.raises(Refused):
        editing.roll_back(world.priya, world.insulin_answer, 1)
