"""What readers say of an answer, and what it leads to."""

import pytest
from sqlalchemy import select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core.database import db
from board.core.errors import Gone, Invalid, Refused
from board.curation import queries, removing, reporting, verifying
from board.curation.models import ProblemReport
from board.people import leaving


@pytest.fixture
def verified(in_state):
    return in_state("verified")


def used(answer):
    db.session.refresh(answer)
    return answer.used_count


def test_a_use_counts_once_a_person(world, verified):
    reporting.use(world.amina, verified)
    reporting.use(world.amina, verified)
    reporting.use(world.priya, verified)
    assert used(verified) == 2


def test_a_use_can_be_taken_back(world, verified):
    reporting.use(world.amina, verified)
    reporting.unuse(world.amina, verified)
    reporting.unuse(world.amina, verified)
    assert used(verified) == 0


def test_nobody_uses_their_own(world, verified):
    with pytest.raises(Refused):
        reporting.use(world.jonas, verified)


def test_what_was_removed_is_not_used_or_reported(world, verified):
    removing.remove(world.ruth, verified, "Wrong.")
    with pytest.raises(Gone):
        reporting.use(world.amina, verified)
    with pytest.raises(Gone):
        reporting.report(world.amina, verified, "wrong")


def test_unsafe_takes_the_mark_at_once_and_tells_everybody_it_concerns(
    world, verified, noor, sam, told
):
    reporting.report(world.amina, verified, "unsafe", "It says weeks.")
    assert verified.standing == "unsafe"
    assert verified.verified_by == ""
    for person in (noor, sam, world.jonas, world.ruth):
        assert told(person)[-1] == Verb.UNSAFE_REPORTED
    assert [row.id for row in queries.reported_unsafe()] == [verified.id]


def test_the_same_again_is_one_report_with_the_latest_words(world, verified):
    reporting.report(world.amina, verified, "wrong", "Six.")
    reporting.report(world.amina, verified, "wrong", "Six weeks.")
    assert db.session.scalars(select(ProblemReport.words)).all() == ["Six weeks."]


def test_two_who_say_that_it_is_out_of_date_bring_the_review_forward(world, verified):
    reporting.report(world.amina, verified, "out_of_date")
    assert verified.standing == "verified"
    reporting.report(world.priya, verified, "out_of_date")
    assert (verified.standing, verified.standing_why) == ("review_due", "out_of_date")


def test_wrong_or_unclear_tells_and_leaves_the_mark(world, verified, noor, told):
    reporting.report(world.amina, verified, "unclear")
    assert verified.standing == "verified"
    assert told(noor)[-1] == Verb.PROBLEM_REPORTED


def test_a_problem_is_one_of_four(world, verified):
    with pytest.raises(Invalid):
        reporting.report(world.amina, verified, "boring")


def test_settled_means_that_whoever_reported_it_hears(world, verified, sam, seen, told):
    reporting.report(world.amina, verified, "unsafe")
    reporting.settle(sam, verified, seen(verified))
    assert verified.standing == "posted"
    assert told(world.amina)[-1] == Verb.PROBLEM_SETTLED
    assert queries.open_reports(verified.id) == []


@pytest.fixture
def imported(world, answer):
    """Nobody wrote it here and nobody looks after it."""
    answer.author_id, answer.external_id = None, "old-17"
    db.session.commit()
    return answer


def test_of_what_nobody_here_wrote_the_experts_hear(world, imported, noor, sam, told):
    reporting.report(world.amina, imported, "wrong", "It is two weeks.")
    assert told(noor)[-1] == told(sam)[-1] == Verb.PROBLEM_REPORTED
    assert Verb.PROBLEM_REPORTED not in told(world.ruth)


def test_and_where_there_is_no_expert_either_the_moderators(world, imported, noor, sam, told):
    for expert in (noor, sam):
        leaving.deactivate(world.tomasz, expert)
    reporting.report(world.amina, imported, "wrong", "It is two weeks.")
    assert told(world.ruth)[-1] == told(world.tomasz)[-1] == Verb.PROBLEM_REPORTED


def test_whoever_verifies_it_has_settled_what_was_open(world, verified, sam, seen, told):
    reporting.report(world.amina, verified, "wrong", "Six.")
    verifying.verify(sam, verified, seen(verified))
    assert queries.open_reports(verified.id) == []
    assert told(world.amina)[-1] == Verb.PROBLEM_SETTLED


def test_half_a_verification_settles_nothing(world, in_state, sam, seen, high_risk, answer):
    reporting.report(world.amina, answer, "wrong", "Six.")
    verifying.verify(sam, answer, seen(answer))
    assert answer.standing == "partly"
    assert len(queries.open_reports(answer.id)) == 1


def test_whoever_reported_it_as_unsafe_hears_that_it_is_withdrawn(world, verified, sam, seen, told):
    reporting.report(world.priya, verified, "unsafe")
    removing.withdraw(sam, verified, seen(verified), "Right.")
    assert told(world.priya)[-1] == Verb.ANSWER_WITHDRAWN


def test_its_author_does_not_settle_it(world, verified, seen):
    reporting.report(world.amina, verified, "wrong")
    with pytest.raises(Refused):
        reporting.settle(world.jonas, verified, seen(verified))


def test_no_activity_holds_what_was_written(world, verified):
    reporting.report(world.amina, verified, "wrong", "Featherstonehaugh says so.")
    db.session.flush()
    assert "Featherstone" not in str([row.detail for row in db.session.query(Activity)])
