"""First posts, as somebody new and a moderator meet them."""

import pytest
import settled
from clients import browser
from sqlalchemy import select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core.database import db
from board.posts.models import Post
from board.privacy.models import Held

SAID = "A moderator looks at your first posts before others see them."
FORMS = {
    "question": ("/questions", {"title": "Which zinc cream?", "body": "For dry skin.", "tags": ""}),
    "answer": ("/questions/4/answers", {"body": "A kinked line, mostly."}),
    "comment": ("/posts/4/comments", {"body": "Which pump is it?"}),
}


@pytest.fixture(autouse=True)
def one(world, configure):
    configure(hold_first_posts=1)
    settled.nothing_waits()


@pytest.fixture
def noor(app, world):
    made = settled.join("noor")
    db.session.commit()
    return browser(app).sign_in(made)


def newest():
    return db.session.scalar(select(Post).order_by(Post.id.desc()))


def held():
    return db.session.scalar(select(Held).order_by(Held.id.desc()))


@pytest.mark.parametrize("form", list(FORMS))
def test_it_waits_and_its_writer_reads_so(noor, signed_in, form):
    address, fields = FORMS[form]
    before = newest().id
    reply = noor.send(address, **fields)
    assert (reply.status_code, reply.location) == (303, "/privacy/mine")
    page = noor.get("/privacy/mine").text
    assert SAID in page
    assert "Take it back" in page
    assert newest().id == before
    jonas = signed_in("jonas")
    for place in ("/questions", "/questions/4/why-does-the-pump-alarm-say-occlusion"):
        assert fields["body"] not in jonas.get(place).text


def test_in_place_it_leads_to_where_it_waits(noor):
    reply = noor.send("/questions/4/answers", part="thread", body="A kinked line, mostly.")
    assert reply.headers["HX-Redirect"] == "/privacy/mine"


def test_sent_twice_it_waits_once(noor):
    for _ in range(2):
        noor.send("/questions/4/answers", body="A kinked line.", submission_key="k1")
    assert len(db.session.scalars(select(Held)).all()) == 1


def test_a_mistake_keeps_what_was_typed(noor):
    page = noor.send("/questions", title=" ", body="kept words", tags="")
    assert page.status_code == 422
    assert "kept words" in page.text
    assert held() is None


def test_its_writer_reads_it_and_takes_it_back(noor):
    noor.send("/questions/4/answers", body="A kinked line, mostly.")
    page = noor.get(f"/privacy/held/{held().id}").text
    assert "A kinked line, mostly." in page
    assert SAID in page
    assert noor.send(f"/privacy/held/{held().id}/withdrawal").status_code == 303
    assert "A kinked line, mostly." in noor.get("/drafts").text


def test_nobody_else_reads_it(noor, signed_in, stranger):
    noor.send("/questions/4/answers", body="A kinked line, mostly.")
    address = f"/privacy/held/{held().id}"
    for name in ("jonas", "ruth", "tomasz"):
        assert signed_in(name).get(address).status_code == 403
    assert stranger.get(address).status_code == 303
    assert "A kinked" not in signed_in("tomasz").get("/privacy/held").text


def test_a_moderator_lets_it_through_with_one_press(noor, ruth, signed_in):
    noor.send("/questions", **FORMS["question"][1])
    page = ruth.get("/queue").text
    assert "First post of somebody new" in page
    assert "Which zinc cream?" in page
    assert 'data-key="a"' in page
    ruth.send(f"/queue/first/{held().id}", decision="let")
    assert "Which zinc cream?" in signed_in("jonas").get("/questions").text
    assert "what you wrote is posted" in noor.get("/inbox").text
    assert "Look at it" in noor.get("/privacy/mine").text


def test_after_that_they_are_not_new_any_more(noor, ruth):
    noor.send("/questions/4/answers", body="A kinked line, mostly.")
    ruth.send(f"/queue/first/{held().id}", decision="let")
    reply = noor.send("/posts/4/comments", body="Look at the clamp.")
    assert "/privacy/mine" not in reply.location
    assert newest().body_md == "Look at the clamp."


def test_turned_down_its_writer_reads_why(noor, ruth):
    noor.send("/questions/4/answers", body="A kinked line, mostly.")
    page = ruth.send(f"/queue/first/{held().id}", decision="turn")
    assert page.status_code == 422
    assert "Say in a few words why" in page.text
    reply = ruth.send(f"/queue/first/{held().id}", decision="turn", words="Say which pump.")
    assert reply.status_code == 303
    mine = noor.get("/privacy/mine").text
    assert "Turned down by a moderator" in mine
    assert "Say which pump." in mine
    assert "turned down what you wrote" in noor.get("/inbox").text
    assert "A kinked line, mostly." in noor.get("/drafts").text


def test_the_second_moderator_is_told(noor, ruth, signed_in):
    noor.send("/questions/4/answers", body="A kinked line, mostly.")
    ruth.get("/queue")
    ruth.send(f"/queue/first/{held().id}", decision="let")
    page = signed_in("tomasz").send(f"/queue/first/{held().id}", decision="turn", words="No.")
    assert page.status_code == 409
    assert "Ruth Okafor has decided this already: let through" in page.text


@pytest.mark.parametrize("form", list(FORMS))
def test_the_queue_shows_enough_to_decide(noor, ruth, form):
    address, fields = FORMS[form]
    noor.send(address, **fields)
    page = ruth.get("/queue").text
    assert fields["body"] in page
    assert "Noor" in page


def test_undone_with_one_press(noor, ruth, signed_in):
    noor.send("/questions", **FORMS["question"][1])
    ruth.send(f"/queue/first/{held().id}", decision="let")
    ruth.send("/queue/undo")
    assert "Which zinc cream?" not in signed_in("jonas").get("/questions").text
    assert "Which zinc cream?" in ruth.get("/queue").text


@pytest.mark.parametrize("name", ["amina", "ruth"])
def test_who_is_known_here_posts_at_once(signed_in, name):
    signed_in(name).send("/questions/4/answers", body="A kinked line, mostly.")
    assert newest().body_md == "A kinked line, mostly."


def test_who_asks_without_a_name_is_not_named_in_the_queue_nor_afterwards(noor, ruth, signed_in):
    noor.send("/questions", **FORMS["question"][1], confidential="1")
    page = ruth.get("/queue").text
    assert "Which zinc cream?" in page
    assert "somebody who asks without a name" in page
    assert "Noor" not in page
    ruth.send(f"/queue/first/{held().id}", decision="let")
    assert (newest().author_id, newest().confider_id) == (None, held().author_id)
    assert "Noor" not in signed_in("jonas").get("/questions").text


def test_that_a_warning_of_danger_was_passed_is_on_record(noor):
    fields = {"title": "Patient is not breathing well, which zinc?", "tags": ""}
    assert noor.send("/questions", **fields).status_code != 303
    reply = noor.send("/questions", emergency="anyway", **fields)
    assert reply.location == "/privacy/mine"
    row = db.session.scalar(select(Activity).filter_by(verb=Verb.EMERGENCY_PASSED))
    assert (row.subject_kind, row.subject_id) == ("quarantine", held().id)


def test_where_the_site_does_not_want_it_nobody_waits(noor, configure):
    configure(hold_first_posts=0)
    noor.send("/questions/4/answers", body="A kinked line, mostly.")
    assert newest().body_md == "A kinked line, mostly."


def test_what_may_be_about_a_patient_goes_to_the_reviewers_first(noor):
    noor.send("/questions/4/answers", body="NHS number 999 012 3454.", review="1")
    assert held().waits_for == "reviewer"
