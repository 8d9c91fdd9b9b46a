"""Recall: whoever may have followed an answer hears that it is not to be followed any more."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from board.activity.verbs import Verb
from board.core.clock import held_at, now
from board.core.database import db
from board.core.errors import Missing, Refused
from board.curation import recalling, removing, reporting, viewing
from board.curation.models import Recall, RecallNotice, ViewRecord
from board.inbox.recalling import tell_readers
from board.posts import asking, hiding, merging, saving
from board.privacy.elsewhere import hands


def read(person, question, at=None, *, seen_at=None, active_at=None):
    """Somebody has the question open at this moment, as its page notes it."""
    who, what, changed = person.id, question.id, active_at or question.active_at
    db.session.commit()  # a test's own open transaction would hold the writer's lock
    with held_at(at or now()):
        viewing.note(who, what, seen_at, changed)


def told():
    """Everybody who is told, when the worker has done its work."""
    db.session.commit()
    assert sum(iter(tell_readers, 0)) >= 0
    return set(db.session.scalars(select(RecallNotice.person_id)))


def the_recall():
    return db.session.scalars(select(Recall)).one()


@pytest.fixture
def withdrawn(world, answer, sam, seen):
    """Amina and Tomasz had read it, Priya had saved its question; then Sam withdrew it."""
    for person in (world.amina, world.tomasz):
        read(person, world.insulin)
    saving.save(world.priya, world.insulin)
    removing.withdraw(sam, answer, seen(answer), "Wrong.")
    return answer


def test_readers_and_savers_and_those_told_are_told(withdrawn, world):
    people = told()
    assert {world.amina.id, world.tomasz.id, world.priya.id} <= people


def test_whoever_withdrew_it_is_not(withdrawn, sam):
    assert sam.id not in told()


def test_it_stands_in_their_inbox(withdrawn, world, request):
    told()
    of = request.getfixturevalue("told")
    assert of(world.amina)[-1] == Verb.RECALLED


def test_whoever_read_the_question_before_the_answer_was_there_is_not(world, answer, sam, seen):
    read(world.tomasz, world.insulin, answer.created_at - timedelta(days=1))
    removing.withdraw(sam, answer, seen(answer), "Wrong.")
    assert world.tomasz.id not in told()


def test_whoever_used_it_is_told_also_where_no_views_are_kept(world, answer, sam, seen, configure):
    configure(view_records_months=0)
    reporting.use(world.ruth, answer)
    removing.withdraw(sam, answer, seen(answer), "Wrong.")
    assert world.ruth.id in told()


def test_the_worker_does_it_once(withdrawn):
    assert told() == told()
    assert the_recall().finished_at is not None
    assert tell_readers() == 0


def test_it_is_acknowledged_by_name(withdrawn, world):
    told()
    recalling.acknowledge(world.amina, the_recall())
    recalling.acknowledge(world.amina, the_recall())
    [row] = recalling.recalls()
    assert (row.acknowledged, row.told) == (1, len(told()))
    assert [each.name for each in recalling.told(row.id)][-1] == "Amina Yusuf"


def test_whoever_was_not_told_acknowledges_nothing(withdrawn, sam):
    told()
    with pytest.raises(Missing):
        recalling.acknowledge(sam, the_recall())


def test_what_anybody_reports_as_unsafe_alarms_nobody_yet(world, answer):
    reporting.report(world.amina, answer, "unsafe")
    assert db.session.scalars(select(Recall)).all() == []


def test_what_an_expert_finds_unsafe_is_recalled_at_once(world, answer, noor):
    read(world.amina, world.insulin)
    reporting.report(noor, answer, "unsafe")
    assert world.amina.id in told()
    assert the_recall().why == "unsafe"


def test_one_answer_is_recalled_once(world, answer, noor, seen):
    reporting.report(noor, answer, "unsafe")
    removing.withdraw(noor, answer, seen(answer), "Wrong.")
    assert the_recall().why == "unsafe"


def test_what_is_in_use_again_is_recalled_no_more(withdrawn, world, sam, seen):
    removing.reinstate(sam, withdrawn, seen(withdrawn))
    assert told() == set()
    assert the_recall().ended_at is not None


# Where the question was merged


@pytest.fixture
def twin(world):
    """Tomasz asked the same."""
    question = asking.ask(world.tomasz, "How long does an opened pen keep?", "", "insulin")
    db.session.commit()
    return question


def test_readers_and_savers_of_the_question_it_stood_below_before_are_told(
    world, answer, sam, seen, twin
):
    read(world.priya, world.insulin)
    saving.save(world.ruth, world.insulin)
    merging.merge(world.tomasz, world.insulin, twin)
    removing.withdraw(sam, answer, seen(answer), "Wrong.")
    assert {world.priya.id, world.ruth.id} <= told()


def test_and_those_of_one_it_stood_below_until_the_merge_was_undone(world, answer, sam, seen, twin):
    merging.merge(world.tomasz, world.insulin, twin)
    read(world.priya, twin)
    merging.unmerge(world.tomasz, world.insulin)
    removing.withdraw(sam, answer, seen(answer), "Wrong.")
    assert world.priya.id in told()


def test_whoever_read_the_other_question_before_the_merge_is_not(world, answer, sam, seen, twin):
    read(world.priya, twin, now() - timedelta(minutes=1))
    merging.merge(world.tomasz, world.insulin, twin)
    removing.withdraw(sam, answer, seen(answer), "Wrong.")
    assert world.priya.id not in told()


def test_after_two_merges_the_first_readers_are_told_too(world, answer, seen, twin):
    read(world.priya, world.insulin)
    merging.merge(world.tomasz, world.insulin, twin)
    merging.merge(world.tomasz, twin, world.pump)
    removing.withdraw(world.ruth, answer, seen(answer), "Wrong.")
    assert world.priya.id in told()
    assert set(merging.read_under(answer)) == {world.insulin.id, twin.id, world.pump.id}


def test_the_exposure_report_names_them_too(world, answer, twin):
    read(world.priya, world.insulin)
    saving.save(world.ruth, world.insulin)
    merging.merge(world.tomasz, world.insulin, twin)
    db.session.flush()
    found = {
        (seen.person_id, seen.how)
        for expose in hands().exposing
        for seen in expose(answer.question_id, answer.id)
    }
    assert (world.priya.id, "opened the question") in found
    assert (world.ruth.id, "saved the question") in found
    assert (world.amina.id, "watches the question") in found


# What was removed


def test_an_author_withdraws_what_people_may_follow_and_does_not_remove_it(in_state, world):
    answer = in_state("verified")
    with pytest.raises(Refused, match="Withdraw"):
        removing.remove(world.jonas, answer, "Mine.")
    assert answer.is_visible


@pytest.mark.parametrize("state", ["partly", "review_due", "expired", "unsafe", "withdrawn"])
def test_nor_in_any_other_state_that_somebody_gave_it(in_state, world, state):
    with pytest.raises(Refused):
        hiding.hide(world.jonas, in_state(state))


@pytest.mark.parametrize("state", ["verified", "unsafe"])
def test_what_a_moderator_removes_is_recalled(in_state, world, state):
    answer = in_state(state)
    read(world.amina, world.insulin)
    removing.remove(world.ruth, answer, "Ten times too much.")
    assert not answer.is_visible
    assert world.amina.id in told()


def test_out_of_sight_alone_it_is_not_put(in_state, world):
    with pytest.raises(Refused, match="not to be followed"):
        hiding.hide(world.ruth, in_state("verified"), "Ten times too much.")


def test_the_news_of_a_recall_outlives_the_answer(withdrawn, world, request):
    told()
    removing.remove(world.ruth, withdrawn, "It should not be seen.")
    assert Verb.RECALLED in request.getfixturevalue("told")(world.amina)


def test_a_removed_answers_recall_is_acknowledged_in_the_inbox(withdrawn, world, signed_in):
    told()
    removing.remove(world.ruth, withdrawn, "It should not be seen.")
    hiding.hide(world.ruth, world.insulin, "Nor the question.")
    db.session.commit()
    priya, address = signed_in("priya"), f"/recalls/{the_recall().id}/acknowledgement"
    assert address in priya.get("/inbox").text
    assert priya.send(address).location == "/inbox"
    assert address not in priya.get("/inbox").text


# View records


def views():
    db.session.rollback()
    return db.session.scalars(select(ViewRecord.last_seen)).all()


def test_a_view_is_written_once_an_hour(world):
    moment, question = now(), world.insulin
    read(world.amina, question, moment)
    read(world.amina, question, moment + timedelta(minutes=59), seen_at=moment)
    assert views() == [moment]
    read(world.amina, question, moment + timedelta(minutes=60), seen_at=moment)
    assert views() == [moment + timedelta(minutes=60)]


def test_something_new_is_seen_within_the_hour(world):
    moment, question = now(), world.insulin
    read(world.amina, question, moment)
    later = moment + timedelta(minutes=5)
    soon = later + timedelta(minutes=1)
    read(world.amina, question, soon, seen_at=moment, active_at=later)
    assert views() == [later + timedelta(minutes=1)]


def test_a_site_may_keep_none(world, configure):
    configure(view_records_months=0)
    read(world.amina, world.insulin)
    assert views() == []


def test_they_are_forgotten_after_a_year(world):
    read(world.amina, world.insulin, now() - timedelta(days=366))
    read(world.priya, world.insulin)
    assert viewing.forget_old() == 1
    assert viewing.forget_old() == 0
    assert len(views()) == 1


@pytest.mark.parametrize("number", [1, 4])
def test_reading_a_page_is_noted_answered_or_not(world, signed_in, number):
    amina = signed_in("amina")
    amina.get(f"/questions/{number}", follow_redirects=True)
    seen = views()
    assert len(seen) == 1
    amina.get(f"/questions/{number}", follow_redirects=True)
    assert views() == seen


def test_whoever_was_told_acknowledges_on_the_page(withdrawn, world, signed_in):
    told()
    amina = signed_in("amina")
    page = amina.get("/questions/1", follow_redirects=True).text
    address = f"/recalls/{the_recall().id}/acknowledgement"
    assert address in page
    assert amina.send(address).status_code == 303
    assert address not in amina.get("/questions/1", follow_redirects=True).text
    assert "Not yet" in signed_in("ruth").get(f"/recalls/{the_recall().id}").text
