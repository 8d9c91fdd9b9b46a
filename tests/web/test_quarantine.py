"""Sending for review: the whole text waits, nobody but its author and reviewers sees it."""

import re
import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from board.activity.models import Activity
from board.audit.models import AuditRecord
from board.core import clock
from board.core.database import db
from board.curation.models import Evidence
from board.experts.models import Request
from board.moderation import sanctioning
from board.moderation.models import Suggestion
from board.people import appointing
from board.people.models import CONSOLE
from board.posts.models import Answer, Draft, Post, Question
from board.privacy import deciding
from board.privacy.models import Concern, Held
from board.search.models import SearchDocument

NUMBER = "999 012 3454"
STRONG = f"Patient with NHS number {NUMBER} has a pump."
FORMS = {
    "question": ("/questions", {"title": "Which pump?", "tags": "pumps"}),
    "answer": ("/questions/4/answers", {}),
    "comment": ("/posts/4/comments", {}),
    "edit": ("/posts/1/edit", {"title": "How long?", "base_revision": "1"}),
}


@pytest.fixture
def priya(signed_in, world):
    """A privacy reviewer."""
    appointing.let_review(CONSOLE, world.priya, reviews=True)
    db.session.commit()
    return signed_in("priya")


def send(browser, form="question", body=STRONG, **fields):
    address, others = FORMS[form]
    return browser.send(address, body=body, review="1", **others | fields)


def newest_held():
    return db.session.scalar(select(Held).order_by(Held.id.desc()))


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def everything():
    return "\n".join(
        str(row) for table in db.metadata.sorted_tables for row in db.session.execute(select(table))
    )


def verbs():
    rows = select(Activity.verb).where(Activity.verb != "access_refused").order_by(Activity.id)
    return list(db.session.scalars(rows))


def test_a_refused_form_offers_three_ways_on(amina):
    page = amina.send("/questions", title="Which pump?", body=STRONG).text
    assert re.search(r'name="replace" value="all" autofocus>Replace and post', page)
    assert 'href="#body">Edit</a>' in page
    assert 'name="review" value="1">Send for review' in page


def test_what_only_warns_is_not_sent_for_review(amina):
    page = amina.send("/questions", title="Pump?", body="She is a 94 year old lady.")
    assert "Send for review" not in page.text
    assert send(amina, body="She is a 94 year old lady.").status_code == 422
    assert count(Held) == 0


@pytest.mark.parametrize("form", list(FORMS))
def test_the_whole_text_waits(amina, form):
    before = count(Post), count(SearchDocument)
    reply = send(amina, form)
    assert reply.status_code == 303
    assert reply.location == "/privacy/mine"
    assert (count(Post), count(SearchDocument)) == before
    held = newest_held()
    assert (held.form, held.author.handle, held.kinds) == (form, "amina", ["nhs_number"])
    assert NUMBER not in everything()
    page = amina.get("/privacy/mine").text
    assert "Waiting for a privacy reviewer" in page
    assert html_free(amina.get(f"/privacy/held/{held.id}").text).count(NUMBER) == 1


def html_free(page):
    return re.sub(r"<[^>]*>", "", page)


def test_nobody_else_sees_it(amina, signed_in, priya):
    send(amina)
    held = newest_held()
    for name in ("jonas", "ruth", "tomasz"):
        other = signed_in(name)
        assert other.get(f"/privacy/held/{held.id}").status_code == 403
        assert other.get("/privacy/held").status_code == 403
        assert other.send(f"/privacy/held/{held.id}/release").status_code == 403


def test_without_a_reviewer_administrators_are(amina, signed_in):
    send(amina)
    tomasz = signed_in("tomasz")
    assert "Privacy reviews" in tomasz.get("/questions").text
    assert tomasz.get(f"/privacy/held/{newest_held().id}").status_code == 200


def test_lists_show_kinds_and_never_the_text(amina, priya):
    send(amina)
    page = priya.get("/privacy/held").text
    assert "an NHS number" in page
    assert "Which pump" not in page
    assert NUMBER not in page


def test_looking_is_on_record(amina, priya, world):
    send(amina)
    page = priya.get(f"/privacy/held/{newest_held().id}").text
    assert f"[an NHS number:] </span>{NUMBER}" in page
    row = db.session.scalar(select(Activity).order_by(Activity.id.desc()))
    assert (row.verb, row.subject_kind, row.actor_id) == (
        "privacy_viewed",
        "quarantine",
        world.priya.id,
    )


def test_looking_is_in_the_audit_trail(amina, priya, world):
    send(amina)
    amina.send("/posts/2/patient-information")
    held, concern = newest_held().id, db.session.scalar(select(Concern.id))
    priya.get(f"/privacy/held/{held}")
    priya.get(f"/privacy/concerns/{concern}")
    db.session.expire_all()
    looked = select(AuditRecord).filter_by(action="privacy_viewed").order_by(AuditRecord.seq)
    seen = [(each.actor, each.object_kind, each.object_id) for each in db.session.scalars(looked)]
    assert seen == [("priya", "quarantine", held), ("priya", "privacy_concern", concern)]


@pytest.mark.parametrize("form", list(FORMS))
def test_released_it_is_posted_as_its_author_wrote_it(amina, priya, form):
    send(amina, form, submission_key="k")
    held = newest_held()
    reply = priya.send(f"/privacy/held/{held.id}/release")
    assert reply.status_code == 303
    db.session.expire_all()
    post = db.session.get(Post, held.post_id)
    assert (post.body_md, post.author.handle) == (STRONG, "amina")
    assert held.payload is None
    again = send(amina, form, submission_key="k")
    assert again.location == f"/posts/{post.id}"
    assert count(Held) == 1
    assert "posted what you sent" in amina.get("/inbox").text


def suggest(browser):
    fields = {"body": f"Longer. {STRONG}", "base_revision": "1", "review": "1"}
    assert browser.send("/posts/2/suggestions", **fields).status_code == 303


def test_a_suggestion_is_released_as_a_suggestion(amina, priya, world):
    sent = amina.send(
        "/posts/2/suggestions", body=f"Longer. {STRONG}", base_revision="1", review="1"
    )
    assert sent.status_code == 303
    held = newest_held()
    assert "A suggested edit" in priya.get(f"/privacy/held/{held.id}").text
    assert priya.send(f"/privacy/held/{held.id}/release").status_code == 303
    db.session.expire_all()
    made = db.session.scalar(select(Suggestion))
    assert (made.person.handle, made.body_md) == ("amina", f"Longer. {STRONG}")
    assert "Four weeks" in world.insulin_answer.body_md, "its author still decides"


def test_a_suggestion_is_returned_among_the_drafts(amina, priya):
    suggest(amina)
    priya.send(f"/privacy/held/{newest_held().id}/return", message="Leave the number out.")
    draft = db.session.scalar(select(Draft).filter_by(target="edit-2", is_sent=False))
    assert draft.body == f"Longer. {STRONG}"


def test_a_question_is_released_with_its_urgency_and_the_experts_who_were_chosen(
    amina, priya, world
):
    send(amina, urgency="this_shift", ask=["jonas", "nobody"])
    priya.send(f"/privacy/held/{newest_held().id}/release")
    db.session.expire_all()
    question = db.session.get(Question, newest_held().post_id)
    assert question.urgency == "this_shift"
    asked = db.session.scalars(select(Request).filter_by(question_id=question.id)).all()
    assert [(each.person.handle, each.asker.handle) for each in asked] == [("jonas", "amina")]


def test_an_answer_is_released_with_what_it_rests_on(amina, priya):
    source = {"evidence": "1", "source_kind": "opinion", "setting": "ward", "grade": "low"}
    send(amina, "answer", **source, applies_to=["adult", "renal"], source="Pump policy 3")
    held = newest_held()
    assert "Pump policy 3" in priya.get(f"/privacy/held/{held.id}").text
    priya.send(f"/privacy/held/{held.id}/release")
    db.session.expire_all()
    row = db.session.get(Evidence, held.post_id)
    assert (row.source, row.setting, row.grade) == ("Pump policy 3", "ward", "low")
    assert db.session.get(Answer, held.post_id).applies_to == row.applies_to != ""


RESTS = {"evidence": "1", "source_kind": "opinion", "setting": "ward", "grade": "low"}


def answer_form(browser):
    """What the form of an answer shows as chosen and typed."""
    page = browser.get("/questions/4", follow_redirects=True).text
    form = page[page.index('<form id="answer"') :].partition("</form>")[0]
    ticked = re.findall(r'name="applies_to" value="(\w+)" checked', form)
    chosen = re.findall(r'<option value="(\w+)" selected', form)
    typed = re.search(r'name="source"[^>]* value="([^"]*)"', form)[1]
    return ticked, chosen, typed, '<details class="evidence-fields" open>' in form


@pytest.mark.parametrize("way", ["return", "withdrawal"])
def test_an_answer_comes_back_with_what_it_rests_on(amina, priya, way):
    send(amina, "answer", **RESTS, applies_to=["adult", "renal"], source="Pump policy 3 = new")
    held = newest_held()
    browser = priya if way == "return" else amina
    browser.send(f"/privacy/held/{held.id}/{way}", message="Leave the number out, please.")
    said = (["adult", "renal"], ["ward", "opinion", "low"], "Pump policy 3 = new", True)
    assert answer_form(amina) == said
    assert answer_form(priya) == ([], [], "", False), "it is nobody else's draft"


def test_what_was_chosen_since_is_not_overwritten(amina, priya):
    send(amina, "answer", **RESTS, source="Pump policy 3")
    newer = {"body": "Newer.", "evidence": "1", "setting": "theatre", "source": "Leaflet"}
    amina.send("/drafts/answer-4", part="d", **newer, sequence="0", window="w")
    priya.send(f"/privacy/held/{newest_held().id}/return", message="Leave the number out.")
    assert answer_form(amina) == ([], ["theatre"], "Leaflet", True)


def test_a_newer_draft_without_any_takes_it_over(amina, priya):
    send(amina, "answer", **RESTS, source="Pump policy 3")
    amina.send("/drafts/answer-4", part="d", body="Newer.", sequence="0", window="w")
    priya.send(f"/privacy/held/{newest_held().id}/return", message="Leave the number out.")
    assert answer_form(amina)[2] == "Pump policy 3"


def test_an_answer_with_impossible_evidence_is_not_held(amina):
    assert send(amina, "answer", evidence="1", doi="nonsense").status_code == 422
    assert count(Held) == 0


def test_nothing_of_a_suspended_author_is_released(amina, priya, world):
    send(amina)
    until = clock.now() + timedelta(days=3)
    sanctioning.suspend(world.ruth, world.amina, until.date().isoformat(), "Calm down.")
    db.session.commit()
    held = newest_held()
    refused = priya.send(f"/privacy/held/{held.id}/release")
    assert refused.status_code == 403
    assert "Its author is suspended until" in refused.text
    with clock.held_at(until + timedelta(days=1)):
        assert deciding.release(world.priya, held)


def test_released_once_although_two_reviewers_press(amina, priya, signed_in, world):
    appointing.let_review(CONSOLE, world.ruth, reviews=True)
    send(amina)
    ruth, id = signed_in("ruth"), newest_held().id
    before = count(Question)
    assert priya.send(f"/privacy/held/{id}/release").status_code == 303
    second = ruth.send(f"/privacy/held/{id}/purge")
    assert second.status_code == 409
    assert "Somebody else decided" in second.text
    assert count(Question) == before + 1


def test_two_reviewers_at_the_same_moment(amina, priya, signed_in, world):
    appointing.let_review(CONSOLE, world.ruth, reviews=True)
    send(amina, "answer")
    id = newest_held().id
    browsers = [priya, signed_in("ruth")]
    tokens = [each.csrf_token() for each in browsers]
    before = count(Answer)
    db.session.commit()
    statuses = []

    def press(browser, token):
        reply = browser.post(f"/privacy/held/{id}/release", data={"csrf_token": token})
        statuses.append(reply.status_code)

    threads = [
        threading.Thread(target=press, args=pair) for pair in zip(browsers, tokens, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    assert sorted(statuses) == [303, 409]
    assert count(Answer) == before + 1


def test_returned_it_is_among_the_drafts_with_a_message(amina, priya):
    send(amina, "answer")
    held = newest_held()
    page = priya.send(f"/privacy/held/{held.id}/return", message="")
    assert page.status_code == 422
    page = priya.send(f"/privacy/held/{held.id}/return", message=STRONG)
    assert page.status_code == 422, "a message is looked through too"
    priya.send(f"/privacy/held/{held.id}/return", message="Leave the number out, please.")
    assert "Leave the number out" in amina.get("/privacy/mine").text
    assert STRONG in amina.get("/questions/4", follow_redirects=True).text
    assert "returned your text" in amina.get("/inbox").text


def test_what_was_written_since_is_not_overwritten(amina, priya):
    send(amina, "answer")
    amina.send("/drafts/answer-4", part="d", body="Something newer.", sequence="0", window="w")
    held = newest_held()
    priya.send(f"/privacy/held/{held.id}/return", message="Leave the number out.")
    draft = db.session.scalar(select(Draft).filter_by(target="answer-4"))
    assert draft.body == f"Something newer.\n\n---\n\n{STRONG}"


def test_a_release_leaves_a_newer_draft_alone(amina, priya):
    send(amina)
    amina.send("/drafts/question", title="Another one", sequence="0", window="w")
    priya.send(f"/privacy/held/{newest_held().id}/release")
    assert "Another one" in amina.get("/questions/new").text


def test_purged_nothing_is_left(amina, priya):
    send(amina)
    held = newest_held()
    assert priya.send(f"/privacy/held/{held.id}/purge").status_code == 303
    db.session.expire_all()
    assert (held.payload, held.outcome) == (None, "discarded")
    assert NUMBER not in amina.get(f"/privacy/held/{held.id}").text
    assert "removed what you sent" in amina.get("/inbox").text


def test_nobody_decides_about_their_own(priya):
    send(priya, "answer")
    held = newest_held()
    page = priya.get(f"/privacy/held/{held.id}").text
    assert "somebody else decides" in page
    assert priya.send(f"/privacy/held/{held.id}/release").status_code == 403


def test_an_administrator_stands_in_for_a_reviewer_who_wrote_it(priya, signed_in, amina):
    send(priya, "answer")
    own = newest_held().id
    tomasz, ruth = signed_in("tomasz"), signed_in("ruth")
    assert waiting(tomasz) == "1"
    send(amina)
    other = newest_held().id
    assert f"/privacy/held/{own}" in tomasz.get("/privacy/held").text
    assert f"/privacy/held/{other}" not in tomasz.get("/privacy/held").text
    assert tomasz.get(f"/privacy/held/{other}").status_code == 403
    assert ruth.get(f"/privacy/held/{own}").status_code == 403
    assert tomasz.send(f"/privacy/held/{own}/release").status_code == 303
    assert waiting(tomasz) is None
    assert tomasz.get("/privacy/held").status_code == 403, "the rest is the reviewer's"


def test_an_administrator_purges_what_the_only_reviewer_wrote(priya, signed_in, world):
    signed_in("amina").send("/posts/4/patient-information")
    tomasz = signed_in("tomasz")
    id = db.session.scalar(select(Concern.id))
    assert "occlusion" in tomasz.get(f"/privacy/concerns/{id}").text
    purged = tomasz.send(f"/privacy/concerns/{id}/purge", passages="")
    assert tomasz.get(purged.location).status_code == 200
    db.session.expire_all()
    assert "Removed for privacy" in world.pump.title


def test_reviewers_see_in_the_header_that_something_waits(amina, priya, signed_in, world):
    appointing.let_review(CONSOLE, world.ruth, reviews=True)
    db.session.commit()
    assert waiting(priya) is None
    send(amina)
    amina.send("/posts/2/patient-information")
    for page in ("/questions", "/questions/4/why-does-the-pump-alarm-say-occlusion"):
        assert waiting(priya, page) == "2"
        assert waiting(amina, page) is waiting(signed_in("tomasz"), page) is None
    assert "Privacy: 2 waiting" in signed_in("ruth").get("/queue").text


def test_reviewers_are_told_without_a_word_of_it(amina, priya, signed_in):
    send(amina)
    amina.send("/posts/2/patient-information")
    news = priya.get("/inbox").text
    assert "Somebody sent a text for review" in news
    assert "Somebody said that a post may hold a patient" in news
    assert news.count('href="/privacy/held"') >= 3, "both lead to the reviewers' page"
    for words in ("Which pump", NUMBER, "Amina"):
        assert words not in news
    assert "Somebody said that what you wrote" in signed_in("jonas").get("/inbox").text
    for name in ("ruth", "tomasz", "amina"):
        assert "until you decide" not in signed_in(name).get("/inbox").text


def waiting(browser, page="/questions"):
    """What the header says waits for reviewers."""
    page = browser.get(page).text
    found = re.search(r'id="reviews-link".*?class="badge">(\d+)', page)
    return found and found[1]


def test_its_author_may_take_it_back(amina, signed_in):
    send(amina)
    held = newest_held()
    assert signed_in("jonas").send(f"/privacy/held/{held.id}/withdrawal").status_code == 403
    assert amina.send(f"/privacy/held/{held.id}/withdrawal").location == "/drafts"
    assert STRONG in amina.get("/questions/new").text


def test_the_same_press_twice_is_held_once(amina):
    for _ in range(2):
        assert send(amina, submission_key="k").location == "/privacy/mine"
    assert count(Held) == 1


def test_what_could_not_be_posted_is_not_held(amina):
    page = send(amina, title="")
    assert page.status_code == 422
    assert STRONG in page.text
    assert count(Held) == 0


def test_an_edit_of_what_was_changed_meanwhile_still_waits(amina, priya):
    send(amina, "edit")
    held = newest_held()
    amina.send("/posts/1/edit", title="Pens?", body="Clean.", base_revision="1")
    page = priya.send(f"/privacy/held/{held.id}/release")
    assert page.status_code == 409
    db.session.expire_all()
    assert held.decided_at is None


def test_after_a_week_it_goes_and_its_author_is_told(amina, app):
    send(amina)
    held = newest_held()
    db.session.commit()
    assert deciding.expire() == 0
    with clock.held_at(held.expires_at + timedelta(minutes=1)):
        assert deciding.expire() == 1
        assert deciding.expire() == 0
    db.session.expire_all()
    assert (held.payload, held.outcome) == (None, "expired")
    assert "Nobody could look" in amina.get("/inbox").text


def test_a_reason_cannot_be_held(signed_in):
    page = signed_in("amina").send("/posts/1/hiding", reason=STRONG, review="1")
    assert page.status_code == 422
    assert "Send for review" not in page.text
    assert count(Held) == 0


def test_in_place_too(amina):
    reply = amina.send("/questions/4/answers", part="answer", body=STRONG)
    assert 'name="review"' in reply.text
    assert 'href="#answer-body"' in reply.text
    reply = amina.send("/questions/4/answers", part="answer", body=STRONG, review="1")
    assert reply.headers["HX-Redirect"] == "/privacy/mine"


def test_reviewers_are_chosen_by_administrators(signed_in, world):
    tomasz = signed_in("tomasz")
    assert signed_in("ruth").send("/people/ruth/reviewing", reviews="1").status_code == 403
    assert tomasz.send("/people/ruth/reviewing", reviews="1").status_code == 303
    assert signed_in("ruth").get("/privacy/held").status_code == 200
    assert tomasz.get("/privacy/held").status_code == 403
    tomasz.send("/people/ruth/reviewing", reviews="0")
    assert tomasz.get("/privacy/held").status_code == 200
    assert verbs()[-2:] == ["reviewer_appointed", "reviewer_ended"]
