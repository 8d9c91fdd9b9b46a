"""The states of an answer: every deed in every state by everybody gives what is written here."""

from pathlib import Path

import pytest

from board.core.errors import Conflict, Refused
from board.curation import removing, reporting, states, states_in_words, verifying, voiding
from board.curation.deciding import Outpaced
from board.curation.states import Action, Role
from board.posts import answering, editing
from board.posts.models import Standing

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "answer-states.md"

# `states.tsv`: Amina asked (a member here), Jonas wrote it, Noor is the expert who verified it, Sam
# another expert, Ruth a moderator. Their first letters stand before what the deed leads to; whoever
# is not named is refused, and "-" cannot be done by anybody. What is partly verified is high-risk.
HEAD, *ROWS = [
    line.split("\t") for line in Path(__file__).with_name("states.tsv").read_text().splitlines()
]
CASES = [
    (deed, state, cell) for deed, *row in ROWS for state, cell in zip(HEAD[1:], row, strict=True)
]
PEOPLE = {"A": "amina", "J": "jonas", "N": "noor", "S": "sam", "R": "ruth"}


def correct(person, answer, shown):
    with voiding.still_true():
        editing.edit(person, answer, shown.revision, body="Four weeks, 25 degrees.")


def clear(person, answer, shown):
    if answer.standing != Standing.UNSAFE:
        raise Conflict("There is nothing to clear.")
    reporting.settle(person, answer, shown)


def supersede(person, answer, shown):
    other = answering.answer(person, answer.question, "Ask pharmacy.")
    removing.supersede(person, answer, shown, other)


DEEDS = {
    "verify": verifying.verify,
    "unverify": lambda person, answer, shown: verifying.withdraw(person, answer, shown, "Old."),
    "edit": lambda person, answer, shown: editing.edit(person, answer, 1, body="Six weeks."),
    "correct": correct,
    "unsafe": lambda person, answer, shown: reporting.report(person, answer, "unsafe"),
    "clear": clear,
    "withdraw": lambda person, answer, shown: removing.withdraw(person, answer, shown, "Wrong."),
    "supersede": supersede,
    "reinstate": removing.reinstate,
}


@pytest.fixture
def do(seen):
    return lambda deed, person, answer: DEEDS[deed](person, answer, seen(answer))


@pytest.mark.walk
@pytest.mark.parametrize("who", list(PEOPLE))
@pytest.mark.parametrize(("deed", "state", "cell"), CASES, ids=lambda each: str(each)[:12])
def test_every_deed_in_every_state_by_everybody(in_state, do, person, deed, state, cell, who):
    answer = in_state(state)
    allowed, _, result = cell.partition(":")
    if who in allowed and cell != "-":
        do(deed, person(PEOPLE[who]), answer)
        assert answer.standing == result
    elif deed in ("edit", "correct") and (cell == "-" or who == "S"):
        return  # an edit of what is not verified is only an edit: tests of editing have it
    elif deed == "unsafe":
        do(deed, person(PEOPLE[who]), answer)
        assert answer.standing == state
    else:
        with pytest.raises((Refused, Conflict)):
            do(deed, person(PEOPLE[who]), answer)
        assert answer.standing == state


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("state", list(Standing))
def test_whoever_is_nobody_may_do_nothing(state, action):
    assert not states.may(state, action, ())


@pytest.mark.parametrize("state", list(Standing))
def test_the_table_has_one_way_for_each_action(state):
    for action in Action:
        steps = [step for step in states.TABLE if step.action == action and state in step.before]
        assert len(steps) <= 1, (state, action)


@pytest.mark.parametrize("state", list(Standing))
@pytest.mark.parametrize("action", [Action.VERIFY, Action.VERIFY_PARTLY, Action.CORRECT])
def test_no_author_stands_behind_their_own_answer(state, action):
    for other in Role:
        assert not states.may(state, action, {Role.AUTHOR, other})


@pytest.mark.parametrize("state", list(Standing))
def test_only_the_board_does_what_the_calendar_says(state):
    people = set(Role) - {Role.BOARD}
    by_itself = (
        Action.CALL_FOR_REVIEW,
        Action.EXPIRE,
        Action.ASK_FOR_SECOND,
        Action.BE_ENOUGH,
    )
    for action in by_itself:
        assert not states.may(state, action, people)


def test_the_document_is_the_table():
    """If not: python -m board.curation.states_in_words > docs/answer-states.md"""
    assert DOCUMENT.read_text() == states_in_words.document() + "\n"


def test_whoever_comes_second_is_told(in_state, seen, sam, noor):
    answer = in_state("posted")
    both_saw = seen(answer)
    verifying.verify(noor, answer, both_saw)
    with pytest.raises(Outpaced, match="quicker"):
        removing.withdraw(sam, answer, both_saw, "Wrong.")
    assert answer.standing == "verified"


def test_a_text_that_changed_meanwhile_is_not_verified(in_state, seen, world, noor):
    answer = in_state("posted")
    shown = seen(answer)
    editing.edit(world.jonas, answer, 1, body="Six weeks.")
    with pytest.raises(Outpaced, match="changed after you opened it"):
        verifying.verify(noor, answer, shown)
