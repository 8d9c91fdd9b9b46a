"""Featured questions, as a browser meets them."""

from datetime import timedelta

from board.core.clock import now
from board.core.database import db
from board.posts import closing, featuring

TOMORROW = (now() + timedelta(days=1)).date().isoformat()
PUMP = "Why does the pump alarm say occlusion?"


def heading(page):
    return 'id="featured-title"' in page.text


def test_from_the_menu_to_the_top_of_the_list(ruth, signed_in):
    assert "/questions/4/featuring" in ruth.get("/questions/4", follow_redirects=True).text
    assert "Feature this question?" in ruth.get("/questions/4/featuring").text
    reply = ruth.send("/questions/4/featuring", until=TOMORROW, note="New pumps came.")
    assert (reply.status_code, reply.location) == (303, "/questions")
    page = signed_in("amina").get("/")
    assert heading(page)
    assert "New pumps came." in page.text
    assert "Take away" not in page.text
    assert "Moderators put these here, and take them away." in page.text


def test_nowhere_but_on_the_first_page(ruth, world):
    ruth.send("/questions/4/featuring", until=TOMORROW)
    assert heading(ruth.get("/questions"))
    for address in ("tab=votes", "tag=pumps", "department=ward-7b", "after=2030-01-01~1"):
        assert not heading(ruth.get(f"/questions?{address}"))


def test_without_any_there_is_no_empty_block(ruth):
    assert not heading(ruth.get("/questions"))


def test_a_moderator_takes_it_away_from_the_list(ruth):
    ruth.send("/questions/4/featuring", until=TOMORROW)
    assert "Take away" in ruth.get("/questions").text
    reply = ruth.send("/questions/4/featuring/end", next="/questions")
    assert reply.location == "/questions"
    assert not heading(ruth.get("/questions"))


def test_its_page_says_that_it_is_featured(ruth, world):
    ruth.send("/questions/4/featuring", until=TOMORROW, note="New pumps came.")
    page = ruth.get("/questions/4/featuring").text
    assert "This question is featured" in page
    assert "New pumps came." in page
    closing.close(world.ruth, world.pump, "policy")
    db.session.commit()
    assert "Nobody sees it there" in ruth.get("/questions/4/featuring").text


def test_a_closed_question_is_not_offered(ruth, world):
    closing.close(world.ruth, world.pump, "policy")
    db.session.commit()
    assert "Only an open question" in ruth.get("/questions/4/featuring").text
    assert ruth.send("/questions/4/featuring", until=TOMORROW).status_code == 403


def test_full_it_says_so_and_offers_to_take_one_away(ruth, world):
    questions = [world.insulin, world.gloves, world.pump]
    for question in questions:
        featuring.feature(world.ruth, question, TOMORROW)
    db.session.commit()
    ruth.send("/questions", title="Which drip stand?", body="", tags="")
    page = ruth.get("/questions/7/featuring").text
    assert "There is no room for more" in page
    assert PUMP in page
    reply = ruth.send("/questions/7/featuring", until=TOMORROW)
    assert reply.status_code == 409
    assert "3 are featured already" in reply.text


def test_a_mistake_keeps_what_was_typed(ruth):
    page = ruth.send("/questions/4/featuring", until="soon", note="kept words")
    assert page.status_code == 422
    assert 'value="kept words"' in page.text


def test_others_cannot(signed_in, stranger, world):
    priya = signed_in("priya")
    assert priya.get("/questions/4/featuring").status_code == 403
    assert priya.send("/questions/4/featuring", until=TOMORROW).status_code == 403
    assert stranger.send("/questions/4/featuring", until=TOMORROW).status_code == 303
    assert featuring.featured() == []


def test_who_reads_without_signing_in_sees_them_too(ruth, stranger, configure):
    configure(public_reading=True)
    ruth.send("/questions/4/featuring", until=TOMORROW)
    assert heading(stranger.get("/questions"))
