"""What somebody sees of the ladder, while asking, and of hand-over."""

import pytest

from board.core.clock import now
from board.core.database import db
from board.experts import reaching, requesting, seating
from board.experts.models import Request
from board.people import leaving
from board.posts.models import Question
from board.routing import escalating
from board.routing.models import Escalation
from board.tags.naming import tag_called


@pytest.fixture
def expert(world):
    """Jonas is an expert for pumps."""
    seating.confirm(world.ruth, seating.nominate(world.amina, world.jonas, tag_called("pumps")))
    db.session.commit()


@pytest.fixture
def waiting(world, expert):
    request = requesting.ask_expert(world.priya, world.pump, world.jonas)
    leaving.deactivate(world.tomasz, world.jonas)
    db.session.commit()
    return request.id


def question(browser, id=4):
    return browser.get(f"/questions/{id}", follow_redirects=True).text


def test_the_asker_sees_who_has_heard_of_it_and_what_comes_next(signed_in, expert):
    priya = signed_in("priya")
    reply = priya.send("/questions", title="Which line?", tags="pumps", urgency="this_shift")
    while escalating.climb():
        pass
    page = priya.get(reply.location).text
    assert "Who has heard of this" in page
    assert "sent to <bdi>Jonas Weber</bdi> (Pharmacist)" in " ".join(page.split())
    assert "the number of who is on call stands here" in page
    assert "Nobody is necessarily watching" in page
    assert "you may know the answer" in signed_in("jonas").get("/inbox").text
    signed_in("jonas").send(f"{reply.location.rsplit('/', 1)[0]}/answers", body="The blue one.")
    assert "Who has heard of this" not in priya.get(reply.location).text


def test_nobody_found_is_said(signed_in, world):
    db.session.get(Escalation, 4).due_at = now()
    db.session.commit()
    escalating.climb()
    assert "nobody who is listed for its tags could be asked" in question(signed_in("priya"))


def test_while_asking_experts_of_the_tags_are_offered(signed_in, expert):
    amina = signed_in("amina")
    part = amina.part("/experts/suggestions?tags=pumps,+x", "fitting").text
    assert "Jonas Weber" in part
    assert "expert for pumps" in part
    assert "<h1" not in part
    assert "Nobody is listed" in amina.get("/experts/suggestions?tags=gloves").text


def test_who_is_ticked_is_asked(signed_in, expert):
    amina = signed_in("amina")
    reply = amina.send("/questions", title="Which line?", tags="pumps", ask=["jonas", "nobody"])
    assert reply.status_code == 303
    [request] = db.session.query(Request)
    assert request.person.handle == "jonas"
    page = amina.get(reply.location).text
    assert "Jonas Weber was asked." in page
    assert "There is nobody called nobody here." in page


def test_a_mistake_keeps_who_was_ticked(signed_in, expert):
    page = signed_in("amina").send("/questions", title="", tags="pumps", ask=["jonas"]).text
    assert 'value="jonas" checked' in page


def test_a_mention_becomes_a_link(signed_in, app):
    reply = signed_in("amina").send("/questions", title="Which line?", body="@jonas?")
    assert 'href="/people/jonas">@jonas</a>' in signed_in("amina").get(reply.location).text
    below = signed_in("amina").get(reply.location, base_url="http://localhost/board")
    assert 'href="/board/people/jonas">@jonas</a>' in below.text


def test_quiet_hours_are_set_and_said_when_wrong(signed_in, world):
    jonas = signed_in("jonas")
    assert jonas.send("/experts/me", quiet_from="22:00", quiet_to="07:00").status_code == 303
    assert 'value="22:00"' in jonas.get("/experts/me").text
    page = jonas.send("/experts/me", quiet_from="22:00")
    assert page.status_code == 422
    assert "a beginning and an end" in page.text


def test_a_deputy_hears_of_it_and_says_no(signed_in, world):
    reaching.set_reachability(world.jonas, deputy="ruth")
    db.session.commit()
    ruth = signed_in("ruth")
    assert "You stand in while they are away, for" in ruth.get("/inbox").text
    assert "I cannot stand in" in ruth.get("/experts/me").text
    assert ruth.send("/experts/me/standing-in/jonas/end").status_code == 303
    assert "Cannot stand in for you" in signed_in("jonas").get("/inbox").text


def test_what_waits_with_who_left_is_handed_over(signed_in, waiting):
    ruth = signed_in("ruth")
    page = ruth.get("/experts/handover").text
    assert "Why does the pump alarm say occlusion?" in page
    assert "No longer has access" in page
    reply = ruth.send(f"/requests/{waiting}/handover", handle="@amina")
    assert reply.location == "/experts/handover"
    assert "Amina Yusuf has it now" in ruth.get("/experts/handover").text


def test_or_looked_for_anew_one_by_one_or_all(signed_in, waiting):
    ruth = signed_in("ruth")
    ruth.send(f"/requests/{waiting}/handover")
    assert "Nobody waits" in signed_in("amina").get("/experts/me").text
    reply = ruth.send("/experts/handover/jonas", handle="amina")
    assert reply.status_code == 303
    assert db.session.get(Request, waiting).state == "withdrawn"


def test_nothing_to_hand_over_is_said(signed_in):
    assert "Nothing to hand over" in signed_in("ruth").get("/experts/handover").text
    assert signed_in("amina").get("/experts/handover").status_code == 403


def test_an_unanswered_thread_stays_within_what_a_thread_may_cost(signed_in, statements, expert):
    priya = signed_in("priya")
    question(priya)
    db.session.expire_all()
    with statements() as seen:
        question(priya)
    assert len(seen) <= 8, seen
    assert db.session.get(Question, 4).answer_count == 0


def test_strangers_see_no_ladder(stranger, configure, world):
    configure(public_reading=True)
    assert "Who has heard of this" not in question(stranger)
