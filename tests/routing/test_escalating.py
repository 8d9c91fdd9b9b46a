"""The ladder of a question that nobody answers."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from board.core.clock import held_at
from board.core.database import db
from board.experts import reaching, requesting, rostering
from board.experts.models import Request
from board.experts.queries import requests_on
from board.inbox import watching
from board.inbox.models import Level, Notification, Watched
from board.people import leaving
from board.people.models import CONSOLE
from board.posts import (
    accepting,
    answering,
    asking,
    closing,
    hiding,
    locking,
    merging,
    pressing,
)
from board.posts.models import Urgency
from board.routing import escalating, queries
from board.routing.models import Escalation, Step
from board.tags.naming import tag_called

NOON = datetime(2026, 6, 8, 11, tzinfo=UTC)


def ask(world, urgency=Urgency.THIS_SHIFT, tags="pumps", at=NOON):
    with held_at(at):
        question = asking.ask(world.priya, "Why does it alarm?", "", tags, urgency)
        db.session.commit()
        return question


def climb(hours, start=NOON):
    """Do everything that is due so many hours later; returns how many steps."""
    with held_at(start + timedelta(hours=hours)):
        done = 0
        while escalating.climb():
            done += 1
        return done


def rungs(question):
    steps = select(Step.rung).where(Step.question_id == question.id).order_by(Step.id)
    return list(db.session.scalars(steps))


def told(person, verb="escalated"):
    news = select(Notification).where(
        Notification.person_id == person.id, Notification.verb == verb
    )
    return len(db.session.scalars(news).all())


def on_call(who="", phone="4567", topic="pumps"):
    entry = rostering.Typed(topic, who, "Engineer", phone, "2026-06-08 08:00", "2026-06-09 20:00")
    rostering.add(CONSOLE, entry)
    db.session.commit()


def test_the_whole_ladder_of_what_is_needed_this_shift(world, seat_for):
    seat_for(world.jonas, "pumps")
    on_call()
    question = ask(world)
    assert climb(0) == 1
    assert [row.handle for row in _asked(question)] == ["jonas"]
    assert climb(1.9) == 0
    assert climb(2) == 1
    assert climb(8) == 1
    assert told(world.ruth) == told(world.tomasz) == 1
    assert climb(24) == 1
    assert told(world.jonas) == 1
    assert climb(1000) == 0
    assert rungs(question) == ["experts", "on-call", "moderators", "lead"]


def _asked(question):
    return requests_on(question.id)


def test_the_others_have_their_own(world):
    week, whenever = ask(world, Urgency.THIS_WEEK), ask(world, Urgency.WHEN_YOU_CAN)
    climb(23)
    assert rungs(week) == rungs(whenever) == []
    climb(24)
    climb(72)
    assert rungs(week) == ["experts", "moderators"]
    assert rungs(whenever) == ["experts"]


def test_the_site_sets_it(world, configure):
    configure(ladder_this_shift=("1.5 moderators",))
    question = ask(world)
    assert climb(1.4) == 0
    assert climb(1.5) == 1
    assert rungs(question) == ["moderators"]


def test_after_a_standstill_only_the_latest_step_is_done(world, seat_for):
    seat_for(world.jonas, "pumps")
    question = ask(world)
    assert climb(9) == 1
    assert rungs(question) == ["moderators"]
    assert climb(30) == 1
    assert rungs(question) == ["moderators", "lead"]


@pytest.mark.parametrize("what", ["answered", "hidden"])
def test_it_ends_with_an_answer_or_with_the_question(world, what):
    question = ask(world)
    with held_at(NOON):
        if what == "answered":
            answering.answer(world.ruth, question, "A kinked line.")
        else:
            hiding.hide(world.priya, question)
        db.session.commit()
    climb(100)
    assert rungs(question) == []
    assert db.session.get(Escalation, question.id).due_at is None


@pytest.mark.parametrize("what", ["closed", "duplicate", "locked"])
def test_what_takes_no_answer_does_not_climb_until_it_does(world, what):
    question = ask(world)
    with held_at(NOON):
        if what == "locked":
            locking.lock(world.ruth, question, "Wait.")
        else:
            original = world.insulin if what == "duplicate" else None
            reason = "duplicate" if what == "duplicate" else "detail"
            closing.close(world.ruth, question, reason, "Which pump?", original)
        db.session.commit()
    climb(7)
    assert rungs(question) == []
    with held_at(NOON + timedelta(hours=10)):
        locking.unlock(world.ruth, question) if what == "locked" else closing.reopen(
            world.ruth, question
        )
        db.session.commit()
    climb(10)
    assert rungs(question) == ["experts"]


def test_it_begins_again_when_the_only_answer_is_removed(world):
    question = ask(world)
    with held_at(NOON):
        answer = answering.answer(world.jonas, question, "Spam.")
        db.session.commit()
    with held_at(NOON + timedelta(hours=10)):
        hiding.hide(world.ruth, answer, "It answers nothing.")
        db.session.commit()
    assert climb(10) == 1
    assert rungs(question) == ["experts"]


def test_and_when_a_merge_is_undone(world):
    question = ask(world)
    merging.merge(world.ruth, question, world.insulin)
    db.session.commit()
    climb(9)
    assert rungs(question) == []
    with held_at(NOON + timedelta(hours=10)):
        merging.unmerge(world.ruth, question)
        db.session.commit()
    assert climb(10) == 1
    assert rungs(question) == ["experts"]


def test_brought_back_it_begins_again(world):
    question = ask(world)
    with held_at(NOON):
        hiding.hide(world.priya, question)
        db.session.commit()
    climb(1)
    with held_at(NOON + timedelta(hours=5)):
        hiding.restore(world.priya, question)
        db.session.commit()
    climb(6.9)
    assert rungs(question) == ["experts"]
    climb(7)
    assert rungs(question) == ["experts", "on-call"]


def test_the_asker_reads_the_number_and_who_is_on_call_is_told(world):
    on_call("@jonas", "bleep 22")
    on_call("", "4568")
    question = ask(world)
    climb(0)
    climb(2)
    found = queries.climb_of(question.id)
    assert [(s.rung, s.name, s.line) for s in found.steps if s.rung == "on-call"] == [
        ("on-call", "Jonas Weber", "Engineer, bleep 22"),
        ("on-call", None, "Engineer, 4568"),
    ]
    assert (found.next_rung, found.next_at) == ("moderators", NOON + timedelta(hours=8))
    assert told(world.jonas) == 1


def test_an_empty_rota_is_said(world):
    question = ask(world)
    climb(2)
    [step] = queries.climb_of(question.id).steps
    assert (step.rung, step.name, step.line) == ("on-call", None, "")


def test_raised_it_begins_anew_and_nobody_is_told_twice(world):
    question = ask(world)
    climb(8)
    for hours, urgency in ((9, Urgency.WHEN_YOU_CAN), (10, Urgency.THIS_SHIFT)):
        with held_at(NOON + timedelta(hours=hours)):
            pressing.set_urgency(world.priya, question, urgency)
            db.session.commit()
    climb(10)
    climb(18)
    assert rungs(question).count("moderators") == 1
    assert told(world.ruth) == 1


def test_the_asker_is_never_told(world):
    with held_at(NOON):
        question = asking.ask(world.ruth, "Which valve?", "", "pumps", Urgency.THIS_SHIFT)
        db.session.commit()
    climb(8)
    assert told(world.ruth) == 0
    assert told(world.tomasz) == 1
    assert rungs(question) == ["moderators"]


def test_without_a_lead_the_moderators_are_told(world):
    question = ask(world, tags="")
    climb(24)
    assert rungs(question) == ["moderators"]


def test_what_was_imported_has_no_ladder(world):
    assert climb(1000) == 0


def test_a_step_that_fails_does_not_keep_the_others_waiting(world, monkeypatch):
    first, second = ask(world), ask(world, at=NOON + timedelta(minutes=1))

    def fail(*_arguments):
        raise ValueError("broken")

    monkeypatch.setitem(escalating._RUNGS, "experts", fail)
    with held_at(NOON + timedelta(hours=1)):
        with pytest.raises(ValueError, match="broken"):
            escalating.climb()
        db.session.rollback()
    assert db.session.get(Escalation, first.id).next_step == 1
    assert db.session.get(Escalation, second.id).next_step == 0


# Whom a step asks


def test_quiet_hours_let_the_next_one_be_asked(world, seat_for):
    seat_for(world.jonas, "pumps")
    seat_for(world.amina, "pumps")
    reaching.set_reachability(world.amina, quiet_from="11:00", quiet_to="13:00")
    question = ask(world)
    climb(0)
    assert [row.handle for row in _asked(question)] == ["jonas"]


def test_where_all_have_them_it_is_read_afterwards_and_said(world, seat_for):
    seat_for(world.jonas, "pumps")
    reaching.set_reachability(world.jonas, quiet_from="11:00", quiet_to="13:00")
    question = ask(world)
    climb(0)
    [step] = queries.climb_of(question.id).steps
    assert step.reads_at == NOON + timedelta(hours=1)
    news = db.session.scalar(select(Notification).filter_by(verb="request_routed"))
    assert news.snoozed_until == step.reads_at


def test_who_is_on_duty_is_disturbed_for_what_is_needed_this_shift(world, seat_for):
    seat_for(world.amina, "pumps")
    on_call("@jonas")
    reaching.set_reachability(world.jonas, quiet_from="11:00", quiet_to="13:00")
    question = ask(world)
    climb(0)
    assert [row.handle for row in _asked(question)] == ["jonas"]
    news = db.session.scalar(select(Notification).filter_by(verb="request_routed"))
    assert news.snoozed_until is None


def test_a_deputy_is_asked_within_their_own_cap(world, seat_for):
    seat_for(world.jonas, "pumps")
    with held_at(NOON):
        reaching.set_reachability(world.jonas, away_until="2026-06-20", deputy="amina")
    first = ask(world)
    climb(0)
    [row] = _asked(first)
    assert (row.handle, row.instead_of) == ("amina", "Jonas Weber")
    reaching.set_reachability(world.amina, cap="0")
    second = ask(world)
    climb(0)
    assert _asked(second) == []
    [step] = queries.climb_of(second.id).steps
    assert (step.rung, step.name) == ("experts", None)


def test_who_follows_a_tag_and_was_right_about_it_comes_after_the_experts(world, seat_for):
    accepting.accept(world.amina, world.insulin_answer)
    watching.watch(world.jonas.id, Watched.TAG, tag_called("insulin").id, Level.ALL)
    watching.watch(world.ruth.id, Watched.TAG, tag_called("insulin").id, Level.ALL)
    first = ask(world, tags="insulin")
    climb(0)
    assert [row.handle for row in _asked(first)] == ["jonas"]
    seat_for(world.tomasz, "insulin")
    second = ask(world, tags="insulin")
    climb(0)
    assert [row.handle for row in _asked(second)] == ["tomasz"]


def test_who_was_asked_before_or_left_is_not_asked(world, seat_for):
    seat_for(world.jonas, "pumps")
    seat_for(world.amina, "pumps")
    question = ask(world)
    with held_at(NOON):
        requesting.decline(world.jonas, requesting.ask_expert(world.priya, question, world.jonas))
        leaving.deactivate(world.tomasz, world.amina)
        db.session.commit()
    climb(0)
    assert len(_asked(question)) == 1


def test_routed_evenly_with_caps_quiet_hours_and_leave_kept(world, newcomer, seat_for):
    """210 questions in ten weeks, one every eight hours, six experts of whom two have limits."""
    experts = [newcomer(f"expert{number}") for number in range(6)]
    for person in experts:
        seat_for(person, "pumps")
    *equals, away, quiet = experts
    with held_at(NOON):
        reaching.set_reachability(away, away_until="2026-06-28")
        reaching.set_reachability(quiet, cap="2", quiet_from="18:00", quiet_to="11:30")
        db.session.commit()
    for number in range(210):
        moment = NOON + timedelta(hours=8 * number)
        question = ask(world, at=moment)
        climb(0, moment)
        [request] = db.session.scalars(select(Request).filter_by(question_id=question.id))
        with held_at(moment):
            assert (
                reaching.asked_this_week(request.person_id)
                <= reaching.of(request.person_id).weekly_cap
            )
            if request.person_id == away.id:
                assert not reaching.is_away(reaching.of(away.id))
            if request.person_id == quiet.id:
                assert reaching.quiet_until(reaching.of(quiet.id), moment) is None
    counts = {
        person.id: len(db.session.scalars(select(Request).filter_by(person_id=person.id)).all())
        for person in experts
    }
    spread = [counts[person.id] for person in equals]
    assert max(spread) - min(spread) <= 1
    assert 0 < counts[quiet.id] <= 2 * 11
    assert 0 < counts[away.id] < min(spread)
    assert sum(counts.values()) == 210
