"""Verification, as a browser meets it: in words, on a page of its own, and in lists."""

from datetime import UTC, datetime

import pytest

from board.core import clock
from board.core.clock import held_at
from board.core.database import db
from board.curation import caring, deciding, removing, reporting, verifying
from board.curation.deciding import Seen
from board.curation.describing import Described
from board.curation.models import Evidence
from board.experts import seating
from board.posts import accepting, answering, asking, editing
from board.search.finding import find
from board.tags.naming import tag_called

RESTS = {
    "evidence": "1",
    "applies_to": "adult",
    "setting": "ward",
    "source_kind": "product",
    "source": "Leaflet",
}
SEEN = {"revision": "1", "standing": "posted"}
JUNE = datetime(2026, 6, 5, 12, tzinfo=UTC)


@pytest.fixture
def priya(world, signed_in):
    """Priya, an expert for insulin."""
    seating.confirm(world.ruth, seating.nominate(world.ruth, world.priya, tag_called("insulin")))
    db.session.commit()
    return signed_in("priya")


@pytest.fixture
def verified(world, priya):
    """Priya has verified Jonas' answer, on 5 June 2026."""
    answer = world.insulin_answer
    rests = Described(("adult",), "ward", source_kind="product", source="Leaflet")
    with held_at(JUNE):
        verifying.verify(world.priya, answer, Seen(1, "posted"), described=rests)
        db.session.commit()
    return answer


def thread(browser):
    return browser.get("/questions/1", follow_redirects=True).text


def test_an_expert_verifies_on_two_presses(priya, world):
    assert "/answers/2/verification" in thread(priya)
    assert "Verify this answer" in priya.get("/answers/2/verification").text
    assert priya.send("/answers/2/verification", **SEEN, **RESTS).status_code == 303
    db.session.expire_all()
    assert world.insulin_answer.standing == "verified"


def test_it_is_said_in_words_with_both_dates(verified, signed_in):
    page = thread(signed_in("amina"))
    assert "Verified by Acute Medical Unit</strong>" in page
    assert "05 Jun 2026, review by 05 Jun 2027" in page
    assert "Leaflet" in page


def test_what_is_missing_is_named_and_what_was_chosen_is_kept(priya):
    page = priya.send("/answers/2/verification", **SEEN, evidence="1", setting="ward", note="Read.")
    assert page.status_code == 422
    assert "Say whom it applies to." in page.text
    assert "Say what it rests on" in page.text
    assert '<option value="ward" selected>' in page.text
    assert 'value="Read."' in page.text


def test_a_doi_has_the_form_of_one(priya):
    page = priya.send("/answers/2/verification", **SEEN, **RESTS, doi="see the website")
    assert page.status_code == 422
    assert "A DOI looks like" in page.text


def test_a_text_that_changed_is_shown_with_what_changed(priya, world):
    editing.edit(world.jonas, world.insulin_answer, 1, body="Six weeks. Check the leaflet.")
    db.session.commit()
    page = priya.send("/answers/2/verification", **SEEN, **RESTS)
    assert page.status_code == 409
    assert "changed after you opened it" in page.text
    assert "What changed since you opened it" in page.text
    assert "Six" in page.text
    assert 'name="revision" value="2"' in page.text


def test_whoever_comes_second_is_told(verified, priya):
    page = priya.send("/answers/2/verification", **SEEN, **RESTS)
    assert page.status_code == 409
    assert "quicker" in page.text


def test_strangers_are_led_to_sign_in(stranger):
    assert stranger.get("/answers/2/verification").status_code == 303
    assert "/sign-in" in stranger.send("/answers/2/verification", **SEEN).location


def test_others_see_the_record_and_no_form(verified, signed_in):
    page = signed_in("amina").get("/answers/2/verification").text
    assert "Priya Nair" in page
    assert "Verify this answer" not in page


def test_the_author_says_what_it_rests_on(signed_in, world):
    jonas = signed_in("jonas")
    assert "Save what it rests on" in jonas.get("/answers/2/verification").text
    assert jonas.send("/answers/2/evidence", **RESTS).status_code == 303
    assert "adults" in thread(jonas)


def test_it_can_be_said_while_answering(signed_in):
    signed_in("amina").send("/questions/1/answers", body="Ask pharmacy.", **RESTS)
    assert "product information" in thread(signed_in("amina"))


def test_the_editor_is_warned_that_the_mark_goes(verified, signed_in):
    page = signed_in("jonas").get("/posts/2/edit").text
    assert "This answer is verified. When you change it, the mark goes" in page


def test_the_verifier_keeps_it_with_a_small_correction(verified, priya, world):
    assert "A small correction" in priya.get("/posts/2/edit").text
    priya.send("/posts/2/edit", body="Four weeks.", base_revision="1", still_true="1")
    db.session.expire_all()
    assert (world.insulin_answer.standing, world.insulin_answer.body_md) == (
        "verified",
        "Four weeks.",
    )


def test_after_an_edit_it_says_that_it_changed(verified, signed_in):
    jonas = signed_in("jonas")
    jonas.send("/posts/2/edit", body="Six weeks.", base_revision="1")
    assert "Changed since it was verified." in thread(jonas)


def test_high_risk_says_what_not_to_do_until_two_have_verified(signed_in, world, configure):
    configure(pharmacy_phone="pharmacy 2345")
    tag = tag_called("insulin")
    caring.set_care(world.ruth, tag, risk="3", field="clinical", is_dosing=True)
    page = thread(signed_in("amina"))
    assert "Not yet verified. Do not use for dosing.</strong> Call pharmacy 2345." in page


def test_another_department_is_warned(signed_in, world):
    signed_in("jonas").send("/answers/2/evidence", **RESTS, department="Pharmacy")
    assert "Written for Pharmacy.</strong> You are in Ward 7B" in thread(signed_in("amina"))
    assert "Written for Pharmacy" not in thread(signed_in("jonas"))


def test_what_is_withdrawn_is_folded_away_with_the_reason(verified, world, signed_in):
    removing.withdraw(world.ruth, verified, Seen(1, "verified"), "The leaflet has changed.")
    page = thread(signed_in("amina"))
    assert "Withdrawn. Do not follow it." in page
    assert "The leaflet has changed." in page
    assert "<summary>Show what it said</summary>" in page


def test_the_address_of_what_is_superseded_leads_to_what_takes_its_place(
    verified, world, signed_in
):
    other = answering.answer(world.ruth, world.insulin, "Six weeks.")
    ruth = signed_in("ruth")
    sent = {"revision": "1", "standing": "verified", "successor": str(other.id)}
    assert ruth.send("/answers/2/successor", **sent).status_code == 303
    assert ruth.get("/posts/2").location.endswith(f"#post-{other.id}")
    assert "Superseded." in thread(ruth)


def test_unsafe_is_said_at_once(verified, signed_in):
    amina = signed_in("amina")
    amina.send("/answers/2/problem", kind="unsafe", words="It says weeks.")
    page = thread(signed_in("jonas"))
    assert "Reported as unsafe. Do not follow it" in page
    assert "Verified by" not in page


def test_a_use_is_counted_in_place(verified, signed_in):
    part = signed_in("amina").send("/answers/2/use", part="used-2", used="1")
    assert 'aria-pressed="true"' in part.text
    assert signed_in("amina").send("/answers/2/use", used="5").status_code == 422


def test_a_problem_needs_a_kind(signed_in):
    page = signed_in("amina").send("/answers/2/problem", words="Hm.")
    assert page.status_code == 422
    assert "Choose what is wrong with it." in page.text
    assert "Hm." in page.text


def test_several_are_verified_again_at_once(verified, signed_in, world):
    with held_at(datetime(2027, 6, 1, tzinfo=UTC)):
        priya = signed_in("priya")
        assert "How long does a started insulin pen keep?" in priya.get("/reviews").text
        reply = priya.send("/reviews", answer="2-1-verified", note="Checked.")
    assert reply.status_code == 303
    db.session.expire_all()
    assert clock.as_day(world.insulin_answer.review_by) == "01 Jun 2028"


def test_nothing_ticked_is_said(priya):
    page = priya.send("/reviews")
    assert page.status_code == 422


@pytest.mark.parametrize("answer", ["x", "2-1", "2-a-verified", "99999999999-1-verified"])
def test_a_damaged_form_is_refused(priya, answer):
    assert priya.send("/reviews", answer=answer).status_code in (409, 422)


# Lists and results


def test_lists_say_it(verified, signed_in):
    assert "Verified answer" in signed_in("amina").get("/questions").text


def titles(query):
    return [result.question.title for result in find(query).results]


def test_what_is_verified_is_found_first_and_what_expired_last(world):
    questions = [asking.ask(world.amina, "Where is zinc paste kept?", "", "zinc") for _ in range(3)]
    answers = [answering.answer(world.jonas, each, "In the cupboard.") for each in questions]
    rests = Described(("all",), "ward", source_kind="experience")
    for number in (0, 2):
        verifying.verify(world.ruth, answers[number], Seen(1, "posted"), described=rests)
    reporting.call_for_review(answers[0], "date")
    answers[0].standing = "expired"
    db.session.flush()
    deciding.refresh_question(questions[0].id)
    found = [result.question.id for result in find("zinc paste kept").results]
    assert found == [questions[2].id, questions[1].id, questions[0].id]


def test_filters_by_standing_and_by_whom_it_applies_to(verified):
    insulin = ["How long does a started insulin pen keep?"]
    assert titles("is:verified") == insulin
    assert titles("insulin applies:adult") == insulin
    assert titles("insulin applies:child") == []
    assert titles("is:expired") == []


def test_filters_by_where_an_answer_holds(verified):
    insulin = ["How long does a started insulin pen keep?"]
    assert db.session.get(Evidence, 2).setting == "ward"
    db.session.get(Evidence, 2).site = "North Wing"
    db.session.commit()
    assert titles("insulin setting:ward") == titles('insulin site:"north wing"') == insulin
    assert titles("insulin setting:theatre") == titles("insulin site:south") == []
    db.session.get(Evidence, 2).setting, db.session.get(Evidence, 2).site = "anywhere", ""
    db.session.commit()
    assert titles("insulin setting:theatre site:south") == insulin


def test_the_verified_answer_stands_first(verified, world, signed_in):
    other = answering.answer(world.ruth, world.insulin, "Six weeks.")
    accepting.accept(world.amina, other)
    page = thread(signed_in("amina"))
    assert page.index('id="post-2"') < page.index(f'id="post-{other.id}"')


def test_more_ticks_than_are_taken_at_a_time_are_not_dropped_silently(signed_in):
    page = signed_in("priya").send("/reviews", answer=["2-1-verified"] * 51)
    assert page.status_code == 422
    assert "At most 50 at a time" in page.text
