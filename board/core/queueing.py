"""What may lie in the moderators' queue: kinds of items, handed over by the wiring.

A kind says in words what it is, finds what is due, shows it, and lists what can be decided; the
queue itself (claims, order, undo) is `moderation`'s and knows nothing of any kind.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app

from board.core.database import AnySelect
from board.core.errors import Missing

Detail = dict[str, Any]


@dataclass(frozen=True)
class Decision:
    """One way to close an item. `key` is what presses its button; `undo` gets what `decide` gave.

    `decide(moderator, subject_id, words)` raises `Refused` or `Invalid` to change nothing.
    """

    name: str
    label: str
    done: str
    key: str
    decide: Callable[[Any, int, str], Detail]
    undo: Callable[[Any, int, Detail], None] | None = None
    is_grave: bool = False


@dataclass(frozen=True)
class QueueKind:
    """A kind of item. `due()` selects `id` and `since` of what waits.

    `is_urgent`: counted against being done for today. `show(id)` is what the template needs; with a
    `version` where what is decided about may be another thing a moment later. `own(person_id)`
    selects the ids of what concerns that person themselves: somebody else decides it.
    """

    name: str
    title: str
    is_urgent: bool
    due: Callable[[], AnySelect]
    template: str
    show: Callable[[int], Mapping[str, Any]]
    decisions: tuple[Decision, ...]
    own: Callable[[int], AnySelect] | None = None

    def decision(self, name: str) -> Decision:
        """The decision of this name; raises `Missing`."""
        for each in self.decisions:
            if each.name == name:
                return each
        raise Missing("There is no such decision.")


def init_app(app: Flask, kinds: Sequence[QueueKind]) -> None:
    """Hand over the kinds, the gravest first; the list stands in `board/wiring/queue.py`."""
    app.extensions["board.queue"] = tuple(kinds)


def kinds() -> tuple[QueueKind, ...]:
    """Every kind, in the order of risk."""
    found: tuple[QueueKind, ...] = current_app.extensions["board.queue"]
    return found


def kind_called(name: str) -> QueueKind:
    """The kind of this name; raises `Missing`."""
    for kind in kinds():
        if kind.name == name:
            return kind
    raise Missing("There is no such item.")
