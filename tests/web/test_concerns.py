"""Contains patient information: hidden at once, then put back or purged."""

import pytest
import settled
from sqlalchemy import select
from test_access import PAGES, rows

from board.core.database import db
from board.inbox.models import Notification
from board.moderation import flagging
from board.people import appointing
from board.people.models import CONSOLE
from board.posts import accepting, answering, asking, closing, hiding, merging
from board.posts.models import Post
from board.privacy.models import Concern
from board.search.models import SearchDocument, SearchWord

HIDDEN = "may contain patient information"


@pytest.fixture
def priya(signed_in, world):
    """A privacy reviewer."""
    settled.let_review(world.priya)
    return signed_in("priya")


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


def test_what_is_withheld_is_not_shown_in_the_queue_and_waits_there_for_later(
    amina, signed_in, priya, world
):
    flagging.flag(world.amina, world.insulin_answer, "wrong")
    flagging.flag(world.amina, world.insulin_comment, "rude")
    db.session.commit()
    report(amina, 2)
    page = signed_in("ruth").get("/queue").text
    assert "Thank you." in page, "the comment below it still waits"
    assert "Four weeks at room" not in page
    priya.send(f"/privacy/concerns/{concern().id}/clearance", message="No patient.")
    assert "Four weeks at room" in signed_in("ruth").get("/queue").text


def test_a_withheld_title_stands_nowhere_else(amina, signed_in, priya, world):
    again = asking.ask(world.priya, "How long do pens keep?", "", "pens")
    closing.close(world.ruth, again, "duplicate", original=world.insulin)
    flagging.flag(world.tomasz, world.insulin_answer, "wrong")
    db.session.commit()
    title, id = "started insulin pen", again.id
    assert title in thread(amina, id)
    assert title in signed_in("tomasz").get("/flags").text
    report(amina, 1)
    for name in ("jonas", "priya", "ruth"):
        assert title not in thread(signed_in(name), id)
    assert title not in signed_in("tomasz").get("/flags").text
    assert title not in signed_in("ruth").get("/queue").text


@pytest.fixture
def merged(world):
    """What Amina asked stands as "also asked as" on the page of Priya's pump."""
    merging.merge(world.ruth, world.insulin, world.pump)
    db.session.commit()
    return 1


def test_a_merged_title_is_hidden_and_comes_back_and_stays_merged(
    merged, amina, signed_in, priya, world
):
    assert f'href="/posts/{merged}/patient-information"' in thread(amina, 4)
    assert db.session.get(SearchWord, "insulin")
    before = world.insulin.tags[0].question_count
    assert report(amina, merged).location == "/questions/4/question"
    assert "started insulin pen" not in thread(signed_in("tomasz"), 4)
    assert not named("pump", "insulin")
    priya.send(f"/privacy/concerns/{concern().id}/clearance", message="No patient.")
    assert "started insulin pen" in thread(amina, 4)
    assert named("pump", "insulin")
    db.session.expire_all()
    assert not world.insulin.is_visible
    assert world.insulin.tags[0].question_count == before


def test_a_merged_title_is_purged(merged, amina, signed_in, priya):
    report(amina, merged)
    priya.send(f"/privacy/concerns/{concern().id}/purge", passages="")
    assert "Removed for privacy" in thread(signed_in("tomasz"), 4)
    assert not named("pump", "insulin")


def test_a_withheld_question_is_not_shown_by_undoing_its_merge(merged, amina, priya, signed_in):
    report(amina, merged)
    signed_in("ruth").send(f"/questions/{merged}/merge/end")
    assert HIDDEN in thread(signed_in("tomasz"), merged)
    priya.send(f"/privacy/concerns/{concern().id}/clearance", message="No patient.")
    assert "started insulin pen" in thread(signed_in("tomasz"), merged)


def test_what_was_removed_is_reported_by_a_moderator_and_purged(priya, signed_in, world):
    hiding.hide(world.ruth, world.insulin_answer, "Not for here.")
    db.session.commit()
    ruth = signed_in("ruth")
    assert report(signed_in("tomasz"), 2).status_code == 303, "an administrator moderates too"
    assert "Four weeks at room" not in thread(ruth)
    assert ruth.send("/posts/2/hiding/end").status_code == 410
    assert "Four weeks at room" not in ruth.get("/people/jonas/conduct").text
    priya.send(f"/privacy/concerns/{concern().id}/purge", passages="")
    db.session.expire_all()
    assert world.insulin_answer.body_md == ""


def test_what_was_removed_stays_removed_when_no_patient_is_in_it(priya, signed_in, world):
    hiding.hide(world.ruth, world.insulin_answer, "Not for here.")
    db.session.commit()
    assert report(signed_in("amina"), 2).status_code == 410, "members do not read it"
    report(priya, 2)
    assert report(signed_in("ruth"), 2).status_code == 303
    priya.send(f"/privacy/concerns/{concern().id}/clearance", message="No patient.")
    db.session.expire_all()
    assert not world.insulin_answer.is_visible
    assert world.insulin_answer.withheld_at is None


def named(title, name):
    """Whether the question with this word in its title is found by another name."""
    db.session.expire_all()
    found = select(SearchDocument.names).where(SearchDocument.title.contains(title))
    return any(name in names for names in db.session.scalars(found))
