"""Suggested edits."""

import pytest
from sqlalchemy import select

from board.activity.verbs import Verb
from board.core.database import db
from board.core.errors import Conflict, Invalid, Refused
from board.inbox.models import Notification
from board.moderation import suggesting
from board.posts import editing, hiding, locking
from board.posts.models import Revision


@pytest.fixture
def suggestion(world):
    return suggesting.suggest(
        world.priya, world.insulin_answer, 1, body="Six weeks, in the dark.", summary="leaflet"
    )


def told(person):
    db.session.flush()
    return list(db.session.scalars(select(Notification.verb).filter_by(person_id=person.id)))


def test_its_author_hears_of_it(world, suggestion):
    assert told(world.jonas)[-1] == Verb.EDIT_SUGGESTED
    assert world.insulin_answer.body_md.startswith("Four weeks")


@pytest.mark.parametrize("name", ["jonas", "ruth"])
def test_accepted_the_history_names_the_suggester(world, suggestion, name):
    suggesting.accept(getattr(world, name), suggestion)
    assert world.insulin_answer.body_md == "Six weeks, in the dark."
    revision = db.session.get(Revision, (2, 2))
    assert (revision.editor, revision.summary) == (world.priya, "leaflet")
    assert Verb.SUGGESTION_ACCEPTED in told(world.priya)


def test_a_question_is_suggested_with_title_and_tags(world):
    made = suggesting.suggest(
        world.jonas, world.insulin, 1, title="How long?", body="", tags="insulin, pens"
    )
    shown = suggesting.comparison(made)
    assert [piece.text for piece in shown.tags if piece.change == "added"] == ["pens"]
    suggesting.accept(world.amina, made)
    assert world.insulin.title == "How long?"
    assert {tag.name for tag in world.insulin.tags} == {"insulin", "pens"}


def test_others_do_not_decide(world, suggestion):
    for deed in (suggesting.accept, suggesting.settle_changed):
        with pytest.raises(Refused):
            deed(world.amina, suggestion)
    with pytest.raises(Refused):
        suggesting.decline(world.amina, suggestion, "no")


def test_declined_with_words(world, suggestion):
    with pytest.raises(Invalid):
        suggesting.decline(world.jonas, suggestion, " ")
    suggesting.decline(world.jonas, suggestion, "The leaflet says four.")
    assert suggestion.reply == "The leaflet says four."
    assert Verb.SUGGESTION_DECLINED in told(world.priya)
    with pytest.raises(Conflict, match="Jonas Weber has decided"):
        suggesting.accept(world.ruth, suggestion)


def test_what_was_edited_meanwhile_is_not_overwritten(world, suggestion):
    editing.edit(world.jonas, world.insulin_answer, 1, body="Five weeks.")
    with pytest.raises(editing.EditConflict, match="edited since"):
        suggesting.accept(world.ruth, suggestion)
    assert world.insulin_answer.body_md == "Five weeks."
    removed = [p.text for p in suggesting.comparison(suggestion).body if p.change == "removed"]
    assert "Five" in " ".join(removed)


def test_one_at_a_time_and_it_can_be_withdrawn(world, suggestion):
    with pytest.raises(Conflict, match="waits here already"):
        suggesting.suggest(world.priya, world.insulin_answer, 1, body="Seven weeks.")
    with pytest.raises(Refused):
        suggesting.withdraw(world.jonas, suggestion)
    suggesting.withdraw(world.priya, suggestion)
    suggesting.suggest(world.priya, world.insulin_answer, 1, body="Seven weeks.")


def test_something_has_to_be_different(world):
    with pytest.raises(Invalid, match="Nothing is different"):
        suggesting.suggest(world.priya, world.insulin_answer, 1, body=world.insulin_answer.body_md)


def test_whoever_may_edit_does_not_suggest(world):
    for name in ("jonas", "ruth"):
        with pytest.raises(Refused, match="yourself"):
            suggesting.suggest(getattr(world, name), world.insulin_answer, 1, body="x")


def test_nothing_is_suggested_while_locked(world):
    locking.lock(world.ruth, world.insulin, "x")
    with pytest.raises(Refused, match="locked"):
        suggesting.suggest(world.priya, world.insulin_answer, 1, body="x")


def test_it_does_not_wait_for_what_is_out_of_sight(world, suggestion):
    def waiting():
        return [row.id for row in db.session.execute(suggesting.waiting())]

    assert waiting() == [suggestion.id]
    hiding.hide(world.ruth, world.insulin, "test")
    assert waiting() == []
    hiding.restore(world.ruth, world.insulin)
    hiding.hide(world.jonas, world.insulin_answer)
    assert waiting() == []
