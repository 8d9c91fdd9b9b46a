"""Patients' details in what people write: refused with three ways on, replaced, let through."""

import re

import pytest
from guarded import NUMBER, STRONG, WEAK, ask, buttons, everything, newest, recorded
from sqlalchemy import select

from board.activity.models import Activity
from board.core.database import db
from board.posts.models import Post

pytestmark = pytest.mark.usefixtures("furnished")


# Three ways on


def test_replace_and_post(amina):
    page = ask(amina, body=STRONG, replace="all")
    assert page.status_code == 303
    assert newest().body_md == STRONG.replace(NUMBER, "[NHS number]")
    assert recorded() == [("replaced", "nhs_number", "body")]
    assert amina.get(page.location).text.count("[NHS number]") == 1


def test_replace_all_in_every_field(amina):
    ask(amina, title=f"{WEAK}", body=f"{STRONG}\n\nAgain, {STRONG}", replace="all")
    assert NUMBER not in everything()
    assert newest().title == WEAK.replace("94 year old", "over 89")


def test_replacing_one_shows_the_form_again_to_be_read(amina):
    page = ask(amina, title=WEAK, body=STRONG)
    page = ask(amina, title=WEAK, body=STRONG, replace=buttons(page)[NUMBER])
    assert page.status_code == 422
    assert "NHS number [NHS number] has a pump" in page.text
    assert NUMBER not in page.text
    assert "94 year old" in page.text
    last = buttons(page)["94 year old"]
    mended = STRONG.replace(NUMBER, "[NHS number]")
    page = ask(amina, title=WEAK, body=mended, replace=last)
    assert "Replaced. Not posted yet" in page.text
    assert "Read your text once more" in page.text
    assert [each[0] for each in recorded()] == ["refused", "refused", "replaced", "replaced"]


def test_replacing_what_is_gone_posts_nothing(amina):
    page = ask(amina, body=STRONG)
    page = ask(amina, body="Something else.", replace=buttons(page)[NUMBER])
    assert page.status_code == 422
    assert "not in your text any more" in page.text


def test_this_is_not_about_a_patient(amina):
    page = ask(amina, body=WEAK)
    assert "This is not about a patient" in page.text
    page = ask(amina, body=WEAK, not_patient=buttons(page)["94 year old"])
    assert page.status_code == 303
    assert newest().body_md == WEAK
    assert recorded()[-1] == ("overridden", "age_over_89", "body")
    row = db.session.scalar(select(Activity).order_by(Activity.id.desc()))
    assert (row.subject_kind, row.subject_id) == ("post", newest().id)


def test_what_was_ticked_is_not_asked_again_when_something_else_is_wrong(amina):
    ticked = buttons(ask(amina, body=WEAK))["94 year old"]
    page = ask(amina, title="", body=WEAK, not_patient=ticked)
    assert "Write your question here" in page.text
    assert f'type="hidden" name="not_patient" value="{ticked}"' in page.text


def test_what_was_ticked_stays_ticked_while_the_rest_is_refused(amina):
    page = ask(amina, body=f"{WEAK} {STRONG}")
    page = ask(amina, body=f"{WEAK} {STRONG}", not_patient=buttons(page)["94 year old"])
    assert page.status_code == 422
    assert len(re.findall(r'name="not_patient" value="\w+" checked', page.text)) == 1
    page = ask(
        amina,
        body=f"{WEAK} {STRONG}",
        not_patient=buttons(page)["94 year old"],
        replace="all",
    )
    assert page.status_code == 303
    assert newest().body_md == f"{WEAK} {STRONG.replace(NUMBER, '[NHS number]')}"


def test_a_member_cannot_let_a_strong_one_through(amina):
    page = ask(amina, body=STRONG)
    assert 'name="not_patient"' not in page.text
    assert "send your text for review" in page.text
    page = ask(amina, body=STRONG, not_patient=buttons(page)[NUMBER])
    assert page.status_code == 422
    assert NUMBER not in everything()


def test_a_moderator_without_the_right_cannot_either(ruth):
    page = ask(ruth, body=STRONG)
    assert "my name goes on record" not in page.text
    assert ask(ruth, body=STRONG, not_patient=buttons(page)[NUMBER]).status_code == 422
    assert NUMBER not in everything()


def test_a_privacy_reviewer_can_and_it_is_on_record(reviewer):
    page = ask(reviewer, body=STRONG)
    assert "my name goes on record" in page.text
    ask(reviewer, body=STRONG, not_patient=buttons(page)[NUMBER])
    assert newest().body_md == STRONG
    assert recorded()[-1] == ("overridden", "nhs_number", "body")
    row = db.session.scalar(select(Activity).order_by(Activity.id.desc()))
    assert NUMBER not in str(row.detail)


def test_the_same_press_twice_is_recorded_once(amina):
    page = ask(amina, body=WEAK)
    sent = {"body": WEAK, "not_patient": buttons(page)["94 year old"], "submission_key": "k"}
    assert ask(amina, **sent).location == ask(amina, **sent).location
    assert [each[0] for each in recorded()] == ["refused", "overridden"]


def test_refusals_count_against_the_limit(amina, configure):
    configure(ratelimit_enabled=True)
    for _ in range(35):
        ask(amina, body=STRONG)
    assert len(recorded()) == 30, "over the limit, nothing is written any more"
    assert ask(amina, body="Clean.").status_code == 429


def test_nothing_of_the_page_is_another_persons(amina, signed_in):
    ask(amina, body=STRONG)
    other = signed_in("jonas")
    for address in ("/questions/new", "/questions", "/drafts", "/inbox", "/people/amina"):
        assert NUMBER not in other.get(address).text


# In place


@pytest.mark.parametrize(
    ("address", "form"),
    [("/questions/1/answers", "answer"), ("/posts/1/comments", "add-comment-1")],
)
def test_in_place_it_appears_beside_the_field(amina, address, form):
    reply = amina.send(address, part=form, body=STRONG)
    assert reply.status_code == 422
    assert reply.headers["HX-Retarget"] == f"#{form}-findings"
    assert reply.headers["HX-Reswap"] == "innerHTML"
    assert "Looks like an NHS number" in reply.text
    assert "<html" not in reply.text
    assert "autofocus" in reply.text
    page = amina.get("/questions/1", follow_redirects=True).text
    assert f'id="{form}-findings"' in page or form.startswith("add-comment")


def test_the_form_of_a_comment_has_a_place_for_it(amina):
    part = amina.part("/posts/1/comments/new", "add-comment-1")
    assert 'id="add-comment-1-findings" data-findings="comment-body-1"' in part.text


def test_replace_and_post_in_place(amina):
    reply = amina.send("/questions/1/answers", part="answer", body=STRONG, replace="all")
    assert reply.status_code == 200
    assert "[NHS number]" in reply.text


# While typing


def test_what_is_found_while_typing(amina, statements):
    with statements() as seen:
        reply = amina.send("/privacy-check", body=STRONG)
    assert reply.status_code == 200
    assert "Looks like an NHS number" in reply.text
    assert "Replace with “[NHS number]”" in reply.text
    assert not [each for each in seen if not each.lstrip().startswith("SELECT")]
    assert recorded() == []


def test_only_news_is_told(amina):
    reply = amina.send("/privacy-check", title=WEAK)
    seen = re.findall(r'name="seen_title" value="(\w+)"', reply.text)
    assert amina.send("/privacy-check", title=WEAK, seen_title=seen).status_code == 204
    assert amina.send("/privacy-check", title=f"{WEAK} ", seen_title=seen).status_code == 204
    assert "Looks like" not in amina.send("/privacy-check", title="Pump?", seen_title=seen).text
    assert amina.send("/privacy-check", title="Which pump?").status_code == 204


def test_ticked_while_typing_is_not_asked_again(amina):
    reply = amina.send("/privacy-check", body=WEAK)
    page = ask(amina, body=WEAK, not_patient=buttons(reply)["94 year old"])
    assert page.status_code == 303


# Going back to an old revision


def test_an_old_revision_with_a_patient_does_not_come_back(amina, configure):
    configure(privacy_check=False)
    amina.send("/posts/1/edit", title="Pens?", body=STRONG, base_revision="1")
    amina.send("/posts/1/edit", title="Pens?", body="Clean.", base_revision="2")
    configure(privacy_check=True)
    page = amina.send("/posts/1/revisions/2/rollback")
    assert page.status_code == 403
    assert "Press Edit instead" in page.text
    assert db.session.get(Post, 1).body_md == "Clean."
    assert amina.send("/posts/1/revisions/1/rollback").status_code == 303


# What moderators see


def test_the_counts(amina, ruth):
    page = ask(amina, body=f"{WEAK} {STRONG}")
    ask(amina, body=WEAK, not_patient=buttons(page)["94 year old"])
    ask(amina, body=STRONG, replace="all")
    page = ruth.get("/privacy/rules").text
    row = r'<th scope="row">{}[^<]*</th><td>(\d+)</td><td>(\d+)</td><td>(\d+)</td>'
    assert re.search(row.format("an NHS number"), page).groups() == ("1", "1", "0")
    assert re.search(row.format("an age over 89"), page).groups() == ("1", "0", "1")
    assert "Amina" not in page
    assert amina.get("/privacy/rules").status_code == 403


def test_the_counts_say_when_there_are_none(ruth):
    assert "Nothing was found yet" in ruth.get("/privacy/rules").text
