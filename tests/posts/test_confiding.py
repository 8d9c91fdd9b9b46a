"""Asking without one's name: what is written down, what is shown, whom news names."""

import pytest

from board.activity.verbs import Verb
from board.core.database import db
from board.core.errors import Refused
from board.people import joining, leaving
from board.people.models import CONSOLE, Person
from board.posts import accepting, answering, asking, commenting, confiding, editing, hiding
from board.posts.models import PostTag, Revision
from board.posts.records import Acceptance
from board.posts.rules import is_own, may_hide, writer_id
from board.posts.threads import thread


@pytest.fixture
def question(world):
    return asking.ask_confidentially(world.amina, "How is it given?", "I forgot.", "insulin")


@pytest.fixture
def crowd(world):
    """`crowd(9, "Staff nurse")`: so many more people of a profession."""

    def join(many, profession):
        for number in range(many):
            handle = f"{profession[:3].lower()}{number}"
            joining.add(CONSOLE, handle, name=handle, profession=profession, role="member")

    return join


def test_nobody_is_the_author(question, world):
    assert (question.author_id, question.department_id) == (None, None)
    assert writer_id(question) == world.amina.id
    assert is_own(world.amina, question)
    assert not is_own(world.jonas, question)
    assert db.session.query(PostTag).filter_by(post_id=question.id).one().department_id is None


def test_a_profession_is_shown_where_ten_share_it(world, crowd):
    crowd(8, "Staff nurse")  # with Amina nine; Lena has left
    assert confiding.shown_as("Staff nurse") == ""
    crowd(1, " staff NURSE ")
    assert confiding.shown_as("Staff nurse") == "staff nurse"
    assert confiding.shown_as("") == ""


def test_an_abbreviation_stays_one(world, crowd):
    crowd(10, "ODP")
    assert confiding.shown_as("ODP") == "ODP"


def test_what_is_shown_does_not_change_with_the_staff(world, crowd):
    crowd(9, "Staff nurse")
    question = asking.ask_confidentially(world.amina, "How is it given?")
    leaving.deactivate(CONSOLE, db.session.query(Person).filter_by(handle="sta0").one())
    joining.change(CONSOLE, world.amina, name="Amina", profession="Ward sister", department="")
    comment = commenting.comment(world.amina, question, "By mouth?")
    shown = thread(question.id, world.jonas)
    assert shown.question.shown_as == comment.shown_as == "staff nurse"
    assert shown.question.author_profession is None


def test_what_the_asker_writes_below_it_is_not_named_either(question, world):
    answer = answering.answer(world.amina, question, "By mouth.")
    comment = commenting.comment(world.amina, answer, "I think.")
    others = commenting.comment(world.jonas, question, "Which one?")
    assert (answer.author_id, comment.author_id) == (None, None)
    assert (answer.confider_id, comment.confider_id) == (world.amina.id, world.amina.id)
    assert (others.author_id, others.confider_id) == (world.jonas.id, None)


def test_elsewhere_the_asker_is_named(question, world):
    assert answering.answer(world.amina, world.pump, "Air in the line.").author_id == world.amina.id


def test_acceptances_and_edits_are_not_signed(question, world):
    answer = answering.answer(world.jonas, question, "By mouth.")
    accepting.accept(world.amina, answer)
    editing.edit(world.amina, question, 1, title="How is it taken?", body="")
    acceptance = db.session.query(Acceptance).filter_by(question_id=question.id).one()
    assert (acceptance.accepted_by_id, acceptance.by_moderator) == (None, False)
    assert {row.editor_id for row in db.session.query(Revision)} == {None}


def test_a_moderator_signs_what_they_do_there(question, world):
    answer = answering.answer(world.jonas, question, "By mouth.")
    accepting.accept(world.ruth, answer)
    editing.edit(world.ruth, question, 1, title="How is it taken?", body="")
    acceptance = db.session.query(Acceptance).filter_by(question_id=question.id).one()
    assert (acceptance.accepted_by_id, acceptance.by_moderator) == (world.ruth.id, True)
    assert {row.editor_id for row in db.session.query(Revision)} == {None, world.ruth.id}


def test_the_askers_own_answer_is_nobody_elses(question, world):
    answering.answer(world.amina, question, "By mouth.")
    assert not hiding.is_answered_by_others(question)
    assert may_hide(world.amina, question, answered_by_others=False)
    answering.answer(world.jonas, question, "Not at all.")
    assert hiding.is_answered_by_others(question)
    assert thread(question.id, world.amina).is_answered_by_others


def test_who_removed_their_own_is_not_named(question, world):
    hiding.hide(world.amina, question)
    assert thread(question.id, world.ruth).question.hider_name is None
    hiding.restore(world.amina, question)
    hiding.hide(world.ruth, question, "Asked before")
    assert thread(question.id, world.amina).question.hider_name == "Ruth Okafor"


def test_a_moderator_who_asks_is_named_where_they_moderate(world):
    """Were they not, everybody would know that the asker is a moderator."""
    question = asking.ask_confidentially(world.ruth, "How is it given?")
    answer = answering.answer(world.jonas, question, "By mouth.")
    named = confiding.named_actor
    assert named(world.ruth.id, Verb.EDITED, answer) == world.ruth.id
    assert named(world.ruth.id, Verb.ACCEPTED, answer) is None
    assert named(world.ruth.id, Verb.EDITED, question) is None
    assert named(world.jonas.id, Verb.ANSWERED, answer) == world.jonas.id
    assert named(world.ruth.id, Verb.ANSWERED, world.insulin_answer) == world.ruth.id
    assert named(None, Verb.ANSWERED, answer) is None


def test_a_moderator_who_asked_does_not_look_themselves_up(world):
    question = asking.ask_confidentially(world.ruth, "How is it given?")
    with pytest.raises(Refused):
        confiding.look_up(world.ruth, question)
    assert confiding.look_up(world.tomasz, question) is world.ruth


def test_showing_the_name_signs_everything(question, world):
    answer = answering.answer(world.jonas, question, "By mouth.")
    comment = commenting.comment(world.amina, answer, "Thank you.")
    accepting.accept(world.amina, answer)
    editing.edit(world.amina, question, 1, title="How is it taken?", body="")
    version = question.version
    confiding.disclose(world.amina, question)
    assert question.author_id == comment.author_id == world.amina.id
    assert (question.confider_id, question.shown_as, comment.shown_as) == (None, None, None)
    assert question.department_id == world.amina.department_id
    acceptance = db.session.query(Acceptance).filter_by(question_id=question.id).one()
    assert acceptance.accepted_by_id == world.amina.id
    assert {row.editor_id for row in db.session.query(Revision)} == {world.amina.id}
    assert question.version > version
    with pytest.raises(Refused):
        confiding.disclose(world.amina, question)
