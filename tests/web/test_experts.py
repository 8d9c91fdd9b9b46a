"""The pages of experts and requests: whole, part, refused, signed out, without JavaScript."""

import pytest
from sqlalchemy import func, select

from board.activity.models import Activity
from board.core.database import db
from board.experts import reaching, requesting, seating
from board.experts.models import Reachability, Request, Seat, State, Status
from board.posts import accepting, answering, asking, hiding
from board.tags import naming
from board.tags.naming import tag_called


@pytest.fixture
def expert(world):
    """Jonas is an expert for pumps, reached by bleep."""
    seat = seating.nominate(world.amina, world.jonas, tag_called("pumps"))
    seating.confirm(world.ruth, seat)
    reaching.set_reachability(world.jonas, line="bleep 2210")
    db.session.commit()
    return seat


@pytest.fixture
def asked(world, expert):
    """Priya has asked Jonas about her pump, question 4."""
    request = requesting.ask_expert(world.priya, world.pump, world.jonas)
    db.session.commit()
    return request.id


def state(id):
    db.session.commit()
    return db.session.get(Request, id).state


def test_the_directory_works(signed_in, expert):
    page = signed_in("amina").get("/experts")
    for words in ("pumps", "Jonas Weber", "Pharmacist", "Pharmacy", "bleep 2210", "0 of at most 5"):
        assert words in page.text


def test_an_empty_directory_says_what_to_do(signed_in):
    assert "Nobody is listed yet" in signed_in("amina").get("/experts").text
    assert "Nobody found" in signed_in("amina").get("/experts?q=zzz").text


def test_the_directory_is_found_in_by_tag_and_name(signed_in, expert):
    amina = signed_in("amina")
    assert "Jonas" in amina.get("/experts?q=pump").text
    assert "Jonas" in amina.get("/experts?q=WEBER").text
    assert "Jonas" not in amina.get("/experts?q=ruth").text


def test_the_directory_costs_the_same_whatever_is_in_it(signed_in, world, expert, statements):
    amina = signed_in("amina")
    amina.get("/experts")
    with statements() as few:
        amina.get("/experts")
    for name in ("insulin", "gloves", "storage"):
        seating.confirm(world.tomasz, seating.nominate(world.ruth, world.ruth, tag_called(name)))
    db.session.commit()
    with statements() as many:
        amina.get("/experts")
    assert len(many) == len(few) <= 8


def test_away_is_said_with_the_deputy(signed_in, world, expert):
    reaching.set_reachability(world.jonas, away_until=reaching.today().isoformat(), deputy="priya")
    page = signed_in("amina").get("/experts/tags/pumps")
    assert "Away until" in page.text
    assert "Priya Nair" in page.text


def test_a_synonym_leads_to_its_tag(signed_in, world):
    naming.set_synonyms(world.ruth, tag_called("pumps"), ["drivers"])
    assert signed_in("amina").get("/experts/tags/drivers").location == "/experts/tags/pumps"


def test_somebody_is_nominated_and_confirmed(signed_in, world):
    reply = signed_in("amina").send("/experts/tags/pumps/nominations", handle=" @Jonas ")
    assert (reply.status_code, reply.location) == (303, "/experts/tags/pumps")
    seat = db.session.scalar(select(Seat))
    page = signed_in("amina").get("/experts/tags/pumps").text
    assert "nominated by" in page
    assert "Confirm<" not in page
    assert "Confirm<" in signed_in("ruth").get("/experts/tags/pumps").text
    assert signed_in("ruth").send(f"/seats/{seat.id}/confirmation").status_code == 303
    db.session.refresh(seat)
    assert seat.status == Status.CONFIRMED
    news = signed_in("jonas").get("/inbox").text
    assert "nominated you as an expert for" in news
    assert 'href="/experts/tags/pumps"' in news


def test_news_of_a_tag_is_set_aside(signed_in, world, expert):
    jonas = signed_in("jonas")
    tag = tag_called("pumps")
    assert "confirmed you" in jonas.get("/inbox").text
    jonas.send(f"/inbox/{tag.id}", what="done", about="tag")
    assert "confirmed you" not in jonas.get("/inbox").text


def test_an_unknown_name_keeps_what_was_typed(signed_in):
    reply = signed_in("amina").send("/experts/tags/pumps/nominations", handle="jnoas")
    assert reply.status_code == 404
    assert 'value="jnoas"' in reply.text
    assert "nobody called jnoas" in reply.text


def test_a_second_nomination_is_refused(signed_in, expert):
    reply = signed_in("amina").send("/experts/tags/pumps/nominations", handle="jonas")
    assert reply.status_code == 409
    assert "already" in reply.text


def test_moderators_see_who_might_be_nominated(signed_in, world):
    for number in range(3):
        question = asking.ask(world.amina, f"What of pump alarm {number}?", "", "pumps")
        accepting.accept(world.amina, answering.answer(world.jonas, question, "This."))
    assert (
        "Answers of theirs were accepted here" in signed_in("ruth").get("/experts/tags/pumps").text
    )
    assert "Answers of theirs" not in signed_in("priya").get("/experts/tags/pumps").text
    assert db.session.query(Seat).count() == 0


def test_declining_hides_the_listing(signed_in, expert):
    jonas = signed_in("jonas")
    assert "Do not list me" in jonas.get("/experts/me").text
    assert jonas.send(f"/seats/{expert.id}/refusal").location == "/experts/me"
    assert "bleep 2210" not in jonas.get("/experts").text


def test_they_say_how_to_be_reached(signed_in, world):
    reply = signed_in("jonas").send(
        "/experts/me", line="bleep 99", cap="2", away_until="", deputy="@ruth"
    )
    assert reply.status_code == 303
    row = db.session.get(Reachability, world.jonas.id)
    assert (row.line, row.weekly_cap, row.deputy_id) == ("bleep 99", 2, world.ruth.id)
    assert 'value="@ruth"' in signed_in("jonas").get("/experts/me").text


def test_what_is_wrong_stands_beside_its_field(signed_in):
    reply = signed_in("jonas").send("/experts/me", line="bleep 99", cap="lots", deputy="nobody")
    assert reply.status_code == 422
    for words in ('id="cap-problem"', 'id="deputy-problem"', "bleep 99", 'value="lots"'):
        assert words in reply.text


def test_the_page_of_a_question_fetches_the_part(signed_in, stranger, configure):
    page = signed_in("amina").get("/posts/4", follow_redirects=True)
    assert 'hx-get="/questions/4/experts"' in page.text
    configure(public_reading=True)
    assert "/questions/4/experts" not in stranger.get("/posts/4", follow_redirects=True).text


def test_who_fits_is_shown_whole_and_as_a_part(signed_in, expert):
    amina = signed_in("amina")
    whole = amina.get("/questions/4/experts")
    part = amina.part("/questions/4/experts", "experts")
    for page in (whole, part):
        assert "expert for pumps" in page.text
        assert "Nobody watches it" in page.text
    assert "<h1>" in whole.text
    assert part.text.lstrip().startswith("{#") is False
    assert "<h1>" not in part.text


def test_one_press_asks(signed_in, world, expert):
    reply = signed_in("priya").send("/questions/4/experts", handle="jonas")
    assert (reply.status_code, reply.location) == (303, "/questions/4/experts")
    page = signed_in("amina").get("/questions/4/experts").text
    assert "Jonas Weber</bdi>, Pharmacist" in page
    assert "<strong>waiting</strong>" in page
    assert "bleep 2210" in page
    assert "asks whether you can answer" in signed_in("jonas").get("/inbox").text


def test_one_press_asks_in_place(signed_in, expert):
    reply = signed_in("priya").send("/questions/4/experts", part="experts", handle="@jonas")
    assert reply.status_code == 200
    assert "finds it in their inbox" in reply.text
    assert "<h1>" not in reply.text


@pytest.mark.parametrize(
    ("handle", "status", "words"),
    [
        ("", 404, "user name"),
        ("nobody", 404, "nobody called"),
        ("priya", 403, "cannot be the one"),
        ("lena", 403, "no account"),
    ],
)
def test_who_cannot_be_asked_is_said(signed_in, handle, status, words):
    reply = signed_in("priya").send("/questions/4/experts", handle=handle)
    assert reply.status_code == status
    assert words in reply.text
    in_place = signed_in("priya").send("/questions/4/experts", part="experts", handle=handle)
    assert words in in_place.text


def test_too_many_is_said(signed_in, world, expert):
    reaching.set_reachability(world.jonas, cap="0")
    reply = signed_in("priya").send("/questions/4/experts", handle="jonas")
    assert reply.status_code == 403
    assert "takes 0 requests a week" in reply.text


def test_a_deputy_is_named(signed_in, world, expert):
    reaching.set_reachability(world.jonas, away_until=reaching.today().isoformat(), deputy="ruth")
    reply = signed_in("priya").send("/questions/4/experts", part="experts", handle="jonas")
    assert "Jonas Weber is away. Ruth Okafor, who stands in, was asked." in reply.text
    assert "who stands in for" in reply.text


def test_a_removed_question_is_gone(signed_in, world, expert):
    hiding.hide(world.ruth, world.pump, "test")
    for name, status in (("amina", 410), ("ruth", 200)):
        assert signed_in(name).get("/questions/4/experts").status_code == status
    assert signed_in("ruth").send("/questions/4/experts", handle="jonas").status_code == 410
    assert signed_in("amina").get("/questions/2/experts").status_code == 404


def test_my_requests_can_be_answered_passed_on_and_declined(signed_in, asked):
    page = signed_in("jonas").get("/experts/me").text
    assert "#answer" in page
    assert f"/requests/{asked}" in page
    form = {"reason": "Not mine", "from": "mine"}
    reply = signed_in("jonas").send(f"/requests/{asked}/refusal", **form)
    assert reply.location == "/experts/me"
    assert state(asked) == State.DECLINED
    page = signed_in("priya").get("/questions/4/experts").text
    assert "<strong>declined</strong>" in page
    assert "Not mine" in page
    assert "1 earlier request" in signed_in("jonas").get("/experts/me").text


def test_declined_in_place(signed_in, asked):
    reply = signed_in("jonas").send(f"/requests/{asked}/refusal", part="experts")
    assert "<strong>declined</strong>" in reply.text


def test_it_is_passed_on_by_a_choice_and_a_press(signed_in, world, asked):
    seating.confirm(world.tomasz, seating.nominate(world.ruth, world.ruth, tag_called("pumps")))
    page = signed_in("jonas").get(f"/requests/{asked}").text
    assert "Ruth Okafor" in page
    reply = signed_in("jonas").send(f"/requests/{asked}/passing", handle="ruth")
    assert reply.location == "/experts/me"
    page = signed_in("priya").get("/questions/4/experts").text
    assert "passed on to <bdi>Ruth Okafor</bdi>" in page
    assert "passed your request on" in signed_in("priya").get("/inbox").text
    assert "does not wait any more" in signed_in("jonas").get(f"/requests/{asked}").text


def test_a_choice_that_cannot_be_is_said_again(signed_in, asked):
    reply = signed_in("jonas").send(f"/requests/{asked}/passing", handle="priya")
    assert reply.status_code == 403
    assert 'value="priya"' in reply.text


def test_withdrawn_in_place(signed_in, asked):
    assert "Withdraw" in signed_in("priya").get("/questions/4/experts").text
    assert "Withdraw" not in signed_in("amina").get("/questions/4/experts").text
    reply = signed_in("priya").send(f"/requests/{asked}/withdrawal", part="experts")
    assert "<strong>withdrawn</strong>" in reply.text


def test_an_answer_settles_it(signed_in, asked):
    signed_in("jonas").send("/questions/4/answers", body="A kinked line.")
    assert "<strong>answered</strong>" in signed_in("priya").get("/questions/4/experts").text


def test_the_part_costs_the_same_few_statements(signed_in, asked, statements):
    amina = signed_in("amina")
    amina.part("/questions/4/experts", "experts")
    with statements() as seen:
        amina.part("/questions/4/experts", "experts")
    assert len(seen) <= 8, seen


def test_strangers_see_none_of_it(stranger, configure, asked):
    configure(public_reading=True)
    before = db.session.scalar(select(func.count()).select_from(Activity))
    for address in ("/experts", "/experts/tags/pumps", "/experts/me", f"/requests/{asked}"):
        assert "/sign-in" in stranger.get(address).location
    assert stranger.get("/questions/4/experts").status_code == 401
    assert "/sign-in" in stranger.send("/questions/4/experts", handle="jonas").location
    assert db.session.scalar(select(func.count()).select_from(Activity)) == before


def test_the_directory_says_what_was_verified_and_used(signed_in, world):
    seating.confirm(world.ruth, seating.nominate(world.ruth, world.jonas, tag_called("insulin")))
    world.insulin_answer.standing, world.insulin_answer.used_count = "verified", 3
    db.session.commit()
    page = signed_in("amina").get("/experts").text
    assert "1 verified, used 3 times" in page
