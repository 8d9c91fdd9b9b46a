"""Asking somebody who may know, and where that stands."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from board.activity.verbs import Verb
from board.core.clock import held_at, now
from board.core.database import db
from board.core.errors import Conflict, Gone, Missing, Refused
from board.experts import queries, reaching, requesting
from board.experts.models import State
from board.inbox import reading, watching
from board.inbox.models import Level, Notification, Watched
from board.people import leaving
from board.posts import answering, closing, hiding


@pytest.fixture
def request_to_jonas(world):
    """Amina has asked Jonas about the pump, which is Priya's question."""
    return requesting.ask_expert(world.amina, world.pump, world.jonas)


def told(person):
    db.session.flush()
    mine = select(Notification.verb).where(Notification.person_id == person.id)
    return list(db.session.scalars(mine.order_by(Notification.id)))


def go_away(person, deputy=""):
    until = (reaching.today() + timedelta(days=3)).isoformat()
    reaching.set_reachability(person, away_until=until, deputy=deputy)
    db.session.flush()


def test_whoever_is_asked_is_told(world, request_to_jonas):
    assert request_to_jonas.state == State.OPEN
    assert told(world.jonas) == [Verb.EXPERT_ASKED]
    assert told(world.priya) == []
    assert reading.unread(world.jonas.id) == 1


def test_it_reaches_them_even_if_they_muted_the_question(world):
    watching.watch(world.jonas.id, Watched.QUESTION, world.pump.id, Level.NOTHING)
    requesting.ask_expert(world.amina, world.pump, world.jonas)
    assert told(world.jonas) == [Verb.EXPERT_ASKED]


@pytest.mark.parametrize(
    ("name", "words"), [("amina", "cannot be"), ("priya", "asked this"), ("lena", "no account")]
)
def test_some_cannot_be_asked(world, name, words):
    with pytest.raises(Refused, match=words):
        requesting.ask_expert(world.amina, world.pump, getattr(world, name))


def test_nobody_is_asked_twice_while_it_waits(world, request_to_jonas):
    with pytest.raises(Conflict, match="already"):
        requesting.ask_expert(world.priya, world.pump, world.jonas)
    requesting.withdraw(world.amina, request_to_jonas)
    requesting.ask_expert(world.priya, world.pump, world.jonas)


def test_a_removed_question_is_asked_of_nobody(world):
    hiding.hide(world.ruth, world.pump, "test")
    with pytest.raises(Gone):
        requesting.ask_expert(world.ruth, world.pump, world.jonas)
    with pytest.raises(Refused):
        requesting.ask_expert(world.amina, world.pump, world.jonas)


def test_a_week_has_so_many_requests_and_then_another_begins(world):
    reaching.set_reachability(world.jonas, cap="1")
    requesting.ask_expert(world.amina, world.pump, world.jonas)
    db.session.flush()
    with pytest.raises(Refused, match="takes 1 requests a week"):
        requesting.ask_expert(world.ruth, world.insulin, world.jonas)
    with held_at(now() + reaching.WEEK + timedelta(minutes=1)):
        requesting.ask_expert(world.ruth, world.insulin, world.jonas)


def test_whoever_is_away_without_a_deputy_is_not_asked(world):
    go_away(world.jonas)
    with pytest.raises(Refused, match="away and has named nobody"):
        requesting.ask_expert(world.amina, world.pump, world.jonas)


def test_a_deputy_is_asked_instead(world):
    go_away(world.jonas, deputy="ruth")
    made = requesting.ask_expert(world.amina, world.pump, world.jonas)
    assert (made.person, made.instead_of) == (world.ruth, world.jonas)
    assert told(world.ruth) == [Verb.DEPUTY_NAMED, Verb.EXPERT_ASKED]
    assert told(world.jonas) == []
    [row] = queries.requests_on(world.pump.id)
    assert (row.name, row.instead_of) == (world.ruth.name, world.jonas.name)


def test_a_deputy_who_is_away_too_is_not_asked(world):
    go_away(world.jonas, deputy="ruth")
    go_away(world.ruth, deputy="tomasz")
    with pytest.raises(Refused, match="are away"):
        requesting.ask_expert(world.amina, world.pump, world.jonas)


@pytest.mark.parametrize("name", ["amina", "priya"])
def test_a_deputy_who_asked_is_not_asked(world, name):
    go_away(world.jonas, deputy=name)
    with pytest.raises(Refused):
        requesting.ask_expert(world.amina, world.pump, world.jonas)


def test_an_answer_settles_it(world, request_to_jonas):
    answering.answer(world.jonas, world.pump, "A kinked line.")
    assert request_to_jonas.state == State.ANSWERED
    assert Verb.REQUEST_ANSWERED in told(world.amina)
    assert told(world.priya) == [Verb.ANSWERED]


def test_an_asker_who_hears_of_the_answer_is_told_once(world):
    requesting.ask_expert(world.priya, world.pump, world.jonas)
    answering.answer(world.jonas, world.pump, "A kinked line.")
    assert told(world.priya) == [Verb.ANSWERED]


def test_an_answer_by_somebody_else_leaves_it_waiting(world, request_to_jonas):
    answering.answer(world.ruth, world.pump, "A kinked line.")
    assert request_to_jonas.state == State.OPEN


def test_passed_on_it_is_with_somebody_else(world, request_to_jonas):
    made = requesting.pass_on(world.jonas, request_to_jonas, world.ruth)
    assert (request_to_jonas.state, made.asker) == (State.PASSED, world.amina)
    assert told(world.amina) == [Verb.REQUEST_PASSED]
    assert told(world.ruth) == [Verb.EXPERT_ASKED]
    assert [row.passed_to for row in queries.requests_on(world.pump.id)] == [world.ruth.name, None]


def test_it_does_not_come_back(world, request_to_jonas):
    made = requesting.pass_on(world.jonas, request_to_jonas, world.ruth)
    with pytest.raises(Conflict, match="before"):
        requesting.pass_on(world.ruth, made, world.jonas)


@pytest.mark.parametrize("name", ["amina", "priya"])
def test_it_is_not_passed_to_whoever_asks(world, request_to_jonas, name):
    with pytest.raises(Refused):
        requesting.pass_on(world.jonas, request_to_jonas, getattr(world, name))
    assert request_to_jonas.state == State.OPEN


def test_passing_on_keeps_the_cap(world, request_to_jonas):
    reaching.set_reachability(world.ruth, cap="0")
    with pytest.raises(Refused, match="takes 0"):
        requesting.pass_on(world.jonas, request_to_jonas, world.ruth)


def test_declined_with_or_without_a_reason(world, request_to_jonas):
    requesting.decline(world.jonas, request_to_jonas, " Not my \n field. ")
    requesting.decline(world.jonas, request_to_jonas)
    assert (request_to_jonas.state, request_to_jonas.reason) == (State.DECLINED, "Not my field.")
    assert told(world.amina) == [Verb.REQUEST_DECLINED]


@pytest.mark.parametrize("name", ["amina", "ruth"])
def test_withdrawn_by_whoever_asked_or_a_moderator(world, request_to_jonas, name):
    requesting.withdraw(getattr(world, name), request_to_jonas)
    assert request_to_jonas.state == State.WITHDRAWN
    assert told(world.jonas)[-1] == Verb.REQUEST_WITHDRAWN
    with pytest.raises(Conflict, match="withdrawn"):
        requesting.decline(world.jonas, request_to_jonas)


def test_only_whoever_was_asked_settles_it(world, request_to_jonas):
    for person in (world.amina, world.ruth):
        with pytest.raises(Refused):
            requesting.decline(person, request_to_jonas)
        with pytest.raises(Refused):
            requesting.pass_on(person, request_to_jonas, world.tomasz)
    with pytest.raises(Refused):
        requesting.withdraw(world.priya, request_to_jonas)
    with pytest.raises(Missing):
        requesting.request_with_id(77)


def test_what_waits_stands_first(world, request_to_jonas):
    requesting.decline(world.jonas, request_to_jonas)
    requesting.ask_expert(world.ruth, world.insulin, world.jonas)
    states = [row.state for row in queries.requests_to(world.jonas.id)]
    assert states == [State.OPEN, State.DECLINED]
    hiding.hide(world.ruth, world.insulin, "test")
    assert len(queries.requests_to(world.jonas.id)) == 1


def test_whoever_left_is_told_nothing(world, request_to_jonas):
    leaving.deactivate(world.tomasz, world.amina)
    requesting.decline(world.jonas, request_to_jonas)
    assert told(world.amina) == []


def test_nobody_is_asked_to_answer_a_closed_question(world):
    closing.close(world.ruth, world.pump, "elsewhere")
    with pytest.raises(Refused, match="closed"):
        requesting.ask_expert(world.amina, world.pump, world.jonas)
