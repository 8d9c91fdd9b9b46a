"""Questions like the one being asked or read, and "This answers me"."""

import re

import pytest
from sqlalchemy import func, select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core.database import db
from board.posts import asking, drafting, hiding
from board.posts.models import Question

INSULIN = "How long does a started insulin pen keep?"
TYPED = {"title": "Does a started insulin pen keep?", "body": "It is <b>warm</b>.", "tags": "pens"}


@pytest.fixture
def pens(world):
    """Eight more questions about insulin pens, and others, so that their words tell something."""
    for number in range(8):
        asking.ask(world.jonas, f"Where is insulin pen number {number}?", "", "pens")
        for word in ("zinc", "copper", "iron"):
            asking.ask(world.jonas, f"Which {word} is in cupboard {number}?")
    db.session.commit()


def shown(page):
    return re.findall(r'<li>.*?<a href="/questions/(\d+)/', page.text, re.DOTALL)


def deflections():
    db.session.commit()
    rows = db.session.scalars(select(Activity).filter_by(verb=Verb.DEFLECTED))
    return [(row.actor_id, row.subject_kind, row.subject_id) for row in rows]


def test_a_question_like_it_is_shown_with_state_and_first_line(amina):
    page = amina.send("/similar", part="similar", title="started insulin pen")
    assert "<html" not in page.text
    assert page.text.lstrip().startswith('<div id="similar"')
    assert "Was it answered already?" in page.text
    assert INSULIN in page.text
    assert "1 answer" in page.text
    assert "Four weeks at room temperature." in page.text
    assert 'formaction="/questions/1/deflection"' in page.text


@pytest.mark.parametrize("title", ["", "insulin", "insulin pen", "  insulin   pen  "])
def test_nothing_is_shown_before_the_third_word(amina, title):
    page = amina.send("/similar", part="similar", title=title, body="started insulin pen keep")
    assert page.status_code == 200
    assert shown(page) == []
    assert "Was it answered already?" not in page.text
    assert 'id="similar"' in page.text, "the place is needed for what is typed next"


def test_the_details_count_too(amina):
    title = "Zebra crossing somewhere?"
    assert shown(amina.send("/similar", part="similar", title=title)) == []
    page = amina.send("/similar", part="similar", title=title, body="Occlusion, says the pump.")
    assert shown(page) == ["4"]


@pytest.mark.parametrize("title", ["What is this about?", "Can I ask you something please"])
def test_words_that_say_nothing_are_like_no_question(amina, title):
    assert shown(amina.send("/similar", part="similar", title=title)) == []


def test_five_at_most(amina, pens):
    page = amina.send("/similar", part="similar", title="Where is my insulin pen?")
    assert len(set(shown(page))) == 5
    assert page.text.count("This answers me") == 5


def test_nothing_removed_is_shown(amina, world):
    hiding.hide(world.ruth, world.insulin, "asked twice")
    assert shown(amina.send("/similar", part="similar", title="started insulin pen keep")) == []
    assert shown(amina.send("/similar", title="started insulin pen keep")) == []


def test_looking_writes_nothing(amina, world, statements):
    with statements() as seen:
        amina.send("/similar", part="similar", **TYPED)
    assert [line for line in seen if not line.lstrip().startswith(("SELECT", "WITH"))] == []
    assert drafting.waiting(world.amina.id) == []


def test_without_javascript_the_page_keeps_what_was_typed(amina):
    page = amina.send("/similar", **TYPED)
    assert page.status_code == 200
    assert "<h1>Ask a question</h1>" in page.text
    assert shown(page) == ["1"]
    assert f'value="{TYPED["title"]}"' in page.text
    assert "It is &lt;b&gt;warm&lt;/b&gt;.</textarea>" in page.text
    assert 'value="pens"' in page.text
    assert "No question like this one was found." not in page.text


def test_without_javascript_it_says_that_nothing_is_like_it(amina):
    page = amina.send("/similar", title="Zebra crossing somewhere?", body="kept words")
    assert "No question like this one was found." in page.text
    assert "kept words</textarea>" in page.text
    assert "No question like this one was found." not in amina.get("/questions/new").text


def test_without_javascript_nothing_is_said_of_what_was_not_looked_for(amina):
    page = amina.send("/similar", title="insulin pen", body="kept words")
    assert "No question like this one was found." not in page.text
    assert 'value="insulin pen"' in page.text
    assert "kept words</textarea>" in page.text


def test_this_answers_me_keeps_the_text_records_it_and_leads_there(amina, world):
    reply = amina.send("/questions/1/deflection", **TYPED)
    assert reply.status_code == 303
    assert reply.location == "/questions/1/how-long-does-a-started-insulin-pen-keep"
    assert "What you typed is kept under My drafts." in amina.get(reply.location).text
    [draft] = drafting.waiting(world.amina.id)
    assert (draft.target, draft.title, draft.body, draft.tags) == ("question", *TYPED.values())
    assert deflections() == [(world.amina.id, "post", 1)]
    assert f'value="{TYPED["title"]}"' in amina.get("/questions/new").text
    assert TYPED["title"] in amina.get("/drafts").text


def test_the_latest_text_counts(amina, world):
    for title in ("First title of mine", "Second title of mine"):
        amina.send("/questions/1/deflection", title=title, body="", tags="")
    assert [draft.title for draft in drafting.waiting(world.amina.id)] == ["Second title of mine"]


def test_nothing_typed_leaves_a_draft_alone(amina, world):
    amina.send("/questions/1/deflection", **TYPED)
    amina.send("/questions/1/deflection", title="", body="")
    assert [draft.title for draft in drafting.waiting(world.amina.id)] == [TYPED["title"]]


def test_no_question_is_made(amina, world):
    before = db.session.scalar(select(func.count()).select_from(Activity).filter_by(verb="asked"))
    amina.send("/questions/1/deflection", **TYPED)
    after = db.session.scalar(select(func.count()).select_from(Activity).filter_by(verb="asked"))
    assert after == before


@pytest.mark.parametrize("id", [2, 4, 999])
def test_what_is_not_there_answers_nobody(amina, world, id):
    """An answer, a question that was removed meanwhile, and nothing at all."""
    hiding.hide(world.ruth, world.pump, "asked twice")
    assert amina.send(f"/questions/{id}/deflection", **TYPED).status_code == 404
    assert deflections() == []


def test_a_question_that_was_removed_meanwhile_loses_no_text(amina, world):
    hiding.hide(world.ruth, world.pump, "asked twice")
    page = amina.send("/questions/4/deflection", **TYPED)
    assert page.status_code == 404
    kept = [draft.title for draft in drafting.waiting(world.amina.id)]
    assert TYPED["title"] in page.text or kept == [TYPED["title"]]


def test_a_page_of_related_questions(amina, pens):
    page = amina.get("/questions/1/related")
    assert "<h1>Related questions</h1>" in page.text
    assert 0 < page.text.count("<article") <= 5
    assert "where-is-insulin-pen-number" in page.text
    assert len(re.findall('href="/questions/1/', page.text)) == 1, "it is not related to itself"


def test_the_part_of_related_questions(amina, pens):
    page = amina.part("/questions/1/related", "related")
    assert "<html" not in page.text
    assert page.text.lstrip().startswith('<div id="related"')
    assert "No answer yet" in page.text
    assert 0 < len(set(shown(page))) <= 5
    assert "1" not in shown(page)


def test_a_question_like_no_other(amina):
    assert "No other question is close to this one." in amina.get("/questions/4/related").text
    part = amina.part("/questions/4/related", "related")
    assert shown(part) == []
    assert "Related" not in part.text


def test_nothing_removed_is_related(amina, world, pens):
    first, *_ = shown(amina.part("/questions/1/related", "related"))
    hiding.hide(world.ruth, db.session.get(Question, int(first)), "asked twice")
    assert first not in shown(amina.part("/questions/1/related", "related"))
    assert amina.get(f"/questions/{first}/related").status_code == 404


@pytest.mark.parametrize("id", [2, 999])
def test_only_questions_have_related_ones(amina, id):
    assert amina.get(f"/questions/{id}/related").status_code == 404


def test_a_question_leads_to_its_related_ones(amina):
    page = amina.get("/questions/1", follow_redirects=True).text
    assert '<a href="/questions/1/related">Related questions</a>' in page
    assert 'hx-get="/questions/1/related"' in page
