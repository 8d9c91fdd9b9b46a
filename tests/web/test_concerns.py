"""Contains patient information: hidden at once, then put back or purged."""

import pytest
import settled
from sqlalchemy import select
from test_access import PAGES, rows

from board.core.database import db
from board.inbox.models import Notification
from board.people import appointing
from board.people.models import CONSOLE
from board.posts import accepting, answering
from board.posts.models import Post
from board.privacy.models import Concern
from board.search.models import SearchDocument, SearchWord

HIDDEN = "may contain patient information"


@pytest.fixture
def priya(signed_in, world):
    """A privacy reviewer."""
    settled.let_review(world.priya)
    return signed_in("priya")


@pytest.fixture
def amina(signed_in):
    return signed_in("amina")


def report(browser, id):
    return browser.send(f"/posts/{id}/patient-information")


def concern():
    db.session.expire_all()
    return db.session.scalar(select(Concern).order_by(Concern.id.desc()))


def thread(browser, id=1):
    return browser.get(f"/questions/{id}", follow_redirects=True).text


def test_two_presses_on_every_post(amina):
    page = thread(amina)
    for id in (1, 2, 3):
        assert f'href="/posts/{id}/patient-information"' in page
    assert "Yes, hide it now" in amina.get("/posts/3/patient-information").text


def test_an_answer_is_hidden_at_once_and_keeps_its_place(amina, signed_in, priya):
    assert report(amina, 2).status_code == 303
    for name in ("ruth", "tomasz", "amina"):
        page = thread(signed_in(name))
        assert HIDDEN in page
        assert "Four weeks at room" not in page
        assert "Thank you." in page, "what others said below stays"
    for name in ("jonas", "priya"):
        assert "Four weeks at room" in thread(signed_in(name))
    assert signed_in("ruth").get("/posts/2").status_code == 410
    assert signed_in("ruth").get("/posts/2/revisions").status_code == 410
    assert signed_in("ruth").get("/posts/2/edit").status_code == 410


def test_it_is_neither_counted_nor_found_nor_told(amina, world, signed_in):
    answering.answer(world.ruth, world.insulin, "Quokkas keep pens in pouches.")
    db.session.commit()
    answer = db.session.scalar(select(Post).order_by(Post.id.desc()))
    assert db.session.get(SearchWord, "quokka")
    report(amina, answer.id)
    db.session.expire_all()
    assert db.session.get(SearchWord, "quokka") is None
    assert world.insulin.answer_count == 1
    told = select(Notification).where(
        Notification.post_id == answer.id, Notification.verb == "answered"
    )
    assert db.session.scalars(told).all() == []
    assert "may hold a patient" in signed_in("ruth").get("/inbox").text


def test_a_question_is_nowhere_and_its_title_tells_nothing(amina, signed_in, world):
    report(signed_in("jonas"), 1)
    assert db.session.get(SearchDocument, 1) is None
    ruth = signed_in("ruth")
    for address in ("/questions", "/tags/insulin", "/people/amina", "/search?q=insulin+pen"):
        page = ruth.get(address)
        assert "insulin-pen" not in page.text
        assert "insulin pen keep" not in page.text
    moved = ruth.get("/questions/1")
    assert moved.location == "/questions/1/question"
    page = ruth.get("/questions/1/question").text
    assert HIDDEN in page
    assert "insulin pen" not in page
    assert "in the fridge" not in page
    assert "Four weeks" in page, "the answers stay"
    assert ruth.send("/questions/1/answers", body="x").status_code == 410
    assert "insulin pen" in thread(amina)


def test_a_comment_too(amina):
    report(amina, 3)
    page = thread(amina)
    assert "Thank you." not in page
    assert HIDDEN in page


def test_a_second_report_changes_nothing(amina, signed_in):
    report(amina, 2)
    report(signed_in("jonas"), 2)
    assert db.session.scalars(select(Concern)).all() == [concern()]
    assert concern().reporter.handle == "amina"


def test_put_back_with_a_word_to_whoever_reported(amina, priya, signed_in):
    report(amina, 2)
    id = concern().id
    page = priya.get(f"/privacy/concerns/{id}").text
    assert "Four weeks at room" in page
    assert "Amina Yusuf" in page, "reviewers see who reported"
    assert priya.send(f"/privacy/concerns/{id}/clearance", message="").status_code == 422
    priya.send(f"/privacy/concerns/{id}/clearance", message="Nobody is named here.")
    assert "Four weeks at room" in thread(signed_in("ruth"))
    assert "Nobody is named here." in amina.get("/privacy/mine").text
    assert "the post is back" in amina.get("/inbox").text
    assert "Amina" not in signed_in("jonas").get("/inbox").text, "its author does not"


def test_an_acceptance_comes_back_with_its_answer(amina, priya, world):
    accepting.accept(world.amina, db.session.get(Post, 2))
    db.session.commit()
    report(amina, 2)
    db.session.expire_all()
    assert world.insulin.accepted_id is None
    priya.send(f"/privacy/concerns/{concern().id}/clearance", message="Nobody is named here.")
    db.session.expire_all()
    assert world.insulin.accepted_id == 2


def test_a_moderator_cannot_bring_it_back(amina, signed_in):
    report(amina, 2)
    assert signed_in("ruth").send("/posts/2/hiding/end").status_code == 410
    signed_in("jonas").send("/posts/2/hiding/end")
    assert HIDDEN in thread(amina)


def test_two_reviewers_one_outcome(amina, priya, signed_in, world):
    appointing.let_review(CONSOLE, world.ruth, reviews=True)
    report(amina, 2)
    id, ruth = concern().id, signed_in("ruth")
    assert ruth.send(f"/privacy/concerns/{id}/purge").status_code == 303
    assert priya.send(f"/privacy/concerns/{id}/clearance", message="x y").status_code == 409


def test_nobody_decides_about_their_own(amina, priya):
    report(amina, 4)
    id = concern().id
    assert "somebody else decides" in priya.get(f"/privacy/concerns/{id}").text
    assert priya.send(f"/privacy/concerns/{id}/purge").status_code == 403


def test_only_reviewers_see_the_queue(amina, priya, signed_in):
    report(amina, 2)
    id = concern().id
    for name in ("amina", "ruth", "tomasz"):
        assert signed_in(name).get(f"/privacy/concerns/{id}").status_code == 403
        assert signed_in(name).send(f"/privacy/concerns/{id}/purge").status_code == 403
    assert "Post 2" in priya.get("/privacy/held").text


def test_reports_are_limited(amina, configure, world):
    configure(ratelimit_enabled=True)
    ids = [2, 3, 4, 5, 6, 2, 3, 4, 5, 6, 1]
    assert [report(amina, id).status_code for id in ids][-1] == 429


def test_no_page_of_the_table_of_rights_tells_its_title(amina, signed_in, world):
    jonas, ruth = signed_in("jonas"), signed_in("ruth")
    ruth.send("/questions/1/bookmark", saved="1")
    ruth.send("/watching", kind="question", target="1", level="all")
    report(jonas, 1)
    for address, *_ in rows(PAGES):
        page = ruth.get(address)
        if address != "/questions/1/how-long-does-a-started-insulin-pen-keep":
            told = (page.text + str(page.location)).replace(address, "").lower()
            assert "started insulin pen keep?" not in told, address
            assert "started-insulin-pen" not in told, address
