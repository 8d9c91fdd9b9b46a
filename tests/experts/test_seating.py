"""Who is listed for what: named by people, confirmed by people, ended by themselves."""

import pytest
from sqlalchemy import select

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core.database import db
from board.core.errors import Conflict, Gone, Missing, Refused
from board.experts import directory, queries, seating
from board.experts.models import Seat, Status
from board.inbox.models import Notification
from board.people import leaving
from board.posts import retagging
from board.tags.naming import tag_called


@pytest.fixture
def insulin():
    return tag_called("insulin")


@pytest.fixture
def seat(world, insulin):
    """Amina has nominated Jonas."""
    return seating.nominate(world.amina, world.jonas, insulin)


def told(person):
    db.session.flush()
    mine = select(Notification.verb).where(Notification.person_id == person.id)
    return list(db.session.scalars(mine.order_by(Notification.id)))


def recorded(subject_kind="seat"):
    db.session.flush()
    mine = select(Activity.verb).where(Activity.subject_kind == subject_kind).order_by(Activity.id)
    return list(db.session.scalars(mine))


def listed(tag):
    db.session.flush()
    return [row.name for row in queries.seats_in(tag.id) if row.status == Status.CONFIRMED]


def test_anybody_nominates_and_the_person_is_told(world, seat, insulin):
    assert seat.status == Status.NOMINATED
    assert told(world.jonas) == [Verb.EXPERT_NOMINATED]
    assert recorded() == [Verb.EXPERT_NOMINATED]
    assert listed(insulin) == []


def test_people_nominate_themselves(world, insulin):
    assert seating.nominate(world.priya, world.priya, insulin).nominated_by_id == world.priya.id
    assert told(world.priya) == []


def test_nobody_is_nominated_twice(world, seat, insulin):
    with pytest.raises(Conflict, match="already"):
        seating.nominate(world.priya, world.jonas, insulin)


def test_somebody_who_left_is_not_nominated(world, insulin):
    with pytest.raises(Refused, match="no account"):
        seating.nominate(world.amina, world.lena, insulin)


def test_a_moderator_confirms(world, seat, insulin):
    seating.confirm(world.ruth, seat)
    seating.confirm(world.ruth, seat)
    assert listed(insulin) == [world.jonas.name]
    assert (seat.confirmed_by_id, seat.confirmed_at is None) == (world.ruth.id, False)
    assert told(world.jonas) == [Verb.EXPERT_NOMINATED, Verb.EXPERT_CONFIRMED]
    assert recorded() == [Verb.EXPERT_NOMINATED, Verb.EXPERT_CONFIRMED]


def test_an_expert_of_the_tag_confirms_others(world, seat, insulin):
    seating.confirm(world.ruth, seat)
    other = seating.nominate(world.amina, world.priya, insulin)
    seating.confirm(world.jonas, other)
    assert listed(insulin) == sorted([world.jonas.name, world.priya.name])


def test_an_expert_of_another_tag_does_not(world, seat, insulin):
    seating.confirm(world.ruth, seat)
    other = seating.nominate(world.amina, world.priya, tag_called("pumps"))
    with pytest.raises(Refused, match="Another expert"):
        seating.confirm(world.jonas, other)


@pytest.mark.parametrize("name", ["jonas", "amina"])
def test_neither_the_person_nor_who_nominated_confirms(world, seat, name):
    with pytest.raises(Refused):
        seating.confirm(getattr(world, name), seat)


def test_a_moderator_confirms_their_own(world, insulin):
    seating.confirm(world.ruth, seating.nominate(world.ruth, world.ruth, insulin))
    assert listed(insulin) == [world.ruth.name]


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_they_decline_at_any_stage(world, seat, insulin, is_confirmed):
    if is_confirmed:
        seating.confirm(world.ruth, seat)
    seating.decline(world.jonas, seat)
    assert seat.status == Status.DECLINED
    assert listed(insulin) == []
    with pytest.raises(Gone):
        seating.confirm(world.ruth, seat)


def test_nobody_declines_for_them(world, seat):
    with pytest.raises(Refused):
        seating.decline(world.ruth, seat)


def test_who_declined_is_nominated_by_themselves_only(world, seat, insulin):
    seating.decline(world.jonas, seat)
    with pytest.raises(Refused, match="does not want"):
        seating.nominate(world.ruth, world.jonas, insulin)
    assert seating.nominate(world.jonas, world.jonas, insulin).status == Status.NOMINATED


@pytest.mark.parametrize("name", ["jonas", "ruth"])
def test_they_or_a_moderator_end_it_and_it_may_begin_again(world, seat, insulin, name):
    seating.confirm(world.ruth, seat)
    seating.end(getattr(world, name), seat)
    assert listed(insulin) == []
    assert seating.nominate(world.amina, world.jonas, insulin).id != seat.id


def test_nobody_else_ends_it(world, seat):
    with pytest.raises(Refused):
        seating.end(world.amina, seat)


def test_who_leaves_is_not_listed(world, seat, insulin):
    seating.confirm(world.ruth, seat)
    leaving.deactivate(world.tomasz, world.jonas)
    assert listed(insulin) == []
    assert directory.directory() == ([], None)


def test_experts_of_a_merged_tag_are_those_of_the_other(world, seat, insulin):
    pumps = tag_called("pumps")
    seating.confirm(world.ruth, seat)
    both = [seating.nominate(world.ruth, world.priya, tag) for tag in (insulin, pumps)]
    for each in both:
        seating.confirm(world.ruth, each)
    retagging.merge(world.ruth, insulin, pumps)
    assert listed(pumps) == sorted([world.jonas.name, world.priya.name])
    assert db.session.query(Seat).filter_by(tag_id=insulin.id).count() == 0


def test_there_is_no_such_seat(world):
    with pytest.raises(Missing):
        seating.seat_with_id(77)


def test_the_directory_is_by_tag_and_found_by_tag_or_name(world, seat_for):
    seat_for(world.jonas, "insulin")
    seat_for(world.jonas, "gloves")
    seat_for(world.ruth, "gloves")
    topics, after = directory.directory()
    assert [(each.name, len(each.experts)) for each in topics] == [("gloves", 2), ("insulin", 1)]
    assert after is None
    assert [each.name for each in directory.directory("INSUL")[0]] == ["insulin"]
    assert [each.name for each in directory.directory("okafor")[0]] == ["gloves"]
    assert directory.directory("nobody_") == ([], None)
    [ruth] = directory.directory("gloves ruth")[0][0].experts
    assert (ruth.accepted, ruth.department, ruth.weekly_cap) == (1, "Education", 5)


def test_a_long_directory_goes_on(world, seat_for, monkeypatch):
    monkeypatch.setattr(directory, "TAGS_SHOWN", 2)
    for tag in ("gloves", "insulin", "pumps"):
        seat_for(world.jonas, tag)
    topics, after = directory.directory()
    assert ([each.name for each in topics], after) == (["gloves", "insulin"], "insulin")
    topics, after = directory.directory("", after)
    assert ([each.name for each in topics], after) == (["pumps"], None)


def test_news_of_a_merged_tag_leads_to_the_other(world, insulin):
    seating.nominate(world.ruth, world.amina, insulin)
    retagging.merge(world.ruth, insulin, tag_called("pumps"))
    news = db.session.scalars(select(Notification.tag_id)).all()
    assert news == [tag_called("pumps").id]


def test_the_lead_is_whoever_was_confirmed_first_and_is_here(world, seat_for, insulin):
    seat_for(world.jonas, "insulin")
    seat_for(world.priya, "insulin")
    assert seating.lead_of([insulin.id]).handle == "jonas"
    assert seating.led_by(world.jonas.id) == {insulin.id}
    assert seating.led_by(world.priya.id) == set()
    leaving.deactivate(world.tomasz, world.jonas)
    assert seating.led_by(world.priya.id) == {insulin.id}


def test_the_directory_costs_three_statements(world, seat_for, statements):
    seat_for(world.jonas, "insulin")
    seat_for(world.ruth, "gloves")
    db.session.commit()
    with statements() as seen:
        directory.directory()
    assert len(seen) == 3
