"""What the features below do for privacy, handed over by the wiring: posting, erasing, exposing.

Privacy stands above posts and knows nothing of them, so they tell it how.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask, current_app

from board.people.models import Person


@dataclass(frozen=True)
class Writing:
    """What somebody typed into a form, and what it is about: `answer` to question 12."""

    form: str
    target_id: int | None
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Writer:
    """How a form's writing is checked, posted (returns the post's id), given back as a draft; and
    whether its author stays unnamed.
    """

    check: Callable[[Person, Writing], None]
    post: Callable[[Person | None, Writing], int]
    give_back: Callable[[int, Writing], None]
    is_confidential: Callable[[Person, Writing], bool] = lambda _author, _writing: False


@dataclass(frozen=True)
class Erasure:
    """What is to be removed: everything a post ever said (`texts`); the tombstone for its place."""

    post_id: int
    question_id: int
    tombstone: str
    number: int
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seen:
    """Somebody may have seen a post: how, and when if that is known."""

    person_id: int
    how: str
    at: datetime | None = None


# Removes these passages from one feature's rows after `cursor`, a batch at a time; returns the
# cursor to go on from (None: done) and how many rows held one.
Sweep = Callable[[Sequence[str], int], tuple[int | None, int]]


@dataclass(frozen=True)
class Hands:
    """Everything the wiring hands over."""

    writers: Mapping[str, Writer] = field(default_factory=dict)
    erasing: Sequence[Callable[[Erasure], None]] = ()
    sweeping: Sequence[Sweep] = ()
    merging: Callable[[bool], bool] = lambda _is_first: True
    exposing: Sequence[Callable[[int, int], Iterable[Seen]]] = ()


def init_app(app: Flask, hands: Hands) -> None:
    """Take what the wiring hands over."""
    app.extensions["board.privacy"] = hands


def hands() -> Hands:
    """What the features below do for privacy."""
    found: Hands = current_app.extensions["board.privacy"]
    return found
