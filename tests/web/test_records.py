"""What the board records about whoever asks."""

import json

import pytest
from sqlalchemy import select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core import disclosing
from board.core.database import Base, db
from board.experts import requesting
from board.posts import asking, drafting, saving

# Tables with a person in them, and where their rows are told; or why they are not.
TOLD = {
    "privacy_concern": "privacy_reports",
    "quarantine": "sent_for_review",
    "activity": "activity",
    "announcement_dismissal": "put_away",
    "bookmark": "saved",
    "draft": "drafts",
    "expert_request": "requests",
    "notification": "inbox",
    "post": "posts",
    "reachability": "reachability",
    "seat": "seats",
    "session": "sessions",
    "subscription": "watching",
    "vote": "votes",
    "answer_use": "used",
    "duty": "rota",
    "flag": "flags",
    "group_member": "groups",
    "mail_choice": "mail",
    "message": "messages",
    "problem_report": "problems",
    "recall_notice": "recalls",
    "sanction": "conduct",
    "saved_search": "searches",
    "suggestion": "suggestions",
    "verification": "verified",
    "view_record": "views",
}
NOT_TOLD = {
    "password": "a hash, which the page says",
    "submission": "keys of forms, for two days",
    "acceptance": "as a deed, in activity",
    "hiding": "as a deed, in activity",
    "revision": "as a deed, in activity",
    "telling": "due work, gone when it is done",
    "deflection": "as a deed, in activity",
    "allowed_passage": "as a deed, in activity",
    "announcement": "as a deed, in activity",
    "closure": "as a deed, in activity",
    "featuring": "as a deed, in activity",
    "conversion": "as a deed, in activity",
    "expert_group": "as a deed, in activity",
    "guideline": "as a deed, in activity",
    "locking": "as a deed, in activity",
    "merging": "as a deed, in activity",
    "purge": "as a deed, in activity",
    "queue_ruling": "as a deed, in activity",
    "recall": "as a deed, in activity",
    "removal": "as a deed, in activity",
    "webhook": "as a deed, in activity",
    "escalation_step": "stands beside the question",
    "exposure": "who may have seen what was purged: for privacy reviewers",
    "feed_token": "a hash, like a password",
    "pin": "a hash, like a password",
    "mention": "stands in the text of the post",
    "queue_claim": "for five minutes",
    "queue_habits": "whether the queue was explained, and its keys",
    "queue_later": "until tomorrow",
}


@pytest.fixture
def amina(signed_in, world):
    saving.save(world.amina, world.pump)
    drafting.save(world.amina.id, "question", {"title": "Begun"}, sequence=0, window="w")
    requesting.ask_expert(world.amina, world.insulin, world.priya)
    db.session.commit()
    return signed_in("amina")


def test_the_page_shows_each_kind(amina):
    page = amina.get("/records").text
    for words in ("Amina Yusuf", "Staff nurse", "Begun", "insulin pen keep", "expert asked"):
        assert words in page


def test_the_file_has_all_of_it_and_nothing_that_proves_who_somebody_is(amina):
    reply = amina.send("/records/export")
    assert reply.mimetype == "application/json"
    assert reply.headers["Content-Disposition"] == 'attachment; filename="records-amina.json"'
    assert reply.headers["Cache-Control"] == "no-store"
    content = json.loads(reply.text)
    assert content["account"][0]["name"] == "Amina Yusuf"
    assert content["posts"][0]["title"] == "How long does a started insulin pen keep?"
    assert [row["title"] for row in content["drafts"]] == ["Begun"]
    assert set(TOLD.values()) <= set(content)
    assert "token" not in reply.text
    assert "argon2" not in reply.text


def test_that_it_was_taken_is_on_record(amina, world):
    amina.send("/records/export")
    [row] = db.session.scalars(select(Activity).filter_by(verb=Verb.EXPORTED)).all()
    assert (row.actor_id, row.subject_id) == (world.amina.id, world.amina.id)


def test_nothing_of_anybody_else_is_in_it(signed_in, amina):
    amina.send("/questions/4/answers", body="Of mine.")
    text = signed_in("tomasz").send("/records/export").text
    for words in ("Begun", "insulin", "Amina", "Of mine"):
        assert words not in text


def test_every_table_with_a_person_in_it_is_told_or_has_a_reason(world):
    """A new table has to be thought about here."""
    with_person = {
        table.name
        for table in Base.metadata.sorted_tables
        if any(key.column.table.name == "person" for key in table.foreign_keys)
    }
    assert with_person - set(TOLD) - set(NOT_TOLD) == set()
    names = {each.name for each in disclosing.everything(world.amina.id)}
    assert set(TOLD.values()) <= names


def test_a_site_can_switch_numbers_about_single_people_off(signed_in, world, configure):
    jonas = signed_in("jonas")
    assert "helped" in jonas.get("/people/jonas").text
    configure(personal_statistics=False)
    assert "helped" not in jonas.get("/people/jonas").text


def test_and_then_nobody_is_counted_beside_a_question_either(signed_in, world, configure):
    question = asking.ask(world.amina, "Which gloves for latex allergy?", "", "gloves")
    db.session.commit()
    address = f"/questions/{question.id}/experts"
    amina = signed_in("amina")
    assert "answered 1 question in gloves, 1 accepted" in amina.get(address).text
    configure(personal_statistics=False)
    page = amina.get(address).text
    assert "answered in gloves" in page
    assert "1 question in" not in page


def test_what_was_sent_for_review_and_reported_is_told_without_the_text(amina):
    secret = "Patient with NHS number 999 012 3454."
    amina.send("/questions", title="Which pump?", body=secret, review="1")
    amina.send("/posts/2/patient-information")
    told = amina.send("/records/export").json
    assert [(row["form"], row["outcome"]) for row in told["sent_for_review"]] == [
        ("question", None)
    ]
    assert [row["post_id"] for row in told["privacy_reports"]] == [2]
    assert "999" not in str(told["sent_for_review"])
