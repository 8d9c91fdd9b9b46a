"""A site does it another way under some tags: by those of the question, typed or stored."""

import re

import pytest
from sqlalchemy import select

from board.core.database import db, writing
from board.posts import answering, rescanning
from board.posts.models import Question, Revision
from board.privacy.models import Concern
from board.tags import naming

MAIL = "Send her results to anna.kowalska@pumps.example."
WEAK = "She is a 94 year old lady."
STRONG = "Patient with NHS number 999 012 3454 has a pump."


@pytest.fixture(autouse=True)
def policy(configure, world):
    """Of pumps one writes to a supplier; what gloves are for is held."""
    configure(privacy_policy_by_tag=("pumps/email=off", "gloves/age_over_89=hold"))


def ask(browser, body=MAIL, tags="", **fields):
    return browser.send("/questions", title="Which pump?", body=body, tags=tags, **fields)


@pytest.mark.parametrize(
    ("tags", "status"), [("", 422), ("insulin", 422), ("pumps", 303), ("Storage, PUMPS", 303)]
)
def test_a_question_by_the_tags_on_its_form(amina, tags, status):
    assert ask(amina, tags=tags).status_code == status


def test_a_synonym_is_as_good_as_the_tag(amina, world):
    naming.set_synonyms(world.ruth, naming.tag_called("pumps"), ["drivers"])
    db.session.commit()
    assert ask(amina, tags="drivers").status_code == 303


def test_a_tag_that_was_renamed_still_counts(amina, world):
    naming.rename(world.ruth, naming.tag_called("pumps"), "syringe-drivers")
    db.session.commit()
    assert ask(amina, tags="syringe-drivers").status_code == 303
    assert amina.send("/questions/4/answers", body=MAIL).status_code == 303


@pytest.mark.parametrize(("id", "status"), [(4, 303), (1, 422)])
def test_an_answer_by_the_tags_of_its_question(amina, id, status):
    sent = amina.send(f"/questions/{id}/answers", body=MAIL, tags="pumps")
    assert sent.status_code == status, "a form cannot say other tags than the question's"


@pytest.mark.parametrize(("id", "status"), [(4, 303), (2, 422)])
def test_a_comment_by_the_tags_of_the_question(amina, id, status):
    assert amina.send(f"/posts/{id}/comments", body=MAIL, tags="pumps").status_code == status


def test_an_edit_of_an_answer_by_the_tags_of_its_question(signed_in, world):
    jonas = signed_in("jonas")
    edit = {"body": MAIL, "base_revision": "1", "summary": "More.", "tags": "pumps"}
    assert jonas.send("/posts/2/edit", **edit).status_code == 422
    answer = answering.answer(world.jonas, world.pump, "Ask the supplier.")
    db.session.commit()
    assert jonas.send(f"/posts/{answer.id}/edit", **edit).status_code == 303


def test_an_edit_of_a_question_by_the_tags_it_will_have(amina):
    edit = {"title": "How long?", "body": MAIL, "base_revision": "1", "summary": "More."}
    assert amina.send("/posts/1/edit", tags="insulin", **edit).status_code == 422
    assert amina.send("/posts/1/edit", tags="insulin, pumps", **edit).status_code == 303
    edit["base_revision"] = "2"
    assert amina.send("/posts/1/edit", tags="insulin", **edit).status_code == 422


def test_an_old_wording_comes_back_by_the_tags_it_had(signed_in, world, configure):
    configure(privacy_policy_by_tag=("pumps/age_over_89=hold",))
    ruth = signed_in("ruth")
    for number, tags in ((2, "pumps"), (3, "insulin")):
        old = Revision(post_id=1, number=number, tags=tags, title="How long?", body_md=WEAK)
        db.session.add(old)
    world.insulin.revision_number = 3
    db.session.commit()
    assert ruth.send("/posts/1/revisions/2/rollback").status_code == 403
    assert ruth.send("/posts/1/revisions/3/rollback").status_code == 303


def test_a_stricter_one_holds(amina):
    page = ask(amina, WEAK, "gloves")
    assert "Send for review" in page.text
    assert 'name="not_patient"' not in page.text
    assert "Send for review" not in ask(amina, WEAK, "pumps").text
    assert ask(amina, WEAK, "gloves", review="1").location == "/privacy/mine"


def test_the_strictest_of_several_counts(amina, configure):
    configure(privacy_policy_by_tag=("pumps/email=off", "gloves/email=hold"))
    assert "Send for review" in ask(amina, tags="pumps, gloves").text


def test_a_number_of_a_patient_is_held_under_any_tag(amina):
    assert ask(amina, STRONG, "pumps").status_code == 422


def test_other_forms_with_tags_have_nothing_of_it(signed_in):
    sent = {"handle": "team", "name": "Team", "description": MAIL, "tags": "pumps"}
    assert signed_in("ruth").send("/experts/groups", **sent).status_code == 422


def test_while_typing_it_is_the_same(amina):
    assert "an e-mail address" in amina.send("/privacy-check", body=MAIL).text
    assert amina.send("/privacy-check", body=MAIL, tags="pumps").status_code == 204
    assert amina.send("/privacy-check?about=4", body=MAIL).status_code == 204
    assert "an e-mail address" in amina.send("/privacy-check?about=1", body=MAIL).text
    assert amina.send("/privacy-check?about=99999", body=MAIL, tags="pumps").status_code == 200


@pytest.mark.parametrize(
    ("address", "about"),
    [("/questions/4", "4"), ("/posts/4/comments/new", "4"), ("/posts/2/suggestions/new", "2")],
)
def test_the_forms_say_what_they_are_about(amina, address, about):
    page = amina.get(address, follow_redirects=True).text
    assert f'hx-post="/privacy-check?about={about}"' in page


def test_the_form_of_a_question_sends_its_tags(amina):
    page = amina.get("/questions/new").text
    assert re.search(r'hx-post="/privacy-check" [^>]*hx-params="body,seen_body,[^"]*tags', page)


def test_a_look_at_what_was_posted_before_goes_by_the_tags(world, configure):
    gloves = answering.answer(world.jonas, world.gloves, WEAK)
    answering.answer(world.jonas, world.pump, WEAK)
    db.session.commit()
    with writing():
        while rescanning.look_again():
            pass
    assert db.session.scalars(select(Concern.post_id)).all() == [gloves.id]


def test_moderators_see_what_is_another_way(signed_in):
    assert (
        "pumps/email=off · gloves/age_over_89=hold" in signed_in("ruth").get("/privacy/rules").text
    )


def test_without_it_nothing_is_asked(amina, configure, statements):
    configure(privacy_policy_by_tag=())
    with statements() as seen:
        amina.send("/privacy-check?about=4", body="Which pump?")
    assert not [each for each in seen if "post_tag" in each]
    assert db.session.get(Question, 4) is not None
