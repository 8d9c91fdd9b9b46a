"""Review dates: told in time, overdue, expired; and nobody's answer is nobody's."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from board.activity.verbs import Verb
from board.core.clock import held_at
from board.core.database import db
from board.core.errors import Invalid, Refused
from board.curation import caring, describing, handing_over, queries, reviewing, verifying
from board.curation.describing import Described
from board.experts import seating
from board.experts.models import Seat, Status
from board.people import leaving
from board.people.models import CONSOLE
from board.posts import answering
from board.tags.naming import tag_called

JUNE = datetime(2026, 6, 5, 12, tzinfo=UTC)
DUE = datetime(2027, 6, 5, 12, tzinfo=UTC)
RESTS = Described(applies_to=("adult",), setting="ward", source_kind="product", source="Leaflet")


@pytest.fixture
def verified(answer, noor, seen):
    with held_at(JUNE):
        verifying.verify(noor, answer, seen(answer))
        db.session.commit()
    return answer


def run(moment):
    """What the worker does at this moment: everything, until nothing is due."""
    with held_at(moment):
        tasks = (reviewing.tell_in_time, reviewing.mark_due, reviewing.expire)
        return [sum(iter(task, 0)) for task in tasks]


@pytest.mark.parametrize(
    ("risk", "field", "months"),
    [
        ("3", "clinical", 6),
        ("2", "clinical", 12),
        ("1", "clinical", 12),
        ("2", "equipment", 24),
        ("2", "administration", 12),
        ("3", "equipment", 6),
    ],
)
def test_how_long_it_holds_is_said_by_its_tags(world, answer, risk, field, months):
    caring.set_care(world.ruth, tag_called("insulin"), risk=risk, field=field, is_dosing=False)
    caring.set_care(world.ruth, tag_called("storage"), risk="2", field="equipment", is_dosing=False)
    assert caring.of_answer(answer).months == months


def test_a_month_without_that_day_has_its_last():
    assert caring.months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert caring.months_after(date(2026, 12, 5), 1) == date(2027, 1, 5)


def test_nothing_happens_before_it_is_time(verified):
    assert run(DUE - timedelta(days=31)) == [0, 0, 0]
    assert verified.standing == "verified"


def test_its_verifier_is_told_a_month_before_once(verified, noor, told):
    assert run(DUE - timedelta(days=30)) == [1, 0, 0]
    assert run(DUE - timedelta(days=29)) == [0, 0, 0]
    assert told(noor) == [Verb.REVIEW_NEAR]


def test_it_says_that_it_is_overdue(verified, world, told, noor):
    run(DUE)
    assert verified.standing == "verified"
    run(DUE + timedelta(days=1))
    assert (verified.standing, verified.standing_why) == ("review_due", "date")
    assert verified.review_by == DUE.date()
    assert Verb.REVIEW_DUE in told(noor)
    db.session.refresh(world.insulin)
    assert world.insulin.standing == "review_due"


def test_it_expires_sixty_days_later_and_stays(verified, world):
    run(DUE + timedelta(days=60))
    assert verified.standing == "review_due"
    run(DUE + timedelta(days=61))
    assert verified.standing == "expired"
    assert verified.is_visible
    db.session.refresh(world.insulin)
    assert world.insulin.standing == "expired"


def test_a_worker_that_slept_for_a_year_catches_up_once(verified, noor, told):
    assert run(DUE + timedelta(days=365)) == [1, 1, 1]
    assert run(DUE + timedelta(days=366)) == [0, 0, 0]
    assert told(noor) == [Verb.REVIEW_NEAR, Verb.REVIEW_DUE, Verb.REVIEW_EXPIRED]


def test_verifying_again_begins_a_new_time(verified, noor, seen):
    run(DUE + timedelta(days=61))
    with held_at(DUE + timedelta(days=62)):
        verifying.verify(noor, verified, seen(verified))
    assert verified.standing == "verified"
    assert verified.review_by == date(2028, 8, 6)


def test_it_stands_on_the_list_of_whoever_looks_after_it(verified, noor, sam):
    with held_at(DUE - timedelta(days=31)):
        assert queries.to_review(noor.id) == []
    with held_at(DUE - timedelta(days=30)):
        assert [row.id for row in queries.to_review(noor.id)] == [verified.id]
        assert queries.to_review(sam.id) == []


def test_a_leavers_answers_fall_to_another_expert(verified, noor, sam):
    leaving.deactivate(CONSOLE, noor)
    assert verified.owner_id == sam.id


def test_without_another_expert_they_fall_to_the_moderators(verified, world, noor, sam, told):
    leaving.deactivate(CONSOLE, sam)
    leaving.deactivate(CONSOLE, noor)
    assert verified.owner_id is None
    run(DUE - timedelta(days=30))
    assert told(world.ruth)[-1] == Verb.REVIEW_NEAR
    with held_at(DUE):
        assert queries.to_review(world.ruth.id) == []
        rows = queries.to_review(world.ruth.id, with_ownerless=True)
    assert [row.id for row in rows] == [verified.id]


def test_whoever_it_falls_to_is_told_although_the_leaver_was(verified, noor, sam, told):
    run(DUE - timedelta(days=30))
    leaving.deactivate(CONSOLE, noor)
    run(DUE - timedelta(days=20))
    assert told(sam)[-1] == Verb.REVIEW_NEAR


def test_a_moderator_hands_over_tags_and_reviews(verified, world, noor):
    assert handing_over.hand_over(world.ruth, noor, world.priya) == (1, 1)
    assert verified.owner_id == world.priya.id
    assert seating.is_expert(world.priya.id, tag_called("insulin").id)
    assert not seating.is_expert(noor.id, tag_called("insulin").id)


def test_a_successor_who_sits_there_already_takes_the_rest(verified, world, noor, sam):
    assert handing_over.hand_over(world.ruth, noor, sam) == (1, 1)
    live = select(Seat.id).where(Seat.person_id == sam.id, Seat.status == Status.CONFIRMED)
    assert len(db.session.scalars(live).all()) == 1


def test_nobody_else_hands_over(verified, world, noor):
    with pytest.raises(Refused):
        handing_over.hand_over(world.amina, noor, world.priya)


@pytest.mark.parametrize("name", ["lena", "noor"])
def test_the_successor_is_somebody_else_who_is_here(verified, world, person, noor, name):
    with pytest.raises(Invalid):
        handing_over.hand_over(world.ruth, noor, person(name))


def test_what_the_queue_can_list(in_state, world, seen):
    answer = in_state("partly")
    assert [row.id for row in queries.waiting_for_second()] == [answer.id]
    assert queries.reported_unsafe() == []
    with held_at(JUNE.replace(year=2036)):
        assert queries.due_within(7) == []


# What waits for a second one, and what nobody looks after


@pytest.fixture
def partly(answer, world, sam, seen):
    """Of high risk, and Sam verified it in June: to be reviewed in December."""
    with held_at(JUNE):
        tag = tag_called("insulin")
        caring.set_care(world.ruth, tag, risk="3", field="clinical", is_dosing=False)
        verifying.verify(sam, answer, seen(answer))
        db.session.commit()
    return answer


DECEMBER = datetime(2026, 12, 5, 12, tzinfo=UTC)


def test_half_a_verification_falls_due_as_well(partly, told, sam):
    assert run(DECEMBER - timedelta(days=30)) == [1, 0, 0]
    assert run(DECEMBER + timedelta(days=1)) == [0, 1, 0]
    assert run(DECEMBER + timedelta(days=2)) == [0, 0, 0]
    assert (partly.standing, partly.standing_why) == ("partly", "date")
    assert told(sam)[-2:] == [Verb.REVIEW_NEAR, Verb.REVIEW_DUE]


def test_and_expires(partly):
    run(DECEMBER + timedelta(days=61))
    assert partly.standing == "expired"


def test_whoever_gave_it_can_give_it_anew_then(partly, sam, seen):
    with held_at(DECEMBER + timedelta(days=1)):
        assert [row.id for row in queries.to_review(sam.id)] == [partly.id]
        verifying.verify(sam, partly, seen(partly))
    assert (partly.standing, partly.review_by) == ("partly", date(2027, 6, 6))


def test_what_expired_stays_so_when_its_tags_become_high_risk(verified, world):
    run(DUE + timedelta(days=61))
    caring.set_care(world.ruth, tag_called("insulin"), risk="3", field="clinical", is_dosing=False)
    assert verified.standing == "expired"


def test_one_is_enough_once_the_risk_is_lowered(partly, world, verbs):
    with held_at(JUNE):
        tag = tag_called("insulin")
        caring.set_care(world.ruth, tag, risk="2", field="clinical", is_dosing=False)
    assert (partly.standing, partly.standing_why) == ("verified", "")
    assert partly.review_by == DECEMBER.date()
    assert verbs(partly)[-1] == Verb.VERIFIED
    db.session.refresh(world.insulin)
    assert world.insulin.standing == "verified"


def test_but_not_one_whose_own_date_is_over(partly, world):
    run(DECEMBER + timedelta(days=1))
    with held_at(DECEMBER + timedelta(days=1)):
        tag = tag_called("insulin")
        caring.set_care(world.ruth, tag, risk="2", field="clinical", is_dosing=False)
    assert partly.standing == "partly"


def test_moderators_hear_of_what_nobody_looks_after(verified, world, noor, sam, told):
    leaving.deactivate(CONSOLE, sam)
    leaving.deactivate(CONSOLE, noor)
    db.session.commit()
    assert verified.owner_id is None
    run(DUE + timedelta(days=1))
    run(DUE + timedelta(days=61))
    assert [verb for verb in told(world.ruth) if verb.startswith("review")] == [
        Verb.REVIEW_NEAR,
        Verb.REVIEW_DUE,
        Verb.REVIEW_EXPIRED,
    ]


def test_nobody_is_told_of_many_reviews_on_one_day(world, noor, seen):
    with held_at(JUNE):
        for number in range(reviewing.MOST_A_DAY + 2):
            answer = answering.answer(world.jonas, world.insulin, f"Way number {number}.")
            describing.describe(world.jonas, answer, RESTS)
            verifying.verify(noor, answer, seen(answer))
        db.session.commit()
    day = DUE - timedelta(days=30)
    told = [run(day + timedelta(days=days))[0] for days in (0, 0, 1, 2)]
    assert told == [reviewing.MOST_A_DAY, 0, 2, 0]
