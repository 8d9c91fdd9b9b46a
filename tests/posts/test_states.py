"""Every action in every state by everybody gives what the table says, and the page says it too."""

from datetime import timedelta
from pathlib import Path

import pytest

from board.core.clock import now
from board.core.database import db
from board.core.errors import Conflict, Gone, Refused
from board.posts import (
    accepting,
    answering,
    asking,
    closing,
    commenting,
    editing,
    featuring,
    hiding,
    locking,
    states,
    threads,
    voting,
)
from board.posts.describing import in_markdown
from board.posts.states import Action, Standing, State, allowed, standing_of, state_of
from board.web.visiting import Visitor

TOMORROW = (now() + timedelta(days=1)).date().isoformat()
PAGE = Path(__file__).parents[2] / "docs" / "question-states.md"


def is_done(deed, *arguments, **named):
    """Whether it was done, rather than refused in words."""
    try:
        deed(*arguments, **named)
    except (Refused, Gone, Conflict):
        return False
    return True


class Stage:
    """A question of Amina's with an answer by Jonas and a comment by each of us, in some state."""

    def __init__(self, world):
        self.world = world
        self.question = asking.ask(world.amina, "Which line for the new pump?", "", "pumps")
        self.other = asking.ask(world.jonas, "Which line for any pump?", "", "pumps")
        db.session.flush()
        self.answer = answering.answer(world.jonas, self.question, "The yellow one.")
        self.own = {
            name: commenting.comment(getattr(world, name), self.question, f"By {name}.")
            for name in ("amina", "priya", "ruth")
        }
        db.session.flush()

    def become(self, state):
        ruth = self.world.ruth
        if state is State.CLOSED:
            closing.close(self.world.amina, self.question, "other", "Solved.")
        elif state is State.DUPLICATE:
            closing.close(self.world.amina, self.question, "duplicate", "", self.other)
        elif state is State.LOCKED:
            locking.lock(ruth, self.question, "Under review.")
        elif state is State.REMOVED:
            hiding.hide(ruth, self.question, "test")
        db.session.flush()
        assert state_of(self.question) is state

    def do(self, action, person):
        question, answer = self.question, self.answer
        own = self.own.get(getattr(person, "handle", ""))
        deeds = {
            Action.READ: lambda: threads.thread(question.id, person),
            Action.ANSWER: lambda: answering.answer(person, question, "The blue one."),
            Action.COMMENT: lambda: commenting.comment(person, answer, "Thanks."),
            Action.VOTE: lambda: voting.vote(person, answer),
            Action.ACCEPT: lambda: accepting.accept(person, answer),
            Action.EDIT_OWN: lambda: editing.edit(person, own, 1, body="Changed."),
            Action.EDIT_OTHERS: lambda: editing.edit(person, answer, 1, body="Changed."),
            Action.CLOSE: lambda: closing.close(person, question, "elsewhere"),
            Action.REOPEN: lambda: self.reopen(person),
            Action.LOCK: lambda: locking.lock(person, question, "Stop."),
            Action.UNLOCK: lambda: locking.unlock(person, question),
            Action.FEATURE: lambda: featuring.feature(person, question, TOMORROW),
            Action.UNFEATURE: lambda: featuring.end(person, question),
            Action.REMOVE: lambda: hiding.hide(person, question, "test"),
            Action.RESTORE: lambda: hiding.restore(person, question),
        }
        return deeds[action]

    def reopen(self, person):
        closing.reopen(person, self.question)


PEOPLE = {Standing.MEMBER: "priya", Standing.ASKER: "amina", Standing.MODERATOR: "ruth"}

# Their deeds stand in other features, with tests of their own there.
ELSEWHERE = (Action.CURATE, Action.SUGGEST, Action.FLAG, Action.MERGE, Action.UNMERGE)

# A deed that finds nothing left to do changes nothing, and is not refused.
IDLE = {
    (Action.REOPEN, State.OPEN),
    (Action.UNLOCK, State.OPEN),
    (Action.UNLOCK, State.CLOSED),
    (Action.UNLOCK, State.DUPLICATE),
    (Action.LOCK, State.LOCKED),
    (Action.RESTORE, State.OPEN),
    (Action.RESTORE, State.CLOSED),
    (Action.RESTORE, State.DUPLICATE),
    (Action.RESTORE, State.LOCKED),
    (Action.REOPEN, State.LOCKED),
    (Action.REOPEN, State.REMOVED),
    (Action.UNLOCK, State.REMOVED),
    (Action.REMOVE, State.REMOVED),
}

# The further rule of the notes: the asker may not remove what others answered, nor restore what a
# moderator removed.
NARROWER = {
    (Action.REMOVE, Standing.ASKER): False,
    (Action.RESTORE, Standing.ASKER): False,
}


@pytest.mark.walk
@pytest.mark.parametrize("state", [state for state in State if state is not State.MERGED])
@pytest.mark.parametrize("action", [action for action in Action if action not in ELSEWHERE])
def test_the_deed_follows_the_table(world, action, state):
    for standing, name in PEOPLE.items():
        stage = Stage(world)
        stage.become(state)
        db.session.commit()
        person = getattr(world, name)
        assert standing_of(person, stage.question) is standing
        expected = standing in allowed(action, state)
        if expected:
            expected = NARROWER.get((action, standing), True)
        before = state_of(stage.question), stage.answer.body_md, stage.question.answer_count
        done = is_done(stage.do(action, person))
        db.session.flush()
        if (action, state) in IDLE and done:
            assert (state_of(stage.question), stage.answer.body_md) == before[:2]
            continue
        assert done is expected, (action, state, standing)
        if not done:
            assert before[1:] == (stage.answer.body_md, stage.question.answer_count)
        db.session.rollback()


@pytest.mark.parametrize("state", State)
def test_a_visitor_only_reads(state):
    for action in Action:
        is_reading = action is Action.READ and state not in (State.REMOVED, State.MERGED)
        assert (Standing.VISITOR in allowed(action, state)) is is_reading


def test_a_visitor_is_asked_to_sign_in(world):
    with pytest.raises(Refused, match="Sign in"):
        states.check(Visitor(), Action.COMMENT, world.insulin)


def test_of_several_states_the_strongest_counts(world):
    stage = Stage(world)
    closing.close(world.ruth, stage.question, "policy", "See the pump policy.")
    locking.lock(world.ruth, stage.question, "Under review.")
    assert state_of(stage.question) is State.LOCKED
    hiding.hide(world.ruth, stage.question, "test")
    assert state_of(stage.question) is State.REMOVED
    hiding.restore(world.ruth, stage.question)
    locking.unlock(world.ruth, stage.question)
    assert state_of(stage.question) is State.CLOSED


def test_the_table_has_an_entry_for_every_action_in_every_state():
    assert set(states.TABLE) == set(Action)
    assert {len(row) for row in states.TABLE.values()} == {len(State)}


def test_the_page_is_current():
    """`python -m board.posts.describing > docs/question-states.md`"""
    assert PAGE.read_text() == in_markdown()
