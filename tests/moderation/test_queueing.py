"""The queue: order, claims, one decision an item, undo."""

from datetime import timedelta

import pytest
import settled
from sqlalchemy import select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core.clock import held_at, now
from board.core.database import db
from board.core.errors import Missing, Refused
from board.core.queueing import kinds
from board.curation import reporting
from board.inbox import reading
from board.inbox.models import Notification
from board.moderation import flagging, queueing, reminding, suggesting
from board.moderation.models import Claim, Ruling
from board.people import leaving
from board.people.models import CONSOLE
from board.posts import accepting, answering, voting


@pytest.fixture
def flagged(world):
    """Amina has flagged Jonas' answer as wrong, Priya Ruth's as unsafe; a day has not passed."""
    world.gloves_answer.author_id = world.lena.id  # no moderator's own
    flagging.flag(world.amina, world.insulin_answer, "wrong")
    flagging.flag(world.priya, world.gloves_answer, "unsafe", "One pair only?")
    db.session.commit()


@pytest.fixture(autouse=True)
def soon_after():
    """The questions of the world were asked an hour ago."""
    from world import BEGINNING

    with held_at(BEGINNING + timedelta(hours=1)):
        yield


def place(item):
    return (item.kind.name, item.id) if item else None


def test_the_gravest_comes_first(world, flagged):
    item = queueing.next_item(world.tomasz)
    assert place(item) == ("unsafe", 6)
    assert [flag.words for flag in item.shown["flags"]] == ["One pair only?"]
    assert item.shown["history"].posts == 1


def test_what_one_looks_at_another_does_not_get(world, flagged):
    assert place(queueing.next_item(world.tomasz)) == ("unsafe", 6)
    assert place(queueing.next_item(world.ruth)) == ("flagged", 2)
    assert place(queueing.next_item(world.tomasz)) == ("unsafe", 6)


def test_a_claim_runs_out(world, flagged):
    queueing.next_item(world.tomasz)
    with held_at(now() + queueing.LEASE + timedelta(seconds=1)):
        assert place(queueing.next_item(world.ruth)) == ("unsafe", 6)


def test_the_second_of_two_hears_who_decided_and_changes_nothing(world, flagged):
    queueing.decide(world.tomasz, "unsafe", 6, "remove")
    hidden_at = world.gloves_answer.hidden_at
    with pytest.raises(queueing.Decided, match=r"Tomasz Zielinski has decided .* removed"):
        queueing.decide(world.ruth, "unsafe", 6, "dismiss")
    assert world.gloves_answer.hidden_at == hidden_at
    assert len(db.session.scalars(select(Ruling)).all()) == 1


def test_nobody_decides_what_somebody_else_looks_at(world, flagged):
    queueing.next_item(world.tomasz)
    with pytest.raises(queueing.Decided, match="Tomasz Zielinski is looking"):
        queueing.decide(world.ruth, "unsafe", 6, "dismiss")


def test_what_was_settled_elsewhere_says_so(world):
    made = suggesting.suggest(world.priya, world.insulin_answer, 1, body="Six weeks.")
    suggesting.accept(world.jonas, made)
    with pytest.raises(queueing.Decided, match="settled on its own page"):
        queueing.decide(world.ruth, "suggested", made.id, "accept")


def test_every_decision_is_on_record(world, flagged):
    queueing.decide(world.ruth, "flagged", 2, "dismiss", "It is right.")
    verbs = set(db.session.scalars(select(Activity.verb).filter_by(actor_id=world.ruth.id)))
    assert {Verb.QUEUE_DECIDED, Verb.FLAG_DECLINED} <= verbs


@pytest.mark.parametrize("decision", ["remove", "uphold", "dismiss"])
def test_a_decision_about_flags_is_undone(world, flagged, decision):
    """What stays although it is unsafe is decided as an unsafe answer next."""
    queueing.decide(world.tomasz, "unsafe", 6, decision)
    db.session.flush()
    follows = ("flagged", 2) if decision != "uphold" else ("reported", 6)
    assert place(queueing.next_item(world.tomasz, urgent_only=True)) == follows
    queueing.undo(world.tomasz)
    assert world.gloves_answer.is_visible
    assert place(queueing.next_item(world.tomasz)) == ("unsafe", 6)
    assert queueing.last_ruling(world.tomasz) is None


def test_only_ones_own_last_decision_is_undone(world, flagged):
    queueing.decide(world.tomasz, "unsafe", 6, "dismiss")
    with pytest.raises(Missing):
        queueing.undo(world.ruth)


def test_what_happened_since_stands_in_the_way_of_an_undo(world, flagged):
    queueing.decide(world.tomasz, "unsafe", 6, "dismiss")
    flagging.flag(world.amina, world.gloves_answer, "unsafe")
    with pytest.raises(queueing.Decided, match="since"):
        queueing.undo(world.tomasz)


def test_later_means_tomorrow_for_one_and_now_for_another(world, flagged):
    queueing.next_item(world.tomasz)
    queueing.set_aside(world.tomasz, "unsafe", 6)
    assert place(queueing.next_item(world.tomasz)) == ("flagged", 2)
    assert place(queueing.next_item(world.ruth)) == ("unsafe", 6)
    assert queueing.waiting(world.tomasz).counts["unsafe"] == 0
    with held_at(now() + timedelta(hours=15)):
        assert queueing.waiting(world.tomasz).counts["unsafe"] == 1


def test_the_counts(world, flagged):
    waiting = queueing.waiting(world.ruth)
    assert (waiting.total, waiting.urgent) == (2, 2)
    assert set(waiting.counts) == {kind.name for kind in kinds()}
    assert db.session.scalar(select(queueing.waiting_for(world.ruth))) == 2


def test_the_header_counts_what_the_queue_does(world, flagged):
    queueing.next_item(world.tomasz)
    queueing.set_aside(world.tomasz, "unsafe", 6)
    header = db.session.scalar(select(queueing.waiting_for(world.tomasz)))
    assert header == queueing.waiting(world.tomasz).total == 1


def test_done_for_today_when_only_what_can_wait_is_left(world):
    with held_at(now() + timedelta(days=2)):
        assert queueing.waiting(world.ruth).total == 1
        assert queueing.waiting(world.ruth).urgent == 0
        assert queueing.next_item(world.ruth, urgent_only=True) is None
        assert place(queueing.next_item(world.ruth)) == ("unanswered", 4)


def test_a_question_left_alone_comes_back_after_three_days(world):
    with held_at(now() + timedelta(days=2)):
        queueing.decide(world.ruth, "unanswered", 4, "leave")
        assert queueing.next_item(world.ruth) is None
    with held_at(now() + timedelta(days=6)):
        assert place(queueing.next_item(world.ruth)) == ("unanswered", 4)


def test_a_suggestion_is_accepted_and_undone(world):
    made = suggesting.suggest(world.priya, world.insulin_answer, 1, body="Six weeks.")
    queueing.decide(world.ruth, "suggested", made.id, "accept")
    assert world.insulin_answer.body_md == "Six weeks."
    queueing.undo(world.ruth)
    assert world.insulin_answer.body_md.startswith("Four weeks")
    queueing.decide(world.ruth, "suggested", made.id, "accept")
    assert world.insulin_answer.body_md == "Six weeks."


def test_the_asker_is_reminded_once_after_three_days_a_moderator_looks_after_seven(world):
    with held_at(now() + timedelta(days=2)):
        assert reminding.remind() == 0
    with held_at(now() + timedelta(days=3, hours=1)):
        assert (reminding.remind(), reminding.remind()) == (1, 0)
        told = db.session.scalars(select(Activity).filter_by(verb=Verb.REMINDED)).all()
        assert [(each.subject_id, each.detail["tells"]) for each in told] == [(1, world.amina.id)]
        assert queueing.waiting(world.ruth).counts["unaccepted"] == 0
    with held_at(now() + timedelta(days=8)):
        assert queueing.waiting(world.ruth).counts["unaccepted"] == 1
        shown = queueing.item(world.ruth, "unaccepted", 1).shown["version"]
        queueing.decide(world.ruth, "unaccepted", 1, "accept", shown=shown)
        assert world.insulin.accepted_id == 2
        queueing.undo(world.ruth)
        assert world.insulin.accepted_id is None


def test_nobody_is_reminded_who_has_accepted(world):
    accepting.accept(world.amina, world.insulin_answer)
    answering.answer(world.jonas, world.pump, "A kinked line.")
    db.session.commit()
    with held_at(now() + timedelta(days=4)):
        assert (reminding.remind(), reminding.remind()) == (1, 0)


def test_only_moderators(world, flagged):
    for deed in (
        lambda: queueing.next_item(world.amina),
        lambda: queueing.decide(world.amina, "flagged", 2, "dismiss"),
        lambda: queueing.undo(world.amina),
        lambda: queueing.set_aside(world.amina, "flagged", 2),
        lambda: queueing.keep_habits(world.amina, introduced=True),
    ):
        with pytest.raises(Refused, match="moderators"):
            deed()


def test_what_does_not_exist_is_not_decided(world):
    with pytest.raises(Missing):
        queueing.decide(world.ruth, "nonsense", 1, "accept")
    with pytest.raises(Missing):
        queueing.decide(world.ruth, "flagged", 1, "nonsense")
    assert db.session.scalars(select(Claim)).all() == []


def test_every_kind_has_its_own_keys():
    from board.wiring import QUEUE

    for kind in QUEUE:
        keys = [decision.key for decision in kind.decisions]
        assert len(set(keys) - {"l", "z", "o"}) == len(keys), kind.name


def test_only_the_answer_that_was_shown_is_accepted(world):
    other = answering.answer(world.priya, world.insulin, "Ask pharmacy.")
    db.session.flush()
    with held_at(now() + timedelta(days=9)):
        shown = queueing.item(world.ruth, "unaccepted", 1).shown["version"]
        assert shown == str(world.insulin_answer.id)
        for voter in (world.tomasz, world.amina):
            voting.vote(voter, other)
        db.session.flush()
        with pytest.raises(queueing.Decided, match="changed"):
            queueing.decide(world.ruth, "unaccepted", 1, "accept", shown=shown)
        assert world.insulin.accepted_id is None
        shown = queueing.item(world.ruth, "unaccepted", 1).shown["version"]
        assert shown == str(other.id)


def test_what_is_not_to_be_followed_is_not_offered(world):
    reporting.report(world.priya, world.insulin_answer, "unsafe")
    with held_at(now() + timedelta(days=9)):
        assert queueing.item(world.ruth, "unaccepted", 1).shown["best"] is None
        with pytest.raises(Missing):
            queueing.decide(world.ruth, "unaccepted", 1, "accept", shown="")


def removed_and_undone(world, post):
    """Tomasz removes what was flagged, and takes that back."""
    flagging.flag(world.priya, post, "rude")
    db.session.commit()
    queueing.decide(world.tomasz, "flagged", post.id, "remove")
    db.session.commit()
    queueing.undo(world.tomasz)
    db.session.commit()


def news(person):
    mine = select(Notification.verb).filter_by(person_id=person.id, read_at=None)
    return set(db.session.scalars(mine))


def test_an_undone_removal_leaves_the_answer_accepted(world):
    removed_and_undone(world, world.gloves_answer)
    assert (world.gloves.accepted_id, world.gloves_answer.is_visible) == (6, True)


def test_it_leaves_no_news_of_what_did_not_happen(world):
    settled.nothing_waits()
    removed_and_undone(world, world.insulin_answer)
    assert news(world.priya) == news(world.jonas) == set()


def test_whoever_had_not_read_the_answer_still_hears_of_it(world):
    assert "answered" in news(world.amina)
    removed_and_undone(world, world.insulin_answer)
    assert "answered" in news(world.amina)


def test_whoever_had_read_it_does_not_hear_of_it_twice(world):
    reading.set_all_aside(world.amina.id)
    removed_and_undone(world, world.insulin_answer)
    assert "answered" not in news(world.amina)


def test_flagged_again_for_another_reason_it_is_not_undone(world):
    flagging.flag(world.amina, world.insulin_answer, "rude")
    queueing.decide(world.tomasz, "flagged", 2, "dismiss")
    flagging.flag(world.amina, world.insulin_answer, "unsafe")
    db.session.commit()
    with pytest.raises(queueing.Decided, match="since"):
        queueing.undo(world.tomasz)


def test_a_suggestion_made_since_stands_in_the_way_too(world):
    made = suggesting.suggest(world.amina, world.insulin_answer, 1, body="Six weeks.")
    queueing.decide(world.ruth, "suggested", made.id, "decline")
    suggesting.suggest(world.amina, world.insulin_answer, 1, body="Five weeks.")
    db.session.commit()
    with pytest.raises(queueing.Decided, match="since"):
        queueing.undo(world.ruth)


# What concerns a moderator themselves


def test_a_moderator_is_not_served_what_is_said_of_their_own_post(world):
    flagging.flag(world.priya, world.gloves_answer, "unsafe", "One pair only?")
    db.session.commit()
    assert queueing.next_item(world.ruth) is None
    assert queueing.waiting(world.ruth).total == 0
    assert place(queueing.next_item(world.tomasz)) == ("unsafe", 6)


def test_nor_decides_it_by_its_address(world):
    flagging.flag(world.priya, world.gloves_answer, "rude")
    with pytest.raises(Refused, match="another moderator"):
        queueing.decide(world.ruth, "flagged", 6, "dismiss")
    queueing.decide(world.tomasz, "flagged", 6, "dismiss")


def test_nor_their_own_flags_reports_and_suggestions(world):
    flagging.flag(world.ruth, world.insulin_answer, "rude")
    reporting.report(world.ruth, world.insulin_answer, "wrong", "Six.")
    db.session.commit()
    assert queueing.next_item(world.ruth) is None
    assert place(queueing.next_item(world.tomasz)) == ("problem", 2)


def test_the_only_moderator_decides_it_and_it_says_so(world, signed_in):
    flagging.flag(world.tomasz, world.gloves_answer, "rude")
    leaving.deactivate(CONSOLE, world.ruth)
    db.session.commit()
    assert "This is about yourself" in signed_in("tomasz").get("/queue").text
    queueing.decide(world.tomasz, "flagged", 6, "dismiss")
    assert queueing.waiting(world.tomasz).total == 0
