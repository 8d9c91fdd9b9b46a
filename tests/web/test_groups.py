"""The pages of groups."""

import pytest

from board.core.database import db
from board.experts import grouping, reaching, taking_turns
from board.people.models import CONSOLE

FORM = {"handle": "@meds-info", "name": "Medicines information", "tags": "pumps, insulin"}


@pytest.fixture
def group(world):
    made = grouping.make(
        CONSOLE, "team", name="Pump team", line="4567", description="", tags="pumps"
    )
    grouping.invite(world.ruth, made, world.jonas)
    grouping.join(world.jonas, made)
    db.session.commit()
    return made


def test_without_any_it_says_who_makes_one(signed_in):
    assert "There is no group yet" in signed_in("amina").get("/experts/groups").text


def test_a_moderator_makes_and_changes_one(signed_in):
    ruth = signed_in("ruth")
    reply = ruth.send("/experts/groups", **FORM)
    assert reply.location == "/experts/groups/meds-info"
    assert "Medicines information" in ruth.get("/experts/tags/insulin").text
    ruth.send("/experts/groups/meds-info/edit", name="Medicines help", tags="pumps")
    assert "Medicines help" in ruth.get("/experts").text
    assert "Medicines help" not in ruth.get("/experts/tags/insulin").text


def test_a_mistake_keeps_what_was_typed(signed_in):
    page = signed_in("ruth").send("/experts/groups", **FORM | {"handle": "jonas"})
    assert page.status_code == 422
    assert "is taken" in page.text
    assert 'value="Medicines information"' in page.text


def test_somebody_is_invited_told_and_joins(signed_in, group):
    signed_in("jonas").send("/experts/groups/team/members", handle="@amina")
    amina = signed_in("amina")
    assert "You are invited into a group of experts" in amina.get("/inbox").text
    assert "Pump team" in amina.get("/experts/me").text
    assert "You are invited into this group" in amina.get("/experts/groups/team").text
    amina.send("/experts/groups/team/membership")
    assert "Leave" in amina.get("/experts/groups/team").text
    amina.send("/experts/groups/team/members/amina/end")
    assert "Amina" not in amina.part("/experts/groups/team", "main").text.split("<h1")[1]


def test_it_is_asked_beside_a_question(signed_in, group):
    priya = signed_in("priya")
    assert "Pump team" in priya.part("/questions/4/experts", "experts").text
    reply = priya.send("/questions/4/experts", part="experts", handle="@team")
    assert "Pump team was asked. Jonas Weber has it now." in reply.text
    assert "for <bdi>Pump team" in signed_in("jonas").get("/experts/me").text


def test_another_member_takes_it(signed_in, world, group):
    request = taking_turns.ask_group(world.priya, world.pump, group)
    grouping.invite(world.ruth, group, world.amina)
    grouping.join(world.amina, group)
    db.session.commit()
    assert "Take it" in signed_in("amina").get("/experts/groups/team").text
    reply = signed_in("amina").send(f"/requests/{request.id}/taking", part="experts")
    assert "You have it now" in reply.text
    assert "took over what you were asked" in signed_in("jonas").get("/inbox").text


def test_nobody_of_it_can_be_asked(signed_in, world, group):
    reaching.set_reachability(world.jonas, cap="0")
    reply = signed_in("priya").send("/questions/4/experts", handle="@team")
    assert reply.status_code == 403
    assert "Nobody of Pump team can be asked now" in reply.text


def test_a_tag_called_like_a_page_has_its_own(signed_in, world):
    signed_in("amina").send("/questions", title="Who am I?", tags="me, groups, handover")
    for name in ("me", "groups", "handover"):
        assert f"Experts for {name}" in signed_in("amina").get(f"/experts/tags/{name}").text


def test_there_is_no_such_group(signed_in):
    assert signed_in("amina").get("/experts/groups/nothing").status_code == 404
