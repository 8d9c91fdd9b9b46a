"""Two people verify what is high-risk, for a dose one of them a pharmacist."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from board.activity.verbs import Verb
from board.core.clock import held_at
from board.core.database import db
from board.core.errors import Refused
from board.core.markup import Text
from board.curation import (
    caring,
    queries,
    reporting,
    verifying,
    voiding,
)
from board.experts import seating
from board.experts.models import Seat
from board.moderation import suggesting
from board.people import joining
from board.posts import editing, hiding, merging, retagging, threads
from board.posts import reporting as privacy_reports
from board.tags.naming import tag_called

JUNE = datetime(2026, 6, 5, 12, tzinfo=UTC)


def records(answer):
    return db.session.query(verifying.Verification).filter_by(answer_id=answer.id).all()


@pytest.fixture
def once(high_risk, answer, sam, seen):
    """Sam, a nurse, has verified what is high-risk and about a dose."""
    with held_at(JUNE):
        verifying.verify(sam, answer, seen(answer))
    return answer


def test_high_risk_waits_for_a_second_one(once):
    assert (once.standing, once.standing_why) == ("partly", "second")


def test_whoever_can_be_the_second_is_asked(once, world, told, noor, sam):
    assert told(noor) == [Verb.SECOND_NEEDED]
    assert Verb.SECOND_NEEDED not in told(sam) + told(world.jonas) + told(world.ruth)


def test_where_no_expert_is_left_moderators_are(high_risk, world, answer, seen, told, noor, sam):
    seating.end(world.ruth, db.session.scalar(select(Seat).filter_by(person_id=noor.id)))
    verifying.verify(sam, answer, seen(answer))
    assert told(world.ruth) == told(world.tomasz) == [Verb.SECOND_NEEDED]


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


def test_a_tag_that_becomes_high_risk_asks_for_a_second_one(verified, world, told, noor, sam):
    tag = tag_called("insulin")
    caring.set_care(world.ruth, tag, risk="3", field="clinical", is_dosing=False)
    assert (verified.standing, verified.standing_why) == ("partly", "second")
    assert told(sam) == [Verb.SECOND_NEEDED]
    assert Verb.SECOND_NEEDED not in told(noor) + told(world.jonas)


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


def test_whoever_changed_the_text_is_not_its_second_pair_of_eyes(once, world, noor, seen):
    seating.confirm(world.ruth, seating.nominate(world.ruth, world.priya, tag_called("insulin")))
    world.priya.role = "moderator"
    editing.edit(world.priya, once, 1, body="Six weeks.")
    with pytest.raises(Refused, match="nor whoever"):
        verifying.verify(world.priya, once, seen(once))
    verifying.verify(noor, once, seen(once))
    with pytest.raises(Refused, match="nor whoever"):
        verifying.verify(world.priya, once, seen(once))
    assert once.standing == "partly"


def test_nor_is_whoever_suggested_the_words(once, world, noor, seen):
    suggestion = suggesting.suggest(noor, once, 1, body="Six weeks.")
    suggesting.accept(world.jonas, suggestion)
    assert once.body_md == "Six weeks."
    with pytest.raises(Refused, match="nor whoever"):
        verifying.verify(noor, once, seen(once))


def test_the_page_says_so_too(once, world, noor, sam):
    editing.edit(world.jonas, once, 1, body="Six weeks.")
    suggesting.accept(world.jonas, suggesting.suggest(noor, once, 2, body="Eight weeks."))
    [shown] = threads.thread(world.insulin.id, noor).answers
    assert not queries.on_thread(world.insulin.id, noor).may(shown, "VERIFY")
    assert queries.on_thread(world.insulin.id, sam).may(shown, "VERIFY")


def test_once_enough_others_have_read_it_they_may_review_it_again(verified, world, noor, sam, seen):
    editing.edit(world.ruth, verified, 1, body="Six weeks.")
    editing.adopt(world.ruth, verified, editing.Wording(Text.of("Eight weeks.")), noor, "")
    with pytest.raises(Refused):
        verifying.verify(noor, verified, seen(verified))
    verifying.verify(sam, verified, seen(verified))
    verifying.verify(noor, verified, seen(verified))
    assert verified.verified_by == "Diabetes and Pharmacy"


def test_a_small_correction_of_high_risk_speaks_for_its_corrector_alone(
    once, noor, sam, seen, told
):
    verifying.verify(noor, once, seen(once))
    with voiding.still_true():
        editing.edit(noor, once, 1, body="Give 10 units.")
    assert (once.standing, once.standing_why) == ("partly", "second")
    assert once.verified_by == "Pharmacy"
    assert [each.why_ended for each in records(once)] == ["edited", ""]
    assert told(sam)[-2:] == [Verb.VERIFICATION_VOIDED, Verb.SECOND_NEEDED]
    verifying.verify(sam, once, seen(once))
    assert once.standing == "verified"


@pytest.mark.parametrize("profession", ["Student pharmacist assistant", "Pharmacy technician"])
def test_whose_profession_only_sounds_like_it_is_no_pharmacist(once, noor, seen, profession):
    noor.profession = profession
    verifying.verify(noor, once, seen(once))
    assert (once.standing, once.standing_why) == ("partly", "pharmacist")


def test_a_site_lists_who_is_a_pharmacist(once, noor, seen, configure):
    configure(pharmacist_professions=("Apotheker",))
    noor.profession = "APOTHEKER"
    verifying.verify(noor, once, seen(once))
    assert once.standing == "verified"


def test_what_somebody_typed_of_themselves_makes_no_pharmacist(once, world, seen):
    ada = joining.register("ada", name="Ada", profession="Pharmacist", department="Pharmacy")
    seating.confirm(world.ruth, seating.nominate(world.ruth, ada, tag_called("insulin")))
    verifying.verify(ada, once, seen(once))
    assert (once.standing, once.standing_why) == ("partly", "pharmacist")


def test_until_an_administrator_has_saved_it(once, world, seen):
    ada = joining.register("ada", name="Ada", profession="Pharmacist", department="Pharmacy")
    seating.confirm(world.ruth, seating.nominate(world.ruth, ada, tag_called("insulin")))
    joining.change(world.tomasz, ada, name="Ada", profession="Pharmacist", department="Pharmacy")
    verifying.verify(ada, once, seen(once))
    assert once.standing == "verified"


# A question, or a tag, that came into high risk by another way


@pytest.fixture
def pumps_are_grave(world):
    caring.set_care(world.ruth, tag_called("pumps"), risk="3", field="clinical", is_dosing=False)
    db.session.commit()


def test_a_question_merged_into_high_risk_brings_its_answers_under_two(
    verified, world, pumps_are_grave, told
):
    merging.merge(world.ruth, world.insulin, world.pump)
    assert (world.insulin_answer.standing, world.pump.standing) == ("partly", "partly")
    assert world.insulin.standing == "posted"
    assert Verb.SECOND_NEEDED in told(world.ruth)  # nobody is an expert for pumps


def test_unmerged_both_questions_stand_as_their_own_answers(verified, world):
    merging.merge(world.ruth, world.insulin, world.pump)
    assert (world.insulin.standing, world.pump.standing) == ("posted", "verified")
    merging.unmerge(world.ruth, world.insulin)
    assert (world.insulin.standing, world.pump.standing) == ("verified", "posted")


def test_what_goes_back_to_high_risk_waits_for_a_second_one(verified, world):
    merging.merge(world.ruth, world.insulin, world.pump)
    insulin = tag_called("insulin")
    caring.set_care(world.ruth, insulin, risk="3", field="clinical", is_dosing=False)
    merging.unmerge(world.ruth, world.insulin)
    assert (world.insulin_answer.standing, world.insulin.standing) == ("partly", "partly")


def test_a_tag_merged_into_high_risk_asks_for_a_second_one(verified, world, pumps_are_grave):
    retagging.merge(world.ruth, tag_called("storage"), tag_called("pumps"))
    assert world.insulin_answer.standing == "partly"


def test_a_high_risk_tag_brings_its_risk_where_it_is_merged(verified, world, pumps_are_grave):
    retagging.merge(world.ruth, tag_called("pumps"), tag_called("storage"))
    assert world.insulin_answer.standing == "partly"


def test_what_comes_back_is_held_to_what_its_tags_ask_for_by_then(verified, world):
    hiding.hide(world.ruth, world.insulin, "Looked wrong.")
    caring.set_care(world.ruth, tag_called("insulin"), risk="3", field="clinical", is_dosing=False)
    hiding.restore(world.ruth, world.insulin)
    assert (world.insulin_answer.standing, world.insulin.standing) == ("partly", "partly")


def test_so_is_what_held_no_patients_details(verified, world):
    world.tomasz.reviews_privacy = True
    concern = privacy_reports.report(world.amina, verified)
    tag = tag_called("storage")
    caring.set_care(world.ruth, tag, risk="3", field="clinical", is_dosing=False)
    privacy_reports.clear(world.tomasz, concern, "Nobody is named.")
    assert (world.insulin_answer.standing, world.insulin.standing) == ("partly", "partly")
