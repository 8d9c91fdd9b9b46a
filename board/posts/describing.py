"""The table of question states as a page.

`python -m board.posts.describing > docs/question-states.md`
"""

from collections.abc import Iterator

from board.posts.states import LEADS_TO, NOTES, Action, Standing, State, allowed

MEANING = {
    State.OPEN: "takes answers",
    State.CLOSED: "takes no new answers, for a reason that its page says; comments are welcome",
    State.DUPLICATE: "closed because it was asked before; its page leads to the other question",
    State.LOCKED: "for now only moderators add or change anything",
    State.REMOVED: "out of sight; its asker and moderators see it",
    State.MERGED: "its answers stand below another question, and its address leads there",
}

WORDS = [
    (frozenset(), "nobody"),
    (frozenset({Standing.MODERATOR}), "moderators"),
    (frozenset({Standing.ASKER, Standing.MODERATOR}), "asker, moderators"),
    (frozenset(Standing) - {Standing.VISITOR}, "everybody signed in"),
    (frozenset(Standing), "everybody"),
]


def in_markdown() -> str:
    """The page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# The states of a question"
    yield ""
    yield "Written by `python -m board.posts.describing` from the table in `board/posts/states.py`;"
    yield "a test does every action in every state as everybody, and holds both to it."
    yield ""
    yield from (f"- **{state}**: {MEANING[state]}." for state in State)
    yield ""
    yield "Of several states that hold, the one furthest down counts: a closed question that is"
    yield "locked is locked, and closed again when it is unlocked."
    yield ""
    yield f"| who may | {' | '.join(State)} |"
    yield "|---" * (len(State) + 1) + "|"
    for action in Action:
        cells = " | ".join(_who(action, state) for state in State)
        yield f"| {action} | {cells} |"
    yield ""
    yield from (f"- **{action}**: {NOTES[action]}" for action in Action if action in NOTES)
    yield ""
    yield "What an action makes of it:"
    yield ""
    yield from (f"- **{action}**: {state}." for action, state in LEADS_TO.items())


def _who(action: Action, state: State) -> str:
    return next(words for people, words in WORDS if people == allowed(action, state))


if __name__ == "__main__":
    print(in_markdown(), end="")
