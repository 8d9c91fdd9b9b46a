"""Verifying: by whoever knows the topic, for this very text, until a day."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from board.activity.verbs import Verb
from board.core.clock import held_at
from board.core.database import db
from board.core.errors import Gone, Invalid, Refused
from board.curation import (
    describing,
    registering,
    removing,
    reporting,
    verifying,
    voiding,
)
from board.curation.describing import Described
from board.experts import seating
from board.posts import converting, editing, hiding, locking, purging
from board.posts import reporting as privacy_reports
from board.posts.models import Post
from board.tags.naming import tag_called

JUNE = datetime(2026, 6, 5, 12, tzinfo=UTC)


def records(answer):
    return db.session.query(verifying.Verification).filter_by(answer_id=answer.id).all()


def test_it_says_by_whom_and_until_when(verified, noor):
    assert verified.standing == "verified"
    assert verified.verified_by == "Pharmacy"
    assert verified.verified_at == JUNE
    assert verified.review_by == date(2027, 6, 5)
    assert verified.owner_id == noor.id


def test_the_record_names_the_revision_and_the_tag(verified, noor):
    [record] = records(verified)
    assert (record.revision, record.as_moderator, record.is_pharmacist) == (1, False, True)
    assert record.tag_id == tag_called("insulin").id
    assert record.verified_by_id == noor.id


def test_its_question_says_so_in_lists(verified, world):
    db.session.refresh(world.insulin)
    assert world.insulin.standing == "verified"


def test_the_author_is_told_and_it_is_on_record(verified, world, told, verbs):
    assert told(world.jonas) == [Verb.VERIFIED]
    assert verbs(verified)[-1] == Verb.VERIFIED


def test_nobody_verifies_without_evidence(world, noor, seen):
    with pytest.raises(Invalid) as refused:
        verifying.verify(noor, world.insulin_answer, seen(world.insulin_answer))
    assert set(refused.value.fields) == {"applies_to", "setting", "source_kind"}


def test_a_named_kind_of_source_has_a_name(world, noor, seen):
    said = Described(applies_to=("all",), setting="anywhere", source_kind="product")
    with pytest.raises(Invalid) as refused:
        verifying.verify(noor, world.insulin_answer, seen(world.insulin_answer), described=said)
    assert set(refused.value.fields) == {"source"}


def test_experience_is_a_source(world, noor, seen):
    said = Described(applies_to=("all",), setting="anywhere", source_kind="experience")
    answer = world.insulin_answer
    verifying.verify(noor, answer, seen(answer), described=said)
    assert (answer.standing, answer.applies_to) == ("verified", "all")


def test_a_moderator_stands_in_where_nobody_is_an_expert(world, seen):
    answer, said = world.insulin_answer, Described(("all",), "ward", source_kind="experience")
    verifying.verify(world.ruth, answer, seen(answer), described=said)
    assert answer.verified_by == "a moderator"
    assert records(answer)[0].as_moderator


def test_a_moderator_does_not_where_somebody_is(world, answer, seen):
    with pytest.raises(Refused, match="expert"):
        verifying.verify(world.ruth, answer, seen(answer))


def test_an_expert_for_another_tag_is_none_here(world, answer, seen):
    seating.confirm(world.ruth, seating.nominate(world.ruth, world.priya, tag_called("pumps")))
    with pytest.raises(Refused):
        verifying.verify(world.priya, answer, seen(answer))


def test_what_was_removed_is_not_verified(world, answer, noor, seen):
    shown = seen(answer)
    hiding.hide(world.jonas, answer)
    with pytest.raises(Gone):
        verifying.verify(noor, answer, shown)


def test_any_edit_by_others_voids_it_at_once(verified, world, told, noor, verbs):
    editing.edit(world.jonas, verified, 1, body="Six weeks.")
    assert (verified.standing, verified.standing_why) == ("posted", "edited")
    assert (verified.verified_by, verified.review_by) == ("", None)
    assert records(verified)[0].why_ended == "edited"
    assert Verb.VERIFICATION_VOIDED in told(noor)
    assert Verb.VERIFICATION_VOIDED in verbs(verified)


def test_saving_the_same_words_voids_nothing(verified, world):
    editing.edit(world.jonas, verified, 1, body=verified.body_md)
    assert verified.standing == "verified"


def test_the_verifiers_small_correction_keeps_it(verified, noor):
    with voiding.still_true():
        editing.edit(noor, verified, 1, body="Four weeks at room temperature.")
    assert verified.standing == "verified"
    assert records(verified)[0].revision == 2


def test_nobody_else_says_that_it_is_still_true(verified, world):
    with voiding.still_true(), pytest.raises(Refused, match="still true"):
        editing.edit(world.jonas, verified, 1, body="Four weeks or so.")


def test_changed_evidence_voids_it_too(verified, world):
    describing.describe(world.jonas, verified, Described(applies_to=("child",), setting="ward"))
    assert verified.standing == "posted"


def test_verifying_again_moves_the_date(verified, noor, seen):
    with held_at(datetime(2026, 12, 1, tzinfo=UTC)):
        verifying.verify(noor, verified, seen(verified))
    assert verified.review_by == date(2027, 12, 1)
    assert [each.why_ended for each in records(verified)] == ["renewed", ""]


def test_somebody_else_than_a_verifier_says_why_it_is_withdrawn(verified, sam, noor, seen, told):
    with pytest.raises(Invalid, match="why"):
        verifying.withdraw(sam, verified, seen(verified))
    verifying.withdraw(sam, verified, seen(verified), "New leaflet.")
    assert verified.standing == "posted"
    assert records(verified)[0].reason == "New leaflet."
    assert told(noor)[-1] == Verb.VERIFICATION_WITHDRAWN


def test_a_removed_answer_is_not_what_its_question_stands_on(verified, world):
    removing.remove(world.ruth, verified, "It was seen too often.")
    db.session.refresh(world.insulin)
    assert world.insulin.standing == "posted"
    hiding.restore(world.ruth, verified)
    db.session.refresh(world.insulin)
    assert (verified.standing, world.insulin.standing) == ("withdrawn", "posted")


# An answer that becomes a comment


@pytest.mark.parametrize(
    "state", ["partly", "verified", "review_due", "expired", "unsafe", "withdrawn", "superseded"]
)
def test_what_somebody_decided_about_does_not_become_a_comment(in_state, world, state):
    answer = in_state(state)
    with pytest.raises(Refused, match="a comment cannot say so"):
        converting.to_comment(world.ruth, answer)
    assert (answer.kind, answer.standing) == ("answer", state)


def test_nor_back_into_one_once_it_is_verified(world, noor, seen):
    converting.to_answer(world.ruth, world.insulin_comment)
    said, made = Described(("all",), "ward", source_kind="experience"), world.insulin_comment
    verifying.verify(noor, made, seen(made), described=said)
    with pytest.raises(Refused, match="a comment cannot say so"):
        converting.undo(world.ruth, made)


def test_nor_does_what_somebody_says_is_wrong(world, answer, seen):
    reporting.report(world.amina, answer, "wrong", "It says six in the leaflet.")
    db.session.commit()
    with pytest.raises(Refused, match="Settle the report first"):
        converting.to_comment(world.ruth, answer)
    db.session.rollback()
    answer = world.insulin_answer
    reporting.settle(world.ruth, answer, seen(answer))
    converting.to_comment(world.ruth, answer)
    assert world.insulin_answer.kind == "comment"


def test_a_mark_that_a_comment_brought_from_before_goes_with_the_first_edit(verified, world):
    as_comment = update(Post).where(Post.id == verified.id)
    db.session.execute(
        as_comment.values(kind="comment", parent_id=world.insulin.id),
        execution_options={"synchronize_session": False},
    )
    db.session.commit()
    db.session.expunge_all()
    editing.edit(world.ruth, world.insulin_answer, 1, body="Give 100 units.")
    assert (world.insulin_answer.standing, world.insulin_answer.verified_by) == ("posted", "")


# A locked question


@pytest.fixture
def locked(verified, world):
    locking.lock(world.ruth, world.insulin, "Under review.")
    db.session.commit()
    return verified


DECISIONS = {
    "verify": lambda person, answer, shown: verifying.verify(person, answer, shown),
    "unverify": lambda person, answer, shown: verifying.withdraw(person, answer, shown, "Old."),
    "describe": lambda person, answer, _shown: describing.describe(person, answer, Described()),
    "withdraw": lambda person, answer, shown: removing.withdraw(person, answer, shown, "Wrong."),
    "settle": lambda person, answer, shown: reporting.settle(person, answer, shown),
    "uncite": lambda person, answer, _shown: registering.uncite(person, answer, None),
    "cite": lambda person, answer, _shown: registering.cite(person, answer, None),
}


@pytest.mark.parametrize("decision", list(DECISIONS))
def test_how_an_answer_stands_does_not_change_in_a_locked_question(locked, sam, seen, decision):
    with pytest.raises(Refused, match="locked"):
        DECISIONS[decision](sam, locked, seen(locked))
    assert locked.standing == "verified"


def test_a_moderator_may_and_unsafe_is_never_locked_out(locked, world, seen):
    describing.describe(world.ruth, locked, Described(("child",), "ward"))
    assert locked.standing == "posted"
    reporting.report(world.amina, locked, "unsafe", "Ten times too much.")
    assert locked.standing == "unsafe"
    removing.withdraw(world.ruth, locked, seen(locked), "Ten times too much.")
    assert locked.standing == "withdrawn"


def test_nor_is_what_holds_patients_details(locked, world):
    privacy_reports.report(world.amina, locked)
    assert not locked.is_visible


def test_its_page_says_why(locked, signed_in):
    page = signed_in("jonas").get(f"/answers/{locked.id}/verification").text
    assert "If one is unsafe, say so" in page
    assert "Save what it rests on" not in page


# What is out of sight for privacy


def test_a_question_does_not_stand_on_what_is_withheld(verified, world):
    world.tomasz.reviews_privacy = True
    concern = privacy_reports.report(world.amina, verified)
    assert (verified.standing, world.insulin.standing) == ("verified", "posted")
    privacy_reports.clear(world.tomasz, concern, "Nobody is named.")
    assert world.insulin.standing == "verified"


@pytest.mark.parametrize("state", ["partly", "verified", "expired", "withdrawn", "superseded"])
def test_nothing_stands_behind_what_was_purged(in_state, world, state):
    answer = in_state(state)
    world.tomasz.reviews_privacy = True
    purging.purge(world.tomasz, privacy_reports.report(world.amina, answer))
    db.session.expire_all()
    assert (answer.standing, answer.verified_by, answer.review_by) == ("posted", "", None)
    assert world.insulin.standing == "posted"
    assert answer.replaced_by_id is None
    assert [each for each in records(answer) if each.ended_at is None] == []


def test_nor_do_the_pages_of_its_tombstone_say_so(verified, world, signed_in):
    world.tomasz.reviews_privacy = True
    purging.purge(world.tomasz, privacy_reports.report(world.amina, verified))
    db.session.commit()
    for name in ("amina", "jonas", "tomasz"):
        pages = signed_in(name)
        assert "Verified by" not in pages.get("/questions/1", follow_redirects=True).text
        assert "Verified by" not in pages.get("/answers/2/verification").text
        assert "Verified by" not in pages.get("/").text
