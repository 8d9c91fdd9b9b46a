"""What moderators see of answers in their queue: unsafe ones, second verifications, reviews."""

from datetime import timedelta

import pytest
import settled
from sqlalchemy import select

from board.core.clock import held_at, now
from board.core.database import db
from board.core.errors import Conflict
from board.curation import removing, reporting, verifying
from board.curation.models import ProblemReport, Recall
from board.inbox.models import Notification
from board.moderation import flagging, queueing, suggesting
from board.moderation.kinds_of_answers import PROBLEM, REPORTED, REVIEW, SECOND
from board.posts import accepting
from board.posts.models import Standing


def waiting(kind):
    db.session.flush()
    return [row.id for row in db.session.execute(kind.due())]


@pytest.fixture
def verified(in_state):
    return in_state("verified")


@pytest.fixture
def partly(in_state):
    return in_state("partly")


@pytest.fixture
def unsafe(world, verified):
    reporting.report(world.priya, verified, "unsafe", "Ten times too much.")
    db.session.commit()
    return verified


def test_an_answer_said_to_be_unsafe_comes_first(world, unsafe):
    flagging.flag(world.priya, world.gloves_answer, "rude")
    item = queueing.next_item(world.ruth)
    assert (item.kind, item.id) == (REPORTED, unsafe.id)
    assert [report.words for report in item.shown["reports"]] == ["Ten times too much."]


def test_a_moderator_withdraws_it_and_can_undo_that(world, unsafe):
    queueing.next_item(world.ruth)
    queueing.decide(world.ruth, "reported", unsafe.id, "withdraw")
    db.session.commit()
    assert unsafe.standing == Standing.WITHDRAWN
    assert waiting(REPORTED) == []
    queueing.undo(world.ruth)
    db.session.commit()
    assert unsafe.standing == Standing.UNSAFE
    assert waiting(REPORTED) == [unsafe.id]


def test_or_finds_it_safe_and_nobody_has_verified_it_then(world, unsafe):
    queueing.next_item(world.ruth)
    queueing.decide(world.ruth, "reported", unsafe.id, "clear")
    assert unsafe.standing == Standing.POSTED
    assert waiting(REPORTED) == []


def test_what_is_withdrawn_is_accepted_no_more_and_who_asked_hears(world, verified, sam, seen):
    accepting.accept(world.amina, verified)
    settled.nothing_waits()
    removing.withdraw(sam, verified, seen(verified), "Wrong.")
    db.session.flush()
    assert world.insulin.accepted_id is None
    told = select(Notification.verb).filter_by(person_id=world.amina.id)
    assert "acceptance_withdrawn" in set(db.session.scalars(told))


def test_what_is_said_to_be_wrong_waits_until_somebody_settles_it(world, verified):
    reporting.report(world.amina, verified, "wrong", "Six.")
    assert (waiting(PROBLEM), waiting(REPORTED)) == ([verified.id], [])
    queueing.next_item(world.ruth)
    queueing.decide(world.ruth, "problem", verified.id, "settle")
    assert (waiting(PROBLEM), verified.standing) == ([], Standing.VERIFIED)
    queueing.undo(world.ruth)
    assert waiting(PROBLEM) == [verified.id]


def test_a_moderator_shows_it_to_who_knows_it_once_a_week(world, verified, noor, sam):
    reporting.report(world.amina, verified, "wrong", "Six.")
    settled.nothing_waits()
    queueing.next_item(world.ruth)
    queueing.decide(world.ruth, "problem", verified.id, "remind")
    assert waiting(PROBLEM) == []
    told = set(db.session.scalars(select(Notification.person_id)))
    assert {noor.id, sam.id, world.jonas.id} <= told
    with held_at(now() + timedelta(days=8)):
        assert waiting(PROBLEM) == [verified.id]


def undone(world, kind, answer, decision):
    """A moderator decides, and takes it back at once: how many recalls that began."""
    queueing.next_item(world.ruth)
    queueing.decide(world.ruth, kind, answer.id, decision)
    db.session.commit()
    queueing.undo(world.ruth)
    db.session.commit()
    return db.session.scalars(select(Recall.id).where(Recall.ended_at.is_(None))).all()


def reported(answer):
    """The open reports: whose, and what."""
    still_open = select(ProblemReport.person_id, ProblemReport.kind).filter_by(
        answer_id=answer.id, settled_at=None
    )
    return [tuple(row) for row in db.session.execute(still_open.order_by(ProblemReport.id))]


@pytest.mark.parametrize("decision", ["withdraw", "clear"])
def test_undoing_alarms_nobody_and_reopens_that_very_report(world, unsafe, decision):
    settled.nothing_waits()
    assert undone(world, "reported", unsafe, decision) == []
    assert reported(unsafe) == [(world.priya.id, "unsafe")]
    assert unsafe.standing == Standing.UNSAFE
    told = set(db.session.scalars(select(Notification.verb)))
    assert not told & {"unsafe_reported", "recalled"}


@pytest.mark.parametrize("decision", ["remove", "dismiss"])
def test_nor_does_undoing_it_of_a_flag(world, verified, decision):
    flagging.flag(world.priya, verified, "unsafe", "Ten times too much.")
    settled.nothing_waits()
    assert undone(world, "unsafe", verified, decision) == []
    assert reported(verified) == [(world.priya.id, "unsafe")]
    assert (verified.standing, verified.is_visible) == (Standing.UNSAFE, True)


def test_a_mark_that_went_with_a_removal_is_back_with_its_undo(world, verified, noor):
    flagging.flag(world.priya, verified, "rude")
    db.session.commit()
    assert undone(world, "flagged", verified, "remove") == []
    assert (verified.standing, verified.verified_by) == (Standing.VERIFIED, "Pharmacy")


def test_nothing_wrong_with_the_dose_leaves_what_others_say_of_the_rest(world, verified):
    reporting.report(world.amina, verified, "unclear", "Which pen?")
    flagging.flag(world.priya, verified, "unsafe", "Ten times too much.")
    queueing.next_item(world.ruth)
    queueing.decide(world.ruth, "unsafe", verified.id, "dismiss")
    assert reported(verified) == [(world.amina.id, "unclear")]


def test_what_was_decided_since_is_not_undone(world, unsafe, noor, seen):
    queueing.next_item(world.ruth)
    queueing.decide(world.ruth, "reported", unsafe.id, "clear")
    db.session.commit()
    verifying.verify(noor, unsafe, seen(unsafe))
    with pytest.raises(Conflict, match="since"):
        queueing.undo(world.ruth)


def test_an_answer_flagged_as_unsafe_is_reported_as_unsafe(world, verified):
    flagging.flag(world.priya, verified, "unsafe", "Ten times too much.")
    db.session.commit()
    assert verified.standing == Standing.UNSAFE
    assert list(db.session.scalars(select(ProblemReport.words))) == ["Ten times too much."]


def test_another_flag_leaves_the_mark(world, verified):
    flagging.flag(world.priya, verified, "rude")
    db.session.commit()
    assert verified.standing == Standing.VERIFIED


def test_a_review_comes_up_a_week_before_its_date(world, verified):
    assert waiting(REVIEW) == []
    due = now() + timedelta(days=(verified.review_by - now().date()).days)
    with held_at(due - timedelta(days=9)):
        assert waiting(REVIEW) == []
    with held_at(due - timedelta(days=5)):
        assert waiting(REVIEW) == [verified.id]


def test_who_knows_it_is_reminded_once_a_week(world, verified, noor):
    due = now() + timedelta(days=(verified.review_by - now().date()).days)
    with held_at(due - timedelta(days=5)):
        queueing.next_item(world.ruth)
        queueing.decide(world.ruth, "review", verified.id, "remind")
        db.session.commit()
        assert waiting(REVIEW) == []
        told = select(Notification.person_id).where(Notification.verb == "review_near")
        assert noor.id in set(db.session.scalars(told))
    with held_at(due + timedelta(days=4)):
        assert waiting(REVIEW) == [verified.id]


def test_a_high_risk_answer_waits_for_its_second_verifier(world, partly):
    assert waiting(SECOND) == [partly.id]
    queueing.next_item(world.ruth)
    queueing.decide(world.ruth, "second", partly.id, "leave")
    assert waiting(SECOND) == []


def test_reminded_is_whoever_can_be_the_second(world, partly, told, noor, sam):
    before = {each.handle: len(told(each)) for each in (noor, sam, world.jonas)}
    queueing.next_item(world.ruth)
    queueing.decide(world.ruth, "second", partly.id, "remind")
    assert {each.handle: len(told(each)) - before[each.handle] for each in (noor, sam)} == {
        "noor": 0,
        "sam": 1,
    }
    assert len(told(world.jonas)) == before["jonas"]


def test_what_expired_waits_until_somebody_decides(world, in_state, sam, seen):
    expired = in_state("expired")
    assert waiting(REVIEW) == [expired.id]
    removing.withdraw(sam, expired, seen(expired), "Old.")
    assert waiting(REVIEW) == []


def test_undone_a_suggestion_brings_the_words_back_but_not_the_mark(world, verified, signed_in):
    words = verified.body_md
    suggestion = suggesting.suggest(world.priya, verified, 1, body="Six weeks.")
    db.session.commit()
    ruth = signed_in("ruth")
    ruth.get("/queue?all=1")
    ruth.send(f"/queue/suggested/{suggestion.id}", decision="accept")
    said = ruth.get(ruth.send("/queue/undo").location).text
    assert "The words are back, but the verified mark is not" in said
    db.session.expire_all()
    assert (verified.body_md, verified.standing) == (words, "posted")


def test_where_there_was_no_mark_nothing_is_said_of_it(world, signed_in):
    suggestion = suggesting.suggest(world.priya, world.insulin_answer, 1, body="Six weeks.")
    db.session.commit()
    ruth = signed_in("ruth")
    ruth.get("/queue?all=1")
    ruth.send(f"/queue/suggested/{suggestion.id}", decision="accept")
    said = ruth.get(ruth.send("/queue/undo").location).text
    assert "Undone: it waits again." in said
    assert "verified mark" not in said
