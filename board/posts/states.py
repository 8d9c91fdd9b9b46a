"""What state a question is in, and what each of us may do in it: one table, read like a page.

`docs/question-states.md` is this table; a test does every action in every state as everybody and
holds both to it. Whether somebody may do it to *this* post (their own, say) stands in `rules`.
"""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from board.core.errors import Gone, Problem, Refused
from board.people.models import Member


class State(StrEnum):
    """Where a question stands. Of several that hold, the one furthest down counts."""

    OPEN = "open"
    CLOSED = "closed"
    DUPLICATE = "duplicate"
    LOCKED = "locked"
    REMOVED = "removed"
    MERGED = "merged"


class Standing(StrEnum):
    """Who somebody is to a question."""

    VISITOR = "visitor"
    MEMBER = "member"
    ASKER = "asker"
    MODERATOR = "moderator"


class Action(StrEnum):
    """What can be done with a question and what stands below it."""

    READ = "read"
    ANSWER = "answer"
    COMMENT = "comment"
    VOTE = "vote"
    ACCEPT = "accept an answer"
    EDIT_OWN = "edit what they wrote, remove their own answers and comments and bring them back"
    EDIT_OTHERS = "edit what others wrote, remove their answers and comments and bring them back"
    CURATE = "verify an answer, say what it rests on, take it out of use or bring it back"
    SUGGEST = "suggest an edit"
    FLAG = "flag"
    CLOSE = "close"
    REOPEN = "reopen"
    LOCK = "lock"
    UNLOCK = "unlock"
    FEATURE = "feature on top of the list"
    UNFEATURE = "take away from the top of the list"
    REMOVE = "remove the question"
    RESTORE = "bring the question back"
    MERGE = "merge into another question"
    UNMERGE = "undo the merge"


class QuestionLike(Protocol):
    """A question, or a row that reads like one."""

    @property
    def author_id(self) -> int | None: ...
    @property
    def confider_id(self) -> int | None: ...
    @property
    def hidden_at(self) -> datetime | None: ...
    @property
    def closed_as(self) -> str | None: ...
    @property
    def locked_at(self) -> datetime | None: ...
    @property
    def merged_into_id(self) -> int | None: ...


_NOBODY: frozenset[Standing] = frozenset()
_MODS = frozenset({Standing.MODERATOR})
_ASKER = _MODS | {Standing.ASKER}
_STAFF = _ASKER | {Standing.MEMBER}
_ALL = _STAFF | {Standing.VISITOR}

# fmt: off
TABLE: dict[Action, tuple[frozenset[Standing], ...]] = {
    #                     open     closed   duplicate  locked   removed  merged
    Action.READ:        (_ALL,    _ALL,    _ALL,      _ALL,    _ASKER,  _NOBODY),
    Action.ANSWER:      (_STAFF,  _NOBODY, _NOBODY,   _MODS,   _NOBODY, _NOBODY),
    Action.COMMENT:     (_STAFF,  _STAFF,  _STAFF,    _MODS,   _NOBODY, _NOBODY),
    Action.VOTE:        (_STAFF,  _STAFF,  _STAFF,    _NOBODY, _NOBODY, _NOBODY),
    Action.ACCEPT:      (_ASKER,  _ASKER,  _ASKER,    _MODS,   _NOBODY, _NOBODY),
    Action.EDIT_OWN:    (_STAFF,  _STAFF,  _STAFF,    _MODS,   _NOBODY, _NOBODY),
    Action.EDIT_OTHERS: (_MODS,   _MODS,   _MODS,     _MODS,   _NOBODY, _NOBODY),
    Action.CURATE:      (_STAFF,  _STAFF,  _STAFF,    _MODS,   _MODS,   _NOBODY),
    Action.SUGGEST:     (_STAFF,  _STAFF,  _STAFF,    _MODS,   _NOBODY, _NOBODY),
    Action.FLAG:        (_STAFF,  _STAFF,  _STAFF,    _STAFF,  _NOBODY, _NOBODY),
    Action.CLOSE:       (_ASKER,  _NOBODY, _NOBODY,   _NOBODY, _NOBODY, _NOBODY),
    Action.REOPEN:      (_NOBODY, _ASKER,  _ASKER,    _NOBODY, _NOBODY, _NOBODY),
    Action.LOCK:        (_MODS,   _MODS,   _MODS,     _NOBODY, _NOBODY, _NOBODY),
    Action.UNLOCK:      (_NOBODY, _NOBODY, _NOBODY,   _MODS,   _NOBODY, _NOBODY),
    Action.FEATURE:     (_MODS,   _NOBODY, _NOBODY,   _MODS,   _NOBODY, _NOBODY),
    Action.UNFEATURE:   (_MODS,   _MODS,   _MODS,     _MODS,   _MODS,   _NOBODY),
    Action.REMOVE:      (_ASKER,  _ASKER,  _ASKER,    _MODS,   _NOBODY, _NOBODY),
    Action.RESTORE:     (_NOBODY, _NOBODY, _NOBODY,   _NOBODY, _ASKER,  _NOBODY),
    Action.MERGE:       (_MODS,   _MODS,   _MODS,     _NOBODY, _NOBODY, _NOBODY),
    Action.UNMERGE:     (_NOBODY, _NOBODY, _NOBODY,   _NOBODY, _NOBODY, _MODS),
}
# fmt: on

# What remains to be said about an entry; the rest of the rule stands in `rules`.
NOTES = {
    Action.READ: "A visitor reads only where the site lets people read without signing in. "
    "Whoever opens a merged question is led to the one it was merged into.",
    Action.VOTE: "Never for their own.",
    Action.CURATE: "Who of them may is in docs/answer-states.md. Saying that an answer is unsafe "
    "or that something else is wrong with it, and that a post contains patient information, is "
    "open to everybody who reads it, in every state.",
    Action.REOPEN: "The asker only what they closed themselves.",
    Action.FEATURE: "Three at a time, until a day. Closed, removed or merged, it is not shown.",
    Action.REMOVE: "The asker only while nobody else has answered.",
    Action.RESTORE: "The asker only what they removed themselves, for 30 days.",
    Action.ACCEPT: "The asker cannot undo what a moderator accepted.",
}

# What an action makes of a state.
LEADS_TO = {
    Action.CLOSE: "closed, or duplicate with the question it repeats",
    Action.REOPEN: "open",
    Action.LOCK: "locked",
    Action.UNLOCK: "what it was before it was locked",
    Action.REMOVE: "removed",
    Action.RESTORE: "what it was before it was removed",
    Action.MERGE: "merged; its answers stand below the other question",
    Action.UNMERGE: "what it was before it was merged",
}

_WHY_NOT = {
    State.OPEN: "This question is open, so that cannot be done with it.",
    State.CLOSED: "This question is closed. It takes no new answers; a comment is welcome.",
    State.DUPLICATE: "This was asked before, so this question takes no new answers. "
    "Please answer where the others did: its page leads there.",
    State.LOCKED: "A moderator has locked this question: nothing new can be added for now.",
    State.REMOVED: "This question has been removed.",
    State.MERGED: "This question has been merged into another one: its page leads there.",
}

_ONLY_ASKER = "Only the person who asked and moderators can do that."
_ONLY_MODERATORS = "Only a moderator can do that."


def state_of(question: QuestionLike) -> State:
    """The state that counts."""
    if question.merged_into_id is not None:
        return State.MERGED
    if question.hidden_at is not None:
        return State.REMOVED
    if question.locked_at is not None:
        return State.LOCKED
    if question.closed_as is not None:
        return State.DUPLICATE if question.closed_as == State.DUPLICATE else State.CLOSED
    return State.OPEN


def standing_of(person: Member, question: QuestionLike) -> Standing:
    """Who somebody is to this question."""
    if person.is_moderator:
        return Standing.MODERATOR
    if person.id is None:
        return Standing.VISITOR
    is_asker = person.id in (question.author_id, question.confider_id)
    return Standing.ASKER if is_asker else Standing.MEMBER


def allows(person: Member, action: Action, question: QuestionLike) -> bool:
    """Whether the question's state lets this person do it."""
    return standing_of(person, question) in allowed(action, state_of(question))


def allowed(action: Action, state: State) -> frozenset[Standing]:
    """Who may do it in this state."""
    return TABLE[action][list(State).index(state)]


def check(person: Member, action: Action, question: QuestionLike) -> None:
    """Raise `Gone` or `Refused`, in words, unless the question's state allows it."""
    if not allows(person, action, question):
        raise refusal(person, action, question)


def refusal(person: Member, action: Action, question: QuestionLike) -> Problem:
    """Why not, in words."""
    state = state_of(question)
    if state in (State.REMOVED, State.MERGED):
        return Gone(_WHY_NOT[state])
    if standing_of(person, question) is Standing.VISITOR:
        return Refused(f"Sign in to {action}.")
    when_open, here = allowed(action, State.OPEN), allowed(action, state)
    if here and standing_of(person, question) not in when_open:
        return Refused(_ONLY_ASKER if Standing.ASKER in here else _ONLY_MODERATORS)
    return Refused(_WHY_NOT[state])
