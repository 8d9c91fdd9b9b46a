"""Drafts, as a browser meets them."""

import re

import pytest

from board.core.database import db
from board.curation import describing
from board.curation.releasing import FIELDS
from board.posts import drafting
from board.web.forms import EVIDENCE


def save(browser, target="question", **fields):
    return browser.send(
        f"/drafts/{target}", part="draft", **({"sequence": 0, "window": "w"} | fields)
    )


def test_saving_says_when(amina):
    page = save(amina, title="Half a")
    assert re.search(r"Saved\s+\d\d:\d\d", page.text)
    assert 'name="sequence" value="1"' in page.text


def test_another_window_is_warned_and_may_insist(amina):
    save(amina, title="one", window="one")
    page = save(amina, title="two", window="two")
    assert page.status_code == 409
    assert "another window" in page.text
    assert save(amina, title="two", window="two", overwrite="1").status_code == 200


def test_a_window_that_is_left_keeps_its_text_beside_the_others(amina, world):
    save(amina, title="Pump", body="one", window="one")
    assert save(amina, title="Pump", body="two", window="two", beside="1").status_code == 200
    assert save(amina, title="Pen", body="two", window="three", beside="1").status_code == 200
    kept = drafting.find(world.amina.id, "question")
    assert kept.title == "Pump"
    assert kept.body.split(drafting.BETWEEN) == ["one", "two", "Pen"]


def test_my_drafts(amina, signed_in):
    assert "No drafts" in amina.get("/drafts").text
    save(amina, title="Half a question")
    save(amina, target="answer-4", body="Half an answer")
    save(amina, target="comment-2", body="Half a comment")
    page = amina.get("/drafts").text
    for words in ("Half a question", "Half an answer", "Half a comment", "/posts/2/comments/new"):
        assert words in page
    assert "No drafts" in signed_in("jonas").get("/drafts").text


def test_a_draft_is_thrown_away(amina):
    save(amina, title="Half a question")
    reply = amina.send("/drafts/question/disposal", back="/questions/new")
    assert reply.location.endswith("/questions/new")
    assert "Half a question" not in amina.get("/questions/new").text


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere", ""]
)
def test_and_nobody_is_led_to_another_site(amina, back):
    reply = amina.send("/drafts/question/disposal", back=back)
    assert reply.location.endswith("/drafts")


@pytest.mark.parametrize("target", ["poem", "answer-99", "answer-x"])
def test_a_form_that_is_not_there(amina, target):
    assert save(amina, target=target, body="x").status_code == 404


def test_a_draft_of_a_megabyte(amina):
    assert save(amina, body="x" * 1_000_000).status_code == 200
    assert save(amina, body="x" * 1_000_001).status_code == 422


@pytest.mark.parametrize("sequence", ["x", "", "-1", "9" * 20])
def test_a_sequence_that_is_none(amina, sequence):
    assert save(amina, title="x", sequence=sequence).status_code == 200


def test_a_preview_is_rendered_and_not_stored(amina):
    page = amina.send("/preview", part="body-preview", body="**bold** <script>")
    assert page.text.strip() == "<p><strong>bold</strong> &lt;script&gt;</p>"
    assert "No drafts" in amina.get("/drafts").text
    assert "Nothing to show yet." in amina.send("/preview", part="body-preview", body="").text


# What an answer rests on

RESTS = {
    "evidence": "1",
    "applies_to": ["adult", "renal"],
    "setting": "ward",
    "source": "Leaflet = 3",
    "body": "Four weeks.",
}


def test_a_draft_knows_the_fields_of_the_form():
    fields = tuple(describing.Described.__dataclass_fields__)
    assert set(drafting.EVIDENCE) == {"applies_to", *EVIDENCE} == {"applies_to", *FIELDS}
    assert set(drafting.EVIDENCE) == set(fields)


def test_the_draft_of_an_answer_keeps_what_it_rests_on(amina, world):
    save(amina, "answer-4", **RESTS)
    kept = describing.in_draft(drafting.find(world.amina.id, "answer-4").evidence)
    assert (kept.applies_to, kept.setting, kept.source) == (
        ("adult", "renal"),
        "ward",
        "Leaflet = 3",
    )
    assert 'value="Leaflet = 3"' in amina.get("/questions/4", follow_redirects=True).text


def test_a_window_that_is_left_takes_nothing_from_the_other(amina, world):
    save(amina, "answer-4", **RESTS, window="one")
    other = RESTS | {"source": "Another", "body": "Three weeks."}
    save(amina, "answer-4", **other, window="two", beside="1")
    draft = drafting.find(world.amina.id, "answer-4")
    assert describing.in_draft(draft.evidence).source == "Leaflet = 3"
    assert draft.body == "Four weeks.\n\n---\n\nThree weeks."


def test_sent_it_is_gone_from_the_draft(amina, world):
    save(amina, "answer-4", **RESTS)
    assert amina.send("/questions/4/answers", **RESTS).status_code == 303
    db.session.expire_all()
    assert drafting.find(world.amina.id, "answer-4").evidence == ""


def test_switching_user_keeps_it_for_whoever_wrote_it(amina, signed_in, world):
    amina.send("/sign-out", **RESTS, keep="answer-4")
    db.session.expire_all()
    kept = drafting.find(world.amina.id, "answer-4").evidence
    assert describing.in_draft(kept).applies_to == ("adult", "renal")
    page = signed_in("jonas").get("/questions/4", follow_redirects=True).text
    assert "Leaflet = 3" not in page


def test_it_is_in_the_export_of_ones_own_data(amina):
    save(amina, "answer-4", **RESTS)
    assert "Leaflet = 3" in amina.send("/records/export").text
