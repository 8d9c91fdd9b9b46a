"""The queue: one item at a time in the order of risk, for one moderator at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select

from board.activity.recording import gathered, record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import AnySelect, AnySession, apart, db, is_reading, upsert
from board.core.errors import Conflict, Missing, require
from board.core.queueing import QueueKind, kind_called, kinds
from board.core.text import tidy
from board.moderation.models import Claim, Habits, Later, Ruling
from board.moderation.rules import may_moderate
from board.people.models import Member, Person, Role

DEEDS = "deeds"
REFUSAL = "The queue is for moderators."
LEASE = timedelta(minutes=5)
OWN = (
    "This is about what you wrote, flagged or reported yourself: another moderator decides it. "
    "It waits for them."
)
UNTIL_TOMORROW = timedelta(hours=14)
UNDOABLE = timedelta(days=1)
MOST_COUNTED = 100


class Decided(Conflict):
    """Somebody else was quicker, or is looking at it now. Nothing was changed."""


@dataclass(frozen=True)
class Item:
    """What waits, since when, with what is needed to decide."""

    kind: QueueKind
    id: int
    since: datetime
    shown: Mapping[str, Any]


@dataclass(frozen=True)
class Waiting:
    """How many items of each kind wait for this moderator."""

    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def urgent(self) -> int:
        return sum(self.counts[kind.name] for kind in kinds() if kind.is_urgent)


def next_item(person: Member, *, urgent_only: bool = False) -> Item | None:
    """The gravest and oldest item that nobody else looks at; it is this moderator's for a while."""
    require(may_moderate(person), REFUSAL)
    for kind in kinds():
        if urgent_only and not kind.is_urgent:
            continue
        for row in db.session.execute(_for(person, kind)).all():
            if _claim(kind.name, row.id, person):
                return Item(kind, row.id, row.since, kind.show(row.id))
    return None


def item(person: Member, kind_name: str, id: int) -> Item:
    """One item, for showing it again. Raises `Missing` when it does not wait any more."""
    require(may_moderate(person), REFUSAL)
    kind = kind_called(kind_name)
    due = _due(kind, id)
    if due is None:
        raise Missing("This does not wait any more.")
    return Item(kind, id, due, kind.show(id))


def decide(
    person: Person, kind_name: str, id: int, name: str, words: str = "", shown: str | None = None
) -> Ruling:
    """Close an item. Of two at the same moment the second raises `Decided` and changes nothing; so
    does whoever decided about another version than the one `shown`.
    """
    require(may_moderate(person), REFUSAL)
    kind = kind_called(kind_name)
    decision = kind.decision(name)
    require(not _is_own(person, kind, id), OWN)
    holder = _hold(kind.name, id, person, db.session)
    if _due(kind, id) is None:
        raise Decided(_already(kind, id))
    if holder.person_id != person.id:
        raise Decided(f"{holder.person.name} is looking at this now. Here is the next one.")
    if shown is not None and kind.show(id).get("version", "") != shown:
        raise Decided("What this is about has changed since. Look, and decide again.")
    with gathered() as deeds:
        detail = decision.decide(person, id, tidy(words))
    db.session.flush()
    detail = {**detail, DEEDS: [deed.id for deed in deeds]}
    ruling = Ruling(
        kind=kind.name, subject_id=id, decision=name, ruled_by_id=person.id, detail=detail
    )
    db.session.add(ruling)
    db.session.delete(holder)
    record(person, Verb.QUEUE_DECIDED, ruling, kind=kind.name, decision=name)
    return ruling


def undo(person: Person) -> Ruling:
    """Take this moderator's last decision back. Raises `Missing`, or `Decided` when it is late."""
    require(may_moderate(person), REFUSAL)
    ruling = last_ruling(person)
    if ruling is None:
        raise Missing("There is nothing to undo.")
    kind = kind_called(ruling.kind)
    _hold(kind.name, ruling.subject_id, person, db.session)
    if _latest(kind, ruling.subject_id) is not ruling or _due(kind, ruling.subject_id):
        raise Decided("Something happened to it since, so this cannot be undone from here.")
    _take_back(person, kind, ruling)
    ruling.undone_at, ruling.undone_by_id = now(), person.id
    record(person, Verb.QUEUE_UNDONE, ruling, kind=kind.name, decision=ruling.decision)
    return ruling


def _take_back(person: Person, kind: QueueKind, ruling: Ruling) -> None:
    """All of it or nothing: what came in between keeps everything as it is."""
    undone = kind.decision(ruling.decision).undo
    if undone is not None:
        try:
            with db.session.begin_nested():
                undone(person, ruling.subject_id, ruling.detail)
        except Conflict as conflict:
            raise Decided(conflict.message) from conflict


def last_ruling(person: Member) -> Ruling | None:
    """What this moderator decided last, if it can still be undone."""
    ruling = db.session.scalar(
        select(Ruling)
        .where(Ruling.ruled_by_id == person.id, Ruling.undone_at.is_(None))
        .order_by(Ruling.id.desc())
        .limit(1)
    )
    if ruling is None or ruling.ruled_at < now() - UNDOABLE:
        return None
    return ruling if kind_called(ruling.kind).decision(ruling.decision).undo else None


def set_aside(person: Person, kind_name: str, id: int) -> None:
    """Not now: this moderator sees it again tomorrow, another one at once."""
    require(may_moderate(person), REFUSAL)
    kind = kind_called(kind_name)
    until = now() + UNTIL_TOMORROW
    row = upsert(Later).values(person_id=person.id, kind=kind.name, subject_id=id, until=until)
    keys = ["person_id", "kind", "subject_id"]
    db.session.execute(row.on_conflict_do_update(index_elements=keys, set_={"until": until}))
    claim = db.session.get(Claim, (kind.name, id))
    if claim is not None and claim.person_id == person.id:
        db.session.delete(claim)


def waiting(person: Member) -> Waiting:
    """How much waits, in one statement; at most a hundred of a kind are counted."""
    counted = {kind.name: _count(_open_to(person, kind)) for kind in kinds()}
    row = db.session.execute(select(*(each.label(name) for name, each in counted.items()))).one()
    return Waiting(dict(row._mapping))


def waiting_for(person: Member) -> ColumnElement[int]:
    """How many items wait for this moderator, as the queue counts: a part of another statement."""
    counts = (_count(_open_to(person, kind)) for kind in kinds())
    total: ColumnElement[int] = sum(counts, start=literal(0))
    return total


def habits(person: Member) -> Habits | None:
    """How this moderator works with the queue; None at the first visit."""
    return db.session.get(Habits, person.id)


def keep_habits(person: Person, *, introduced: bool = False, uses_keys: bool | None = None) -> None:
    """Remember that the introduction was read, and whether single keys are wanted."""
    require(may_moderate(person), REFUSAL)
    kept = db.session.get(Habits, person.id) or Habits(person_id=person.id, uses_keys=True)
    if introduced:
        kept.introduced_at = now()
    if uses_keys is not None:
        kept.uses_keys = uses_keys
    db.session.add(kept)


def _count(due: AnySelect) -> Any:
    return select(func.count()).select_from(due.limit(MOST_COUNTED).subquery()).scalar_subquery()


def _for(person: Member, kind: QueueKind) -> AnySelect:
    """The oldest of this kind that wait for this moderator and that nobody else looks at."""
    due = _open_to(person, kind).subquery().c
    taken = select(Claim.subject_id).where(
        Claim.kind == kind.name, Claim.person_id != person.id, Claim.until > now()
    )
    return (
        select(due.id, due.since).where(due.id.not_in(taken)).order_by(due.since, due.id).limit(5)
    )


def _open_to(person: Member, kind: QueueKind) -> AnySelect:
    """What is due, but what this moderator has set aside."""
    due = kind.due().subquery().c
    later = select(Later.subject_id).where(
        Later.person_id == person.id, Later.kind == kind.name, Later.until > now()
    )
    rows = select(due.id, due.since).where(due.id.not_in(later))
    if kind.own is not None:
        own = kind.own(person.id or 0).subquery()
        rows = rows.where(or_(due.id.not_in(select(own.c.id)), ~_another(person)))
    return rows


def _is_own(person: Member, kind: QueueKind, id: int) -> bool:
    """Whether another moderator has to decide it; where there is none, nobody has to."""
    if kind.own is None:
        return False
    own = kind.own(person.id or 0).subquery()
    theirs = select(own.c.id).where(own.c.id == id, _another(person))
    return db.session.scalar(theirs) is not None


def is_alone_with(person: Member, kind: QueueKind, id: int) -> bool:
    """Whether they decide about themselves, because no other moderator is here."""
    if kind.own is None:
        return False
    own = kind.own(person.id or 0).subquery()
    return db.session.scalar(select(own.c.id).where(own.c.id == id)) is not None


def _another(person: Member) -> ColumnElement[bool]:
    """Whether another moderator works here."""
    roles = (Role.MODERATOR, Role.ADMINISTRATOR)
    others = select(Person.id).where(
        Person.role.in_(roles), Person.deactivated_at.is_(None), Person.id != (person.id or 0)
    )
    return others.exists()


def _due(kind: QueueKind, id: int) -> datetime | None:
    """Since when it waits, if it does."""
    due = kind.due().subquery().c
    return db.session.scalar(select(due.since).where(due.id == id))


def _claim(kind: str, id: int, person: Member) -> bool:
    """In a transaction of its own: looking is no change, and others see at once who looks."""
    if not is_reading():
        return _hold(kind, id, person, db.session).person_id == person.id
    with apart() as session:
        return _hold(kind, id, person, session).person_id == person.id


def _hold(kind: str, id: int, person: Member, session: AnySession) -> Claim:
    """The claim on an item, held until the transaction ends; ours unless somebody else looks."""
    moment = now()
    row = upsert(Claim).values(kind=kind, subject_id=id, person_id=person.id, until=moment + LEASE)
    free = or_(Claim.person_id == person.id, Claim.until <= moment)
    session.execute(
        row.on_conflict_do_update(
            index_elements=["kind", "subject_id"],
            set_={"person_id": row.excluded.person_id, "until": row.excluded.until},
            where=free,
        )
    )
    return session.execute(
        select(Claim)
        .where(Claim.kind == kind, Claim.subject_id == id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()


def _latest(kind: QueueKind, id: int) -> Ruling | None:
    return db.session.scalar(
        select(Ruling)
        .where(Ruling.kind == kind.name, Ruling.subject_id == id, Ruling.undone_at.is_(None))
        .order_by(Ruling.id.desc())
        .limit(1)
    )


def _already(kind: QueueKind, id: int) -> str:
    ruling = _latest(kind, id)
    if ruling is None:
        return "This does not wait any more: it was settled on its own page. Here is the next one."
    done = kind.decision(ruling.decision).done
    return f"{ruling.ruled_by.name} has decided this already: {done}. Here is the next one."
