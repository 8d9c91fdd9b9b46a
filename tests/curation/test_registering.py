"""The registry of guidelines: a new version flags what cites the old one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core.clock import held_at
from board.core.database import db
from board.core.errors import Conflict, Invalid, Refused
from board.curation import queries, registering, reporting, verifying
from board.curation.registering import Particulars

POLICY = Particulars("Insulin policy", "4", "Diabetes group", "2026-01-01", "2028-01-01", "Q:/ins")


@pytest.fixture
def policy(world):
    return registering.add(world.ruth, POLICY)


@pytest.fixture
def verified(answer, policy, noor, sam, seen):
    """Sam cites the policy, then Noor verifies the answer."""
    registering.cite(sam, answer, policy)
    verifying.verify(noor, answer, seen(answer))
    return answer


def new_version(world, policy, version="5"):
    return registering.supersede(world.ruth, policy, Particulars("Insulin policy", version))


def test_experts_and_moderators_keep_it(world, noor, policy):
    assert registering.add(noor, Particulars("Pens", "1")).title == "Pens"
    with pytest.raises(Refused):
        registering.add(world.amina, Particulars("Pens", "1"))
    with pytest.raises(Refused):
        registering.change(world.amina, policy, POLICY)
    with pytest.raises(Refused):
        registering.supersede(world.amina, policy, Particulars("Insulin policy", "5"))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (Particulars("", "1"), "title"),
        (Particulars("Pens", " "), "version"),
        (Particulars("Pens", "1", review_by="next year"), "review_by"),
        (Particulars("Pens", "1", address="x" * 301), "address"),
    ],
)
def test_what_is_wrong_is_named(world, typed, field):
    with pytest.raises(Invalid) as refused:
        registering.add(world.ruth, typed)
    assert list(refused.value.fields) == [field]


def test_a_new_version_flags_what_cites_the_old_one_and_tells_its_verifiers(
    world, verified, policy, noor, told
):
    new_version(world, policy)
    assert (verified.standing, verified.standing_why) == ("review_due", "guideline")
    assert told(noor)[-1] == Verb.REVIEW_DUE
    assert [row.id for row in queries.citing_outdated()] == [verified.id]


def test_every_verifier_hears_of_it_whatever_the_mark(in_state, world, policy, sam, noor, told):
    registering.cite(sam, in_state("posted"), policy)
    partly = in_state("partly")
    new_version(world, policy)
    assert (partly.standing, partly.standing_why) == ("partly", "guideline")
    assert told(noor)[-1] == Verb.REVIEW_DUE


def test_also_of_what_is_overdue_or_expired_already(verified, world, policy, noor, told):
    reporting.call_for_review(verified, "date")
    verified.standing = "expired"
    new_version(world, policy)
    assert (verified.standing, verified.standing_why) == ("expired", "guideline")
    assert told(noor)[-2:] == [Verb.REVIEW_DUE, Verb.REVIEW_DUE]


def test_it_is_not_verified_over_an_older_version(world, verified, policy, noor, seen):
    new_version(world, policy)
    with pytest.raises(Invalid) as refused:
        verifying.verify(noor, verified, seen(verified))
    assert "newer version of Insulin policy" in refused.value.fields["guideline"]
    registering.uncite(noor, verified, policy)
    verifying.verify(noor, verified, seen(verified))
    assert verified.standing == "verified"


def test_a_version_is_not_changed_in_place(world, policy, verified):
    with pytest.raises(Invalid, match="another text"):
        registering.change(world.ruth, policy, replace(POLICY, version="5"))
    assert (policy.version, verified.standing) == ("4", "verified")


def test_who_corrected_what_is_on_record(world, policy):
    registering.change(world.ruth, policy, replace(POLICY, owner="Endocrinology", address="R:/i"))
    db.session.flush()
    [row] = db.session.query(Activity).filter_by(verb=Verb.GUIDELINE_CHANGED)
    assert (row.actor_id, row.detail) == (world.ruth.id, {"changed": ["owner", "address"]})


def test_a_correction_leaves_the_version_alone_on_the_page_too(policy, signed_in):
    db.session.commit()
    ruth = signed_in("ruth")
    page = ruth.get(f"/guidelines/{policy.id}/edit").text
    assert 'type="hidden" name="version" value="4"' in page
    typed = {"title": "Insulin policy", "version": "5"}
    reply = ruth.send(f"/guidelines/{policy.id}/edit", **typed)
    assert reply.status_code == 422
    assert "Another version is another text" in reply.text


def test_whose_own_review_is_due_waits_for_whoever_entered_it_and_for_moderators(
    world, noor, sam, policy, signed_in
):
    pens = registering.add(noor, Particulars("Pens", "1", review_by="2027-12-31"))
    registering.add(noor, Particulars("Needles", "1"))
    db.session.commit()
    with held_at(datetime(2027, 11, 30, 12, tzinfo=UTC)):
        assert registering.to_review(noor) == []
    with held_at(datetime(2028, 1, 2, 12, tzinfo=UTC)):
        assert registering.to_review(noor) == [pens]
        assert registering.to_review(world.ruth) == [pens, policy]
        assert registering.to_review(sam) == []
        ruth = signed_in("ruth")
        page = ruth.get("/reviews").text
        assert "Guidelines to review" in page
        assert "Pens, version 1" in page
        page = ruth.get(f"/guidelines/{policy.id}").text
        assert "Its own review is overdue since" in page
        registering.supersede(noor, pens, Particulars("Pens", "2"))
        assert registering.to_review(noor) == []


def test_citing_the_new_version_takes_the_old_ones_place(world, verified, policy, noor, seen):
    made = new_version(world, policy)
    registering.cite(noor, verified, made)
    verifying.verify(noor, verified, seen(verified))
    assert [each.version for each in registering.cited_by(verified.id)] == ["5"]
    assert queries.citing_outdated() == []
    assert verified.standing == "verified"


def test_what_is_not_verified_stays_as_it_is(world, answer, policy, sam):
    registering.cite(sam, answer, policy)
    new_version(world, policy)
    assert answer.standing == "posted"


def test_two_who_enter_a_new_version_make_one(world, policy):
    new_version(world, policy)
    with pytest.raises(Conflict):
        new_version(world, policy, "6")


def test_a_new_version_has_another_number(world, policy):
    with pytest.raises(Invalid):
        new_version(world, policy, "4")


def test_an_old_version_is_not_cited_any_more(world, answer, policy, sam):
    new_version(world, policy)
    with pytest.raises(Invalid, match="newer"):
        registering.cite(sam, answer, policy)


def test_what_it_cites_is_part_of_what_was_verified(verified, policy, world):
    registering.uncite(world.jonas, verified, policy)
    assert verified.standing == "posted"
    assert registering.cited_by(verified.id) == []


def test_citing_twice_changes_nothing(verified, policy, world):
    registering.cite(world.jonas, verified, policy)
    assert verified.standing == "verified"


def test_only_present_versions_are_listed(world, policy):
    new_version(world, policy)
    db.session.flush()
    assert [each.version for each in registering.guidelines("insulin")] == ["5"]
    assert registering.guidelines("100%") == []


def test_it_stands_below_the_answer_and_on_its_own_page(verified, policy, signed_in):
    db.session.commit()
    amina = signed_in("amina")
    page = amina.get("/questions/1", follow_redirects=True).text
    assert "Insulin policy, version 4" in page
    assert "1 answer cites it" in amina.get(f"/guidelines/{policy.id}").text
    assert "Enter a new version" not in amina.get(f"/guidelines/{policy.id}").text


def test_a_new_version_is_entered_on_a_page(verified, policy, signed_in):
    db.session.commit()
    ruth = signed_in("ruth")
    assert "It has been: 4" in ruth.get(f"/guidelines/{policy.id}/versions/new").text
    reply = ruth.send(f"/guidelines/{policy.id}/versions", title="Insulin policy", version="5")
    assert reply.status_code == 303
    assert "There is a newer version" in ruth.get(f"/guidelines/{policy.id}").text
    page = ruth.get("/questions/1", follow_redirects=True).text
    assert "Review needed: a guideline it cites has a new version" in page
