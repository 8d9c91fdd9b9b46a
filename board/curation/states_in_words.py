"""The table of states as a document: `python -m board.curation.states_in_words`."""

from collections.abc import Iterator

from board.curation.states import ANYBODY, TABLE, Action, Role, Step, after, may
from board.posts.models import Standing

MEANINGS = {
    Standing.POSTED: "nobody who knows the topic stands behind it, or not any more",
    Standing.PARTLY: "some have verified it, and a second one or a pharmacist is needed",
    Standing.VERIFIED: "verified for the text as it stands",
    Standing.REVIEW_DUE: "verified, but its review date is over, or a source it cites",
    Standing.EXPIRED: "nobody reviewed it for 60 days, partly verified or wholly: ranked last",
    Standing.UNSAFE: "somebody reported it as unsafe: the mark is gone at once",
    Standing.WITHDRAWN: "taken out of use, with a reason",
    Standing.SUPERSEDED: "another answer takes its place, and it leads there",
}
ROLES = {
    Role.MEMBER: "anybody signed in",
    Role.AUTHOR: "whoever wrote the answer",
    Role.CONTRIBUTOR: "whoever wrote a later revision of it that not as many others as are needed "
    "have verified since",
    Role.EXPERT: "a confirmed expert for one of the question's tags",
    Role.STAND_IN: "a moderator, where no other expert is left to decide",
    Role.VERIFIER: "somebody whose verification of it stands",
    Role.MODERATOR: "a moderator or administrator",
    Role.BOARD: "the board itself, at a date or when a guideline changes",
}
HEAD = """# The states of an answer

Made from `board/curation/states.py` by `python -m board.curation.states_in_words`; a test compares.

Being accepted is no state here: whoever asked says that it helped. Verified means that somebody who
knows the topic has read this very text. Whoever is several of the roles has the rights of all and
the bars of all: an author who is an expert does not verify their own answer. Who may edit is for
`board/posts/rules.py` to say; the table says what an edit does. An author removes an answer only
while it is posted; a moderator's removal withdraws it first. Undoing a decision in the queue puts
an answer back as it stood before, where nothing was decided or changed since.
"""


def document() -> str:
    """Everything, as Markdown."""
    return "\n".join([HEAD, *_states(), *_roles(), *_steps(), *_matrix()])


def _states() -> Iterator[str]:
    yield "## States\n"
    yield from (f"- **{state}**: {meaning}" for state, meaning in MEANINGS.items())
    yield ""


def _roles() -> Iterator[str]:
    yield "## Roles\n"
    yield from (f"- **{role}**: {meaning}" for role, meaning in ROLES.items())
    yield ""


def _steps() -> Iterator[str]:
    yield "## What leads where\n"
    yield "| what happens | from | to | by | never by |"
    yield "|---|---|---|---|---|"
    yield from (_line(step) for step in TABLE)
    yield ""


def _line(step: Step) -> str:
    by, never = _names(step.by), _names(step.never)
    return (
        f"| {step.action} | {', '.join(step.before)} | {step.after or 'stays'} | {by} | {never} |"
    )


def _names(roles: frozenset[Role]) -> str:
    return "anybody" if roles == ANYBODY else ", ".join(role for role in Role if role in roles)


def _matrix() -> Iterator[str]:
    """Every action in every state, and whose press counts."""
    yield "## Every action in every state\n"
    yield "Where it leads, and for whom. Empty: it cannot be done.\n"
    yield "| | " + " | ".join(Standing) + " |"
    yield "|---" * (len(Standing) + 1) + "|"
    for action in Action:
        yield f"| {action} | " + " | ".join(_cell(state, action) for state in Standing) + " |"


def _cell(state: Standing, action: Action) -> str:
    roles = frozenset(role for role in Role if may(state, action, {role}))
    return f"{after(state, action, roles)} ({_names(roles)})" if roles else ""


if __name__ == "__main__":
    print(document())
