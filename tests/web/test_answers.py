"""Answering, as a browser meets it."""

from board.core.database import db
from board.posts import hiding
from board.posts.models import Answer


def test_an_answer_is_posted(amina):
    reply = amina.send("/questions/4/answers", body="The clamp.")
    assert reply.status_code == 303
    assert reply.location.endswith("/questions/4/why-does-the-pump-alarm-say-occlusion#post-7")
    assert "The clamp." in amina.get(reply.location).text


def test_htmx_gets_the_thread_with_the_answer(amina):
    page = amina.send("/questions/4/answers", part="answer", body="The clamp.")
    assert page.status_code == 200
    assert "<html" not in page.text
    assert "The clamp." in page.text
    assert 'id="changes"' in page.text


def test_the_same_answer_twice_is_one(amina, world):
    for _ in range(2):
        assert amina.send("/questions/4/answers", body="x", submission_key="k").status_code == 303
    assert db.session.query(Answer).filter_by(question_id=4).count() == 1


def test_a_repeated_answer_by_htmx_leads_to_the_first(amina):
    amina.send("/questions/4/answers", part="answer", body="x", submission_key="k")
    reply = amina.send("/questions/4/answers", part="answer", body="x", submission_key="k")
    assert reply.headers["HX-Redirect"].endswith("#post-7")


def test_an_empty_answer_shows_the_page_again(amina):
    page = amina.send("/questions/4/answers", body=" ")
    assert page.status_code == 422
    assert "There is no text yet." in page.text
    assert "<h1" in page.text


def test_an_answer_that_is_too_long_is_kept(amina):
    page = amina.send("/questions/4/answers", body="long " * 20_000)
    assert page.status_code == 422
    assert "long long" in page.text


def test_htmx_gets_the_message_beside_the_form(amina):
    reply = amina.send("/questions/4/answers", part="answer", body=" ")
    assert reply.status_code == 422
    assert reply.headers["HX-Retarget"] == "#answer-problem"
    assert 'id="answer-problem"' in reply.text
    assert 'id="answer-problem"' in amina.get("/questions/4", follow_redirects=True).text


def test_an_answer_to_a_removed_question(amina, world, signed_in):
    hiding.hide(world.priya, world.pump)
    assert amina.send("/questions/4/answers", body="x").status_code == 410
    assert signed_in("priya").send("/questions/4/answers", body="x").status_code == 410


def test_an_answer_to_nothing(amina):
    assert amina.send("/questions/99/answers", body="x").status_code == 404


def test_an_answers_draft_is_in_its_form(amina):
    amina.send("/drafts/answer-4", part="draft", body="Half an answer", sequence=0, window="w")
    assert "Half an answer</textarea>" in amina.get("/questions/4", follow_redirects=True).text
