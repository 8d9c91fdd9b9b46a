"""How a deed ends: `record(actor, Verb.ANSWERED, answer)`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

from flask import Flask, current_app

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.core.database import AnySession, db


class Actor(Protocol):
    """Whoever does something; the server's console has no id."""

    @property
    def id(self) -> int | None: ...


class Subject(Protocol):
    """Any row something can be done to."""

    __tablename__: str

    @property
    def id(self) -> int: ...


@dataclass(frozen=True)
class Deed:
    """What a reaction is told: the people and things themselves, and the row that records it."""

    actor: Any
    verb: Verb
    subject: Any
    activity: Activity


_gathered: ContextVar[list[Activity] | None] = ContextVar("_gathered", default=None)


@contextmanager
def gathered() -> Iterator[list[Activity]]:
    """What is recorded in here, by whatever was done: for whoever may have to take it back."""
    together: list[Activity] = []
    token = _gathered.set(together)
    try:
        yield together
    finally:
        _gathered.reset(token)


@dataclass(frozen=True)
class Nobody:
    """Whoever did it is not known, or is the server itself."""

    id: None = None


NOBODY = Nobody()

Reaction = Callable[[Deed], None]


def init_app(app: Flask, reactions: Mapping[Verb, Sequence[Reaction]]) -> None:
    """Hand over which functions follow from which verb."""
    app.extensions["board.reactions"] = reactions


def record(actor: Actor, verb: Verb, subject: Subject, **detail: Any) -> None:
    """Write the activity row, then do what is listed for this verb, all in this transaction."""
    db.session.flush()
    activity = Activity(
        actor_id=actor.id,
        verb=verb,
        subject_kind=subject.__tablename__,
        subject_id=subject.id,
        detail=detail,
    )
    db.session.add(activity)
    if (together := _gathered.get()) is not None:
        together.append(activity)
    _follow(Deed(actor, verb, subject, activity))


def note(
    session: AnySession,
    verb: Verb,
    kind: str,
    id: int | None = None,
    /,
    *,
    actor: Actor = NOBODY,
    **detail: Any,
) -> None:
    """Record, in a session that may stand apart from the request's, what was done to no row of it:
    a failed sign-in, an export, a refusal.
    """
    activity = Activity(
        actor_id=actor.id, verb=verb, subject_kind=kind, subject_id=id, detail=detail
    )
    session.add(activity)
    _follow(Deed(actor, verb, None, activity))


def _follow(deed: Deed) -> None:
    for follow in current_app.extensions["board.reactions"].get(deed.verb, ()):
        follow(deed)
