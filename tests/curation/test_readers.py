"""Who had an answer before them that they should not follow any more."""

from datetime import timedelta

import pytest
from world import BEGINNING

from board.core.clock import held_at
from board.core.database import db
from board.core.errors import Missing, Refused
from board.curation import readers, removing, viewing
from board.curation.deciding import Seen
from board.posts import answering, editing, merging


def day(number):
    return BEGINNING + timedelta(days=number)


def opened(person, question, *days):
    """They had the question open on these days, as the pages note it."""
    person_id, question_id = person.id, question.id
    db.session.commit()  # a view is noted in a transaction of its own
    for number in days:
        with held_at(day(number)):
            viewing.note(person_id, question_id, None, day(number))


@pytest.fixture
def answer(world):
    """Jonas' answer stood until day 10, was edited, and withdrawn on day 20."""
    opened(world.amina, world.insulin, 2)
    opened(world.priya, world.insulin, 3, 15)
    opened(world.tomasz, world.insulin, 1, 25)
    opened(world.ruth, world.insulin, 22)
    with held_at(day(10)):
        editing.edit(world.jonas, world.insulin_answer, 1, body="Six weeks.")
    with held_at(day(20)):
        removing.withdraw(world.ruth, world.insulin_answer, Seen(2, "posted"), "Wrong leaflet.")
    db.session.commit()
    return world.insulin_answer


def names(found):
    return [each.row.handle for each in found]


def test_who_had_it_open_and_who_may_have(world, answer):
    first = readers.readers(answer, readers.span_of(world.ruth, answer, 1))
    assert names(first.saw) == ["priya", "amina", "tomasz"]
    assert [each.at for each in first.saw] == [day(3), day(2), day(1)]
    assert first.may_have == []
    second = readers.readers(answer, readers.span_of(world.ruth, answer, 2))
    assert names(second.saw) == ["priya"]
    assert names(second.may_have) == ["tomasz"]


def test_the_withdrawn_version_ends_when_it_was_withdrawn(world, answer):
    span = readers.span_of(world.ruth, answer, 2)
    assert (span.began, span.ended) == (day(10), day(20))
    assert readers.span_of(world.ruth, answer, 1).ended == day(10)


def test_an_unsafe_answer_still_stands_there(world):
    world.insulin_answer.standing = "unsafe"
    span = readers.span_of(world.ruth, world.insulin_answer, 1)
    assert span.ended is None
    assert day(1000) in span


def test_a_superseded_answer_has_its_readers_too(world):
    opened(world.priya, world.insulin, 1)
    with held_at(day(2)):
        better = answering.answer(world.ruth, world.insulin, "Four weeks, below 25 degrees.")
        seen = Seen(1, "posted")
        removing.supersede(world.ruth, world.insulin_answer, seen, better)
    db.session.flush()
    span = readers.span_of(world.ruth, world.insulin_answer, 1)
    assert names(readers.readers(world.insulin_answer, span).saw) == ["priya"]


def test_what_is_in_use_has_no_list(world):
    with pytest.raises(Refused, match="in use"):
        readers.span_of(world.ruth, world.insulin_answer, 1)


@pytest.mark.parametrize("name", ["amina", "jonas"])
def test_only_moderators_look(world, answer, name):
    with pytest.raises(Refused, match="moderator"):
        readers.span_of(getattr(world, name), answer, 1)


@pytest.mark.parametrize("number", [0, 3, -1, 10**12])
def test_a_revision_that_is_not_there(world, answer, number):
    with pytest.raises(Missing):
        readers.span_of(world.ruth, answer, number)


def test_where_the_site_keeps_no_views_there_is_no_list(world, answer, configure):
    configure(view_records_months=0)
    assert readers.readers(answer, readers.span_of(world.ruth, answer, 1)) is None


def test_who_read_it_before_its_question_was_merged(world):
    opened(world.priya, world.insulin, 1)
    with held_at(day(2)):
        merging.merge(world.ruth, world.insulin, world.pump)
    with held_at(day(3)):
        removing.withdraw(world.ruth, world.insulin_answer, Seen(1, "posted"), "Wrong.")
    db.session.flush()
    span = readers.span_of(world.ruth, world.insulin_answer, 1)
    assert names(readers.readers(world.insulin_answer, span).saw) == ["priya"]


def test_who_read_it_before_two_merges_stands_there_once(world):
    opened(world.priya, world.insulin, 1)
    opened(world.tomasz, world.gloves, 1)  # before the answer came there
    with held_at(day(2)):
        merging.merge(world.ruth, world.insulin, world.pump)
    opened(world.priya, world.pump, 3)
    with held_at(day(4)):
        merging.merge(world.ruth, world.pump, world.gloves)
    opened(world.amina, world.gloves, 5)
    with held_at(day(6)):
        removing.withdraw(world.ruth, world.insulin_answer, Seen(1, "posted"), "Wrong.")
    db.session.flush()
    span = readers.span_of(world.ruth, world.insulin_answer, 1)
    found = readers.readers(world.insulin_answer, span)
    assert (names(found.saw), names(found.may_have)) == (["amina", "priya"], [])


def test_a_list_too_long_says_so(world, answer, monkeypatch):
    monkeypatch.setattr(readers, "MOST", 2)
    found = readers.readers(answer, readers.span_of(world.ruth, answer, 1))
    assert found.is_cut
    assert len(found.saw) + len(found.may_have) == 2
