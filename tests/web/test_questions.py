"""The lists, the question's page and asking, as a browser meets them."""

import re

import pytest

from board.core.database import db
from board.posts import answering, asking, hiding, saving, voting
from board.posts.models import Question

TITLE = "How long does a started insulin pen keep?"


def titles(page):
    return re.findall(r"<h2><a [^>]*>([^<]+)</a></h2>", page.text)


@pytest.fixture
def many(world, prepared):
    """Forty-five more questions, in a tag of their own."""
    prepared("many", lambda: _many(world))


def _many(world):
    for number in range(45):
        asking.ask(world.priya, f"Number {number}?", "", "many")


def test_the_list_works(amina):
    page = amina.get("/")
    assert page.status_code == 200
    assert titles(page) == [
        "Which gloves for cytotoxic drugs?",
        "Why does the pump alarm say occlusion?",
        TITLE,
    ] or set(titles(page)) >= {TITLE}
    assert "Amina Yusuf</bdi></a>, Staff nurse" in page.text


def test_states_are_told_in_words(amina):
    page = amina.get("/")
    for words in ("Accepted answer", "1 answer", "No answer yet", "0 votes"):
        assert words in page.text


@pytest.mark.parametrize("tab", ["newest", "active", "unanswered", "votes"])
def test_every_order_works(amina, tab):
    assert amina.get(f"/questions?tab={tab}").status_code == 200


def test_unanswered_has_no_visible_answer(amina, world):
    hiding.hide(world.jonas, world.insulin_answer)
    assert set(titles(amina.get("/questions?tab=unanswered"))) == {
        "Why does the pump alarm say occlusion?",
        TITLE,
    }


def test_most_votes_first(amina, world):
    voting.vote(world.jonas, world.insulin)
    assert titles(amina.get("/questions?tab=votes"))[0] == TITLE


def test_active_first(amina, world):
    answering.answer(world.jonas, world.insulin, "And another thing.")
    assert titles(amina.get("/questions?tab=active"))[0] == TITLE


def test_a_department(amina):
    page = amina.get("/questions?department=ward-7b")
    assert titles(page) == [TITLE]
    assert titles(amina.get("/questions?department=education")) == []


def test_a_tag_and_a_department(amina):
    assert titles(amina.get("/questions?tag=insulin&department=ward-7b")) == [TITLE]
    assert titles(amina.get("/questions?tag=insulin&department=pharmacy")) == []


@pytest.mark.parametrize(
    "address",
    [
        "/questions?tab=best",
        "/questions?tag=nothing",
        "/questions?department=nowhere",
        "/questions?after=x",
        "/questions?tab=votes&after=20260101T000000.000000~1",
        "/questions?after=-1",
        "/questions/0",
        "/questions/999",
        "/questions/99999999999999999999",
        "/questions/2",
        "/questions/abc",
    ],
)
def test_what_is_not_there_is_a_clear_404(amina, address):
    page = amina.get(address)
    assert page.status_code == 404
    assert "Not found" in page.text


@pytest.mark.parametrize("tab", ["newest", "active", "unanswered", "votes"])
@pytest.mark.parametrize(
    "where",
    [
        "/questions?tab={}",
        "/tags/many?tab={}",
        "/questions?tag=many&department=acute-medical-unit&tab={}",
    ],
)
def test_show_more_leads_through_the_whole_list(many, amina, tab, where):
    seen, address = [], where.format(tab)
    while address:
        page = amina.get(address)
        seen += titles(page)
        found = re.search(r'id="more"><a class="button" href="([^"]+)"', page.text)
        address = found[1].replace("&amp;", "&") if found else None
    assert len([title for title in seen if title.startswith("Number")]) == 45
    assert len(seen) == len(set(seen))


def test_show_more_gives_only_the_rows_to_htmx(many, amina):
    page = amina.part("/questions", "more")
    assert "<html" not in page.text
    assert len(titles(page)) == 20


def test_an_empty_list_says_so(amina):
    assert "No questions here yet" in amina.get("/questions?department=education").text


def test_a_question_works(amina):
    page = amina.get("/questions/1", follow_redirects=True)
    assert page.request.path == "/questions/1/how-long-does-a-started-insulin-pen-keep"
    assert "It is <strong>not</strong> in the fridge." in page.text
    assert "Four weeks at room temperature" in page.text
    assert "Jonas Weber</bdi></a>, Pharmacist" in page.text
    assert "Thank you." in page.text


def test_an_old_slug_leads_to_the_present_one(amina):
    page = amina.get("/questions/1/something-else?x=1")
    assert page.status_code == 302
    assert page.location.endswith("/questions/1/how-long-does-a-started-insulin-pen-keep?x=1")


def test_the_accepted_answer_is_first_with_who_and_when(amina, world):
    answering.answer(world.amina, world.gloves, "Early but not accepted.")
    page = amina.get("/questions/5", follow_redirects=True)
    assert page.text.index("Two pairs") < page.text.index("Early but not accepted")
    assert "accepted by Jonas Weber" in page.text


def test_answers_stand_by_score_then_by_age(amina, world):
    first = answering.answer(world.ruth, world.pump, "First answer.")
    second = answering.answer(world.jonas, world.pump, "Second answer.")
    third = answering.answer(world.tomasz, world.pump, "Third answer.")
    voting.vote(world.amina, third)
    page = amina.get("/questions/4", follow_redirects=True).text
    places = [page.index(f'id="post-{post.id}"') for post in (third, first, second)]
    assert places == sorted(places)


def test_a_removed_question_is_gone_with_its_reason(amina, world):
    hiding.hide(world.ruth, world.pump, "asked twice")
    page = amina.get("/questions/4", follow_redirects=True)
    assert page.status_code == 410
    assert "asked twice" in page.text


def test_its_author_and_moderators_still_see_it(signed_in, world):
    hiding.hide(world.ruth, world.pump, "asked twice")
    for name in ("priya", "ruth"):
        page = signed_in(name).get("/questions/4", follow_redirects=True)
        assert page.status_code == 200
        assert "asked twice" in page.text


def test_a_setting_keeps_words_out_of_addresses_and_titles(amina, configure):
    configure(private_addresses=True)
    page = amina.get("/questions/1", follow_redirects=True)
    assert page.request.path == "/questions/1/question"
    assert "<title>Question 1" in page.text
    assert "/how-long" not in amina.get("/").text


def test_asking_works(amina):
    page = amina.get("/questions/new")
    assert page.status_code == 200
    assert "No patient details. Not the record. Nobody is watching this." in page.text
    assert "Signed in as" in page.text


def test_a_question_is_asked(amina, world):
    reply = amina.send("/questions", title="Who signs?", body="**Now**", tags="signing, NG tube")
    assert reply.status_code == 303
    assert reply.location.endswith("/questions/7/who-signs")
    page = amina.get(reply.location)
    assert "Your question was posted." in page.text
    assert "<strong>Now</strong>" in page.text
    assert "/tags/ng-tube" in page.text


def test_the_same_form_twice_makes_one_question(amina, world):
    first = amina.send("/questions", title="Who signs?", submission_key="k1")
    second = amina.send("/questions", title="Who signs?", submission_key="k1")
    assert second.location == first.location
    assert db.session.query(Question).count() == 4


def test_a_form_that_was_refused_can_be_sent_again(amina):
    assert amina.send("/questions", title="", submission_key="k1").status_code == 422
    assert amina.send("/questions", title="Who signs?", submission_key="k1").status_code == 303


def test_a_mistake_keeps_everything_that_was_typed(amina):
    page = amina.send("/questions", title="", body="Some <b>details</b>", tags="a,b,c,d,e,f")
    assert page.status_code == 422
    assert "Write your question here, in one sentence." in page.text
    assert "At most 5 tags, please." in page.text
    assert "Some &lt;b&gt;details&lt;/b&gt;</textarea>" in page.text
    assert 'value="a,b,c,d,e,f"' in page.text
    assert 'aria-invalid="true"' in page.text


def test_a_megabyte_is_refused_and_kept(amina):
    page = amina.send("/questions", title="Long?", body="x" * 1_000_000)
    assert page.status_code == 422
    assert "1,000,000 characters" in page.text
    assert page.text.count("x" * 1_000_000) == 1


def test_far_more_than_that_is_refused_clearly(amina):
    page = amina.send("/questions", title="Long?", body="x" * 13_000_000)
    assert page.status_code == 413
    assert "more text than the board takes" in page.text


def test_malformed_bytes_are_read_as_far_as_they_go(amina):
    token = amina.csrf_token()
    reply = amina.post(
        "/questions",
        data=b"csrf_token=" + token.encode() + b"&title=Bad+%ff%fe+bytes%00&body=%c3%28",
        content_type="application/x-www-form-urlencoded",
    )
    assert reply.status_code == 303


def test_an_open_page_is_told_what_is_new(amina, world):
    version = world.insulin.version
    address = f"/questions/1/changes?since={version}&answers=1"
    assert amina.part(address, "changes").status_code == 204
    answering.answer(world.ruth, world.insulin, "Ask pharmacy.")
    page = amina.part(address, "changes")
    assert "1 new answer" in page.text
    assert f"since={version + 1}" in page.text


def test_the_poll_of_a_removed_question_ends(amina, world):
    hiding.hide(world.priya, world.pump)
    assert amina.part("/questions/4/changes?since=1", "changes").status_code == 404


@pytest.mark.parametrize("query", ["since=x", "since=", "", "since=1&answers=x"])
def test_a_poll_with_nonsense_is_answered(amina, query):
    assert amina.part(f"/questions/1/changes?{query}", "changes").status_code == 200


def test_a_saved_draft_is_offered_again(amina, world):
    amina.send(
        "/drafts/question", part="draft", title="Half a", body="question", sequence=0, window="w"
    )
    page = amina.get("/questions/new")
    assert 'value="Half a"' in page.text
    assert "This is your draft from" in page.text


def test_saved_questions_are_marked(amina, world):
    saving.save(world.amina, world.insulin)
    assert 'aria-pressed="true"' in amina.get("/questions/1", follow_redirects=True).text
