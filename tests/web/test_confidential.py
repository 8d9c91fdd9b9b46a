"""Confidential asking: what readers, the asker and moderators see; a look is on record."""

import json
import re

import pytest
from anonymous import PLACE, WORD, named_in
from clients import browser
from sqlalchemy import delete, select, update

from board.activity.models import Activity
from board.audit.models import AuditRecord
from board.core.clock import now
from board.core.database import db
from board.core.errors import Refused
from board.curation import reporting as problems
from board.experts import requesting, seating
from board.inbox import watching
from board.inbox.models import Notification
from board.people.models import Person
from board.posts import (
    answering,
    asking,
)
from board.posts.models import Answer, Comment, Post, Question
from board.privacy import deciding
from board.privacy.models import Exposure, Held
from board.routing import escalating
from board.routing.models import Escalation, Step
from board.tags.naming import tag_called
from board.upkeep.exporting import export_file


@pytest.fixture
def hers(app, nadia, asked):
    """Nadia's own browser."""
    return browser(app).sign_in(db.session.get(Person, nadia.id))


def page_of(client, question):
    return client.get(f"/questions/{question.id}", follow_redirects=True)


def newest(kind):
    return db.session.scalar(select(kind).order_by(kind.id.desc()))


def test_readers_see_that_somebody_asked(signed_in, asked):
    page = page_of(signed_in("jonas"), asked).text
    assert "Anonymous colleague" in page
    assert "accepted by whoever asked" in page
    assert "Answer by whoever asked" in page
    assert "without your name" not in page
    assert "Who asked?" not in page
    assert "Anonymous colleague" in signed_in("jonas").get("/questions").text
    assert "Anonymous colleague" in signed_in("jonas").get("/search?q=Zylofen").text


def test_the_asker_is_told_that_their_name_is_not_shown(hers, asked):
    page = page_of(hers, asked).text
    assert "you, without your name" in page
    assert "Posting as <strong>Anonymous colleague</strong>" in page
    assert "Show my name" in page


def test_the_asker_keeps_every_right(hers, asked, world):
    theirs = db.session.scalar(
        select(Answer).filter_by(author_id=world.jonas.id, question_id=asked.id)
    )
    sent = {"title": "May it be halved?", "base_revision": "3"}
    assert hers.send(f"/posts/{asked.id}/edit", **sent).status_code == 303
    assert hers.send(f"/answers/{theirs.id}/acceptance/withdrawal").status_code == 303
    assert hers.send(f"/answers/{theirs.id}/acceptance").status_code == 303
    assert hers.send(f"/posts/{asked.id}/vote", vote="1").status_code == 403
    db.session.expire_all()
    assert asked.title == "May it be halved?"


def test_asking_without_a_name(signed_in, world):
    form = signed_in("amina").get("/questions/new").text
    assert "Ask without showing my name" in form
    assert "“Anonymous colleague”" in form
    reply = signed_in("amina").send("/questions", title="Quiet?", confidential="1")
    assert reply.status_code == 303
    question = newest(Question)
    assert (question.author_id, question.confider_id) == (None, world.amina.id)
    assert question.department_id is None


def test_a_mistake_keeps_the_tick(signed_in):
    amina = signed_in("amina")
    ticked = 'value="1" aria-describedby="confidential-hint" checked'
    assert ticked in amina.send("/questions", title="", confidential="1").text
    assert ticked not in amina.send("/questions", title="", body="x").text


def test_a_draft_keeps_the_tick(signed_in):
    amina = signed_in("amina")
    ticked = 'value="1" aria-describedby="confidential-hint" checked'
    amina.send("/drafts/question", title="Quiet?", confidential="1", sequence="0", window="w")
    assert ticked in amina.get("/questions/new").text
    amina.send("/drafts/question", title="Quiet?", sequence="1", window="w")
    assert ticked not in amina.get("/questions/new").text


def test_where_the_site_does_not_want_it_nothing_is_posted_by_name(signed_in, configure):
    configure(confidential_asking=False)
    amina = signed_in("amina")
    assert "without showing" not in amina.get("/questions/new").text
    assert amina.send("/questions", title="Quiet?", confidential="1").status_code == 403
    assert newest(Question).title != "Quiet?"


# What other people's deeds bring back


def test_parts_that_come_back_after_a_deed_have_no_name(signed_in, asked):
    jonas, ruth = signed_in("jonas"), signed_in("ruth")
    replies = [
        jonas.send(f"/questions/{asked.id}/answers", part="thread", body="Crush nothing."),
        jonas.send(f"/posts/{asked.id}/comments", part=f"comments-{asked.id}", body="Why?"),
        ruth.send(f"/answers/{newest(Answer).id}/acceptance", part="thread"),
        jonas.send(f"/questions/{asked.id}/experts", part="experts", handle="amina"),
        jonas.send(f"/posts/{asked.id}/vote", part=f"vote-{asked.id}", vote="1"),
        ruth.send(f"/posts/{newest(Comment).id}/hiding", reason="x"),
        page_of(ruth, asked),
    ]
    for reply in replies:
        assert reply.status_code in (200, 303)
        assert named_in(reply.text) == []


def test_asking_her_as_an_expert_is_answered_as_for_anybody(signed_in, asked, nadia):
    """A refusal would say who asked."""
    jonas = signed_in("jonas")
    hers = jonas.send(f"/questions/{asked.id}/experts", handle="nadiaq")
    others = jonas.send(f"/questions/{asked.id}/experts", handle="amina")
    assert hers.status_code == others.status_code == 303
    answering.answer(nadia, asked, "It stands in the leaflet.")
    db.session.commit()
    states = re.findall(r"Asked <bdi>([^<]+)</bdi>.*?<strong>(\w+)", jonas.get(hers.location).text)
    assert ("Nadia Quimby", "waiting") in states


def test_her_own_request_is_passed_on_to_her_as_to_anybody(signed_in, asked, world):
    request = db.session.scalar(select(requesting.Request).filter_by(person_id=world.ruth.id))
    reply = signed_in("ruth").send(f"/requests/{request.id}/passing", handle="nadiaq")
    assert reply.status_code == 303


def test_news_say_somebody(signed_in, asked):
    inbox = signed_in("jonas").get("/inbox").text
    assert "<bdi>Somebody</bdi> accepted an answer" in inbox
    assert "<bdi>Somebody</bdi> asks whether you can answer" in signed_in("ruth").get("/inbox").text


def test_whoever_watches_her_or_her_ward_hears_nothing_of_it(asked, world):
    """She hears of what she was asked and what she verified, and of it by her saved search."""
    mine = select(Notification.verb).filter_by(person_id=world.priya.id, question_id=asked.id)
    watched = set(db.session.scalars(mine.where(Notification.search_id.is_(None))))
    assert "expert_asked" in watched
    assert not watched & {"asked", "answered", "commented", "accepted"}


def test_an_export_has_no_author(asked, tmp_path):
    db.session.commit()
    export_file(tmp_path / "out.jsonl")
    text = (tmp_path / "out.jsonl").read_text()
    assert named_in(text) == []
    line = json.loads(next(each for each in text.splitlines() if WORD in each))
    assert line["confidential"] is True
    assert "author" not in line
    assert [answer.get("confidential", False) for answer in line["answers"]] == [False, True]


# Looking it up


def test_a_moderator_looks_it_up(signed_in, asked, nadia, world):
    ruth = signed_in("ruth")
    assert "Who asked?" in page_of(ruth, asked).text
    page = ruth.send(f"/questions/{asked.id}/asker")
    assert page.status_code == 200
    assert "Nadia Quimby" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert named_in(page_of(ruth, asked).text) == []


def test_looking_it_up_in_place(signed_in, asked):
    part = signed_in("ruth").send(f"/questions/{asked.id}/asker", part="asker")
    assert "Nadia Quimby" in part.text
    assert "<main" not in part.text


def test_looking_is_recorded_and_told(signed_in, hers, asked, nadia, world):
    watching.watch(nadia.id, "question", asked.id, "nothing")
    db.session.commit()
    signed_in("ruth").send(f"/questions/{asked.id}/asker")
    record = db.session.scalar(select(AuditRecord).filter_by(action="asker_looked_up"))
    assert (record.actor, record.object_id, record.detail) == ("ruth", asked.id, {})
    assert db.session.query(Activity).filter_by(verb="asker_looked_up").count() == 1
    assert "looked up that it was you who asked" in hers.get("/inbox").text


@pytest.mark.parametrize("name", ["jonas", "priya"])
def test_nobody_else_looks_it_up(signed_in, asked, name):
    reply = signed_in(name).send(f"/questions/{asked.id}/asker")
    assert reply.status_code == 403
    assert named_in(reply.text) == []
    db.session.rollback()
    assert db.session.query(Activity).filter_by(verb="asker_looked_up").count() == 0


def test_there_is_nothing_to_look_up_where_the_name_stands(signed_in, world):
    assert signed_in("ruth").send("/questions/1/asker").status_code == 403


# Showing the name after all


def test_the_asker_shows_their_name(hers, signed_in, asked, nadia):
    address = f"/questions/{asked.id}/name"
    assert "cannot be hidden again" in hers.get(address).text
    assert hers.send(address).status_code == 303
    page = page_of(signed_in("jonas"), asked).text
    assert "Anonymous" not in page
    assert "accepted by Nadia Quimby" in page
    assert PLACE in page
    history = signed_in("jonas").get(f"/posts/{asked.id}/revisions").text
    assert history.count("Nadia Quimby") == 2
    assert WORD in signed_in("jonas").get("/people/nadiaq").text
    assert WORD in signed_in("jonas").get("/questions?department=ward-nine").text
    assert hers.get(address).status_code == 403


def test_nobody_shows_another_ones_name(signed_in, asked):
    for name in ("jonas", "ruth"):
        assert signed_in(name).get(f"/questions/{asked.id}/name").status_code == 403
        assert signed_in(name).send(f"/questions/{asked.id}/name").status_code == 403
    db.session.expire_all()
    assert asked.author_id is None


def test_signed_out(stranger, asked):
    for address in (f"/questions/{asked.id}/asker", f"/questions/{asked.id}/name"):
        assert "/sign-in" in stranger.send(address).location


# What came with privacy reviews, answer states and the ladder


def test_a_held_confidential_question_stays_confidential(world, nadia, asked):
    waiting = db.session.scalars(select(Held).where(Held.decided_at.is_(None))).all()
    assert {each.form: each.is_confidential for each in waiting} == {
        "comment": True,
        "question": True,
    }
    for held in waiting:
        made = db.session.get(Post, deciding.release(world.tomasz, held))
        assert (made.author_id, made.confider_id, made.shown_as) == (None, nadia.id, "")


def test_what_is_held_is_posted_under_no_name_once_the_choice_is_gone(world, asked, configure):
    held = db.session.scalar(select(Held).filter_by(form="question"))
    configure(confidential_asking=False)
    with pytest.raises(Refused):
        deciding.release(world.tomasz, held)


def test_what_is_given_back_is_still_ticked(world, asked, hers):
    deciding.give_back(
        world.tomasz, db.session.scalar(select(Held).filter_by(form="question")), "Why?"
    )
    db.session.commit()
    ticked = 'value="1" aria-describedby="confidential-hint" checked'
    assert ticked in hers.get("/questions/new").text


def test_the_form_is_held_with_its_tick(signed_in, world):
    sent = {"title": "Is Mr John Smith, NHS 943 476 5919, in?", "confidential": "1"}
    signed_in("amina").send("/questions", submission_key="k1", review="1", **sent)
    held = db.session.scalar(select(Held))
    assert (held.author_id, held.is_confidential) == (world.amina.id, True)


def test_the_reviewers_read_that_the_author_is_not_shown(signed_in, asked):
    tomasz = signed_in("tomasz")
    assert "somebody who asks without a name" in tomasz.get("/privacy/held").text
    held = db.session.scalar(select(Held).filter_by(form="question"))
    page = tomasz.get(f"/privacy/held/{held.id}").text
    assert "somebody who asks without a name" in page


def test_whoever_asked_finds_it_in_what_is_recorded_about_them(hers, asked):
    page = hers.get("/records").text
    assert "What you asked without your name" in page
    assert WORD in page


def test_the_ladder_neither_asks_nor_tells_whoever_asked(world, nadia, signed_in):
    tag = tag_called("insulin")
    for expert in (nadia, world.jonas):
        seating.confirm(world.ruth, seating.nominate(world.ruth, expert, tag))
    question = asking.ask_confidentially(nadia, "Which pen?", tags="insulin", urgency="this_shift")
    assert question.urgency == "this_shift"
    db.session.execute(delete(Escalation).where(Escalation.question_id != question.id))
    db.session.execute(update(Escalation).values(due_at=now()))
    db.session.commit()
    assert escalating.climb() == 1
    steps = db.session.scalars(select(Step).filter_by(question_id=question.id)).all()
    assert [step.person_id for step in steps] == [world.jonas.id]
    page = page_of(signed_in("ruth"), question).text
    assert "Who has heard of this" in page
    assert named_in(page.partition('class="ladder"')[2].partition("</section>")[0]) == []
    told = db.session.scalar(select(Notification).filter_by(verb="request_routed"))
    assert (told.person_id, told.actor_id) == (world.jonas.id, None)


def test_the_asker_has_the_rights_of_an_author_over_their_answer(hers, asked, world):
    own = db.session.scalar(select(Answer).where(Answer.confider_id.is_not(None)))
    assert own.standing == "withdrawn"
    page = page_of(hers, asked).text
    assert "its author" in page
    assert hers.send(f"/answers/{own.id}/use", used="1").status_code in (403, 404, 405)


def test_what_pages_name_her_for_news_do_too(world, nadia, asked):
    """Else the only deed without a name would tell whose question it is."""
    theirs = db.session.scalar(select(Answer).filter_by(author_id=world.jonas.id))
    problems.report(nadia, theirs, "wrong")
    told = db.session.scalar(
        select(Notification).filter_by(verb="problem_reported", person_id=world.jonas.id)
    )
    assert told.actor_id == nadia.id


def test_the_asker_reads_what_was_reported_of_theirs(hers, signed_in, asked, nadia):
    waits = db.session.scalar(
        select(Comment).where(Comment.confider_id == nadia.id, Comment.body_md.contains("waits"))
    )
    assert waits.withheld_at is not None
    assert f"{WORD}: waits." in page_of(hers, asked).text
    assert f"{WORD}: waits." not in page_of(signed_in("jonas"), asked).text


def test_after_a_purge_she_is_one_of_those_who_watch(world, nadia, asked):
    """Neither as whoever wrote it, nor by the moment since when she watches."""
    seen = select(Exposure.how, Exposure.at)
    hers = db.session.execute(seen.filter_by(person_id=nadia.id)).all()
    assert hers == [("watches the question", None)]
    assert hers[0] in db.session.execute(seen.filter_by(person_id=world.jonas.id)).all()
