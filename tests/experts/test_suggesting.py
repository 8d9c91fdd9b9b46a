"""Who fits, why, in which order; and the load spread evenly."""

from collections import Counter
from datetime import timedelta

import pytest

from board.core.clock import held_at, now
from board.core.database import db
from board.core.errors import Refused
from board.experts import reaching, requesting, seating, suggesting
from board.experts.models import WEEKLY_CAP, Request
from board.people import leaving
from board.posts import accepting, answering, asking, hiding
from board.tags.naming import tag_called


def suggested(question, reader_id=None):
    db.session.flush()
    return [each.handle for each in suggesting.suggest(question, reader_id)]


def new_question(world, tags="gloves", title="Which gloves for chlorhexidine?"):
    return asking.ask(world.amina, title, "", tags)


def answer_well(world, person, tag, times):
    for number in range(times):
        question = asking.ask(world.amina, f"What of {tag} is number {number}?", "", tag)
        accepting.accept(world.amina, answering.answer(person, question, "This one."))
    db.session.flush()


def test_nobody_fits(world):
    assert suggested(world.pump) == []


def test_experts_come_first_and_the_reason_is_in_words(world, seat_for):
    question = new_question(world)
    seat_for(world.jonas, "gloves")
    assert suggested(question) == ["jonas", "ruth"]
    jonas, ruth = suggesting.suggest(question)
    assert jonas.reasons == ["expert for gloves"]
    assert ruth.reasons == ["answered 1 question in gloves, 1 accepted"]


def test_an_expert_with_answers_has_both_reasons(world, seat_for):
    answer_well(world, world.ruth, "gloves", 1)
    answering.answer(world.ruth, new_question(world), "Nitrile.")
    seat_for(world.ruth, "gloves")
    [ruth] = suggesting.suggest(new_question(world, title="Which gloves for latex allergy?"))
    assert ruth.reasons == ["expert for gloves", "answered 3 questions in gloves, 2 accepted"]


def test_several_tags_are_several_reasons(world, seat_for):
    seat_for(world.jonas, "gloves")
    seat_for(world.jonas, "pumps")
    [jonas, _ruth] = suggesting.suggest(new_question(world, "pumps, gloves"))
    assert jonas.reasons == ["expert for pumps", "expert for gloves"]


def test_a_nomination_is_not_enough(world):
    seating.nominate(world.amina, world.jonas, tag_called("pumps"))
    assert suggested(world.pump) == []


def test_neither_the_asker_nor_the_reader_is_suggested(world, seat_for):
    question = new_question(world)
    seat_for(world.amina, "gloves")
    assert suggested(question) == ["ruth"]
    assert suggested(question, world.ruth.id) == []


def test_nobody_who_left_is_away_or_has_enough(world, seat_for):
    question = new_question(world, "pumps")
    for person in (world.jonas, world.ruth, world.tomasz):
        seat_for(person, "pumps")
    assert len(suggested(question)) == 3
    reaching.set_reachability(world.ruth, away_until=reaching.today().isoformat(), deputy="jonas")
    reaching.set_reachability(world.tomasz, cap="0")
    assert suggested(question) == ["jonas"]
    leaving.deactivate(world.tomasz, world.jonas)
    assert suggested(question) == []


def test_nobody_who_was_asked_about_it_or_answered_it(world, seat_for):
    for person in (world.jonas, world.ruth):
        seat_for(person, "pumps")
    request = requesting.ask_expert(world.priya, world.pump, world.jonas)
    assert suggested(world.pump) == ["ruth"]
    requesting.withdraw(world.priya, request)
    answering.answer(world.ruth, world.pump, "A kinked line.")
    assert suggested(world.pump) == ["jonas"]


def test_hidden_answers_and_questions_do_not_count(world):
    question = new_question(world)
    hiding.hide(world.tomasz, world.gloves, "test")
    assert suggested(question) == []


def test_whoever_was_asked_least_this_week_comes_first(world, seat_for):
    for person in (world.jonas, world.ruth):
        seat_for(person, "pumps")
    assert suggested(new_question(world, "pumps")) == ["jonas", "ruth"]
    requesting.ask_expert(world.amina, world.pump, world.jonas)
    assert suggested(new_question(world, "pumps")) == ["ruth", "jonas"]
    with held_at(now() + reaching.WEEK + timedelta(hours=1)):
        requesting.ask_expert(world.amina, world.pump, world.ruth)
        assert suggested(new_question(world, "pumps")) == ["jonas", "ruth"]


def test_at_most_five(world, newcomer, seat_for):
    for number in range(7):
        seat_for(newcomer(f"expert{number}"), "pumps")
    assert len(suggested(world.pump)) == 5


def test_two_statements_whatever_there_is(world, newcomer, seat_for, statements):
    for number in range(7):
        person = newcomer(f"expert{number}")
        seat_for(person, "pumps")
        answer_well(world, person, "pumps", 2)
    question = new_question(world, "pumps, gloves")
    db.session.commit()
    db.session.refresh(question)
    with statements() as seen:
        suggesting.suggest(question, world.jonas.id)
    assert len([line for line in seen if "FROM post_tag" in line or "seat" in line]) == 2
    with statements() as seen:
        suggesting.suggest(question, 1)
    assert len(seen) == 2


def test_the_load_is_spread_evenly_and_no_cap_is_broken(world, newcomer, seat_for):
    """200 requests over eight weeks, always to whoever is suggested first."""
    experts = [newcomer(f"expert{number}") for number in range(5)]
    for person in experts:
        seat_for(person, "pumps")
    count, start, refused = Counter(), now(), 0
    for number in range(200):
        with held_at(start + timedelta(hours=7 * number)):
            question = new_question(world, "pumps", f"Why is alarm number {number} on the pump?")
            db.session.flush()
            [first, *_] = suggesting.suggest(question)
            made = requesting.ask_expert(
                world.amina, question, next(each for each in experts if each.id == first.id)
            )
            db.session.flush()
            count[made.person_id] += 1
            assert reaching.asked_this_week(made.person_id) <= WEEKLY_CAP
            assert max(count.values()) - min(count[each.id] for each in experts) <= 1
    assert sum(count.values()) == 200
    assert refused == 0
    assert db.session.query(Request).count() == 200


def test_when_everybody_has_enough_nobody_is_suggested_and_nobody_asked(world, newcomer, seat_for):
    experts = [newcomer(f"expert{number}") for number in range(5)]
    for person in experts:
        seat_for(person, "pumps")
    for number in range(5 * WEEKLY_CAP):
        question = new_question(world, "pumps", f"Why is alarm number {number} on the pump?")
        db.session.flush()
        first = suggesting.suggest(question)[0]
        requesting.ask_expert(
            world.amina, question, next(each for each in experts if each.id == first.id)
        )
    assert suggested(world.pump) == []
    with pytest.raises(Refused, match="takes 5"):
        requesting.ask_expert(world.amina, world.pump, experts[0])


def test_moderators_see_who_answers_well_and_has_no_seat(world, seat_for):
    pumps = tag_called("pumps")
    answer_well(world, world.jonas, "pumps", 2)
    assert suggesting.nominable(pumps.id) == []
    answer_well(world, world.jonas, "pumps", 1)
    [jonas] = suggesting.nominable(pumps.id)
    assert (jonas.handle, jonas.accepted) == ("jonas", 3)
    seating.decline(world.jonas, seat_for(world.jonas, "pumps"))
    db.session.flush()
    assert suggesting.nominable(pumps.id) == []
