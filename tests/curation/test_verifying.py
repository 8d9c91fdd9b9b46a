"""Verifying: by whoever knows the topic, for this very text, until a day."""

from datetime import UTC, date, datetime

import pytest

from board.activity.verbs import Verb
from board.core.clock import held_at
from board.core.database import db
from board.core.errors import Gone, Invalid, Refused
from board.curation import caring, describing, removing, reporting, verifying, voiding
from board.curation.describing import Described
from board.experts import seating
from board.posts import editing, hiding
from board.tags.naming import tag_called

JUNE = datetime(2026, 6, 5, 12, tzinfo=UTC)


@pytest.fixture
def verified(answer, noor, seen):
    with held_at(JUNE):
        verifying.verify(noor, answer, seen(answer), "Checked with the leaflet.")
    return answer


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


# High risk


@pytest.fixture
def once(high_risk, answer, sam, seen):
    """Sam, a nurse, has verified what is high-risk and about a dose."""
    with held_at(JUNE):
        verifying.verify(sam, answer, seen(answer))
    return answer


def test_high_risk_waits_for_a_second_one(once):
    assert (once.standing, once.standing_why) == ("partly", "second")


def test_the_second_one_is_somebody_else(once, sam, seen):
    with pytest.raises(Refused):
        verifying.verify(sam, once, seen(once))


def test_a_pharmacist_as_the_second_one_makes_it_verified(once, noor, seen):
    verifying.verify(noor, once, seen(once))
    assert once.standing == "verified"
    assert once.verified_by == "Diabetes and Pharmacy"
    assert once.review_by == date(2026, 12, 5)


def test_two_without_a_pharmacist_are_not_enough_for_a_dose(once, world, seen, person):
    seating.confirm(world.ruth, seating.nominate(world.ruth, world.priya, tag_called("insulin")))
    verifying.verify(world.priya, once, seen(once))
    assert (once.standing, once.standing_why) == ("partly", "pharmacist")


def test_the_author_is_neither_of_the_two(once, world, seen):
    seating.confirm(world.ruth, seating.nominate(world.ruth, world.jonas, tag_called("insulin")))
    with pytest.raises(Refused):
        verifying.verify(world.jonas, once, seen(once))


def test_a_tag_that_becomes_high_risk_asks_for_a_second_one(verified, world, told, noor):
    tag = tag_called("insulin")
    caring.set_care(world.ruth, tag, risk="3", field="clinical", is_dosing=False)
    assert (verified.standing, verified.standing_why) == ("partly", "second")
    assert told(noor)[-1] == Verb.SECOND_NEEDED


def test_tags_that_ask_for_more_come_with_an_edit_too(verified, world):
    tag = tag_called("pumps")
    caring.set_care(world.ruth, tag, risk="3", field="clinical", is_dosing=False)
    title = world.insulin.title
    editing.edit(world.amina, world.insulin, 1, body="", title=title, tags="insulin, pumps")
    assert verified.standing == "partly"


def test_one_of_two_alone_does_not_move_the_date(once, noor, sam, seen):
    with held_at(JUNE):
        verifying.verify(noor, once, seen(once))
    reporting.call_for_review(once, "guideline")
    assert once.standing == "review_due"
    verifying.verify(noor, once, seen(once))
    assert once.standing == "review_due"
    verifying.verify(sam, once, seen(once))
    assert once.standing == "verified"
