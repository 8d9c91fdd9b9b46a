"""Removing a text for good: at once where it stood, then by the worker wherever else it went.

The worker goes in small steps: it looks for the passages everywhere (`sweeping`), merges the search
index so that it forgets deleted words (`merging`), and writes the database file anew (`rewriting`).
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select, update

from board.activity.recording import Subject, record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db
from board.core.errors import Invalid, Missing, require
from board.core.sealing import seal, unseal
from board.core.text import one_line
from board.people.models import Member, Person
from board.privacy import knowing, rewriting
from board.privacy.deciding import REFUSAL
from board.privacy.elsewhere import Erasure, hands
from board.privacy.models import Concern, Exposure, Held, Outcome, Purge, Stage, reference
from board.privacy.passages import SHORTEST, pattern_of
from board.privacy.rules import may_decide, may_review
from board.privacy.sweeping import sweep_rows

TOMBSTONE = "Removed for privacy, ref {}"
MOST_PASSAGES = 20


def begin(
    reviewer: Person,
    post: Subject,
    *,
    question_id: int,
    kind: str,
    writer_id: int | None,
    written_at: datetime,
    texts: Sequence[str],
    passages: str = "",
) -> Purge:
    """Remove a post's text now, note who may have seen it, and leave the rest to the worker."""
    require(may_decide(reviewer, writer_id), REFUSAL)
    chosen = _passages(passages)
    purge = Purge(
        post_id=post.id,
        question_id=question_id,
        kind=kind,
        purged_by_id=reviewer.id,
        written_at=written_at,
        passages=seal(json.dumps(chosen)) if chosen else None,
        stage=Stage.SWEEPING if chosen else Stage.MERGING,
    )
    db.session.add(purge)
    db.session.flush()
    _note_exposure(purge)
    tombstone = TOMBSTONE.format(reference(purge.id))
    erasure = Erasure(post.id, question_id, tombstone, purge.id, tuple(texts))
    for erase in hands().erasing:
        erase(erasure)
    return purge


def forget_held(erasure: Erasure) -> None:
    """What waits in quarantine as an edit of the post, or was posted as it, goes too."""
    ours = Held.form.in_(("edit", "suggestion")) & (Held.target_id == erasure.post_id)
    db.session.execute(
        update(Held)
        .where(Held.decided_at.is_(None), ours)
        .values(payload=None, decided_at=now(), outcome=Outcome.PURGED)
        .execution_options(synchronize_session=False)
    )
    db.session.execute(
        update(Held)
        .where(Held.post_id == erasure.post_id)
        .values(payload=None)
        .execution_options(synchronize_session=False)
    )
    knowing.forget(erasure.post_id)


def sweep_held(passages: Sequence[str], cursor: int) -> tuple[int | None, int]:
    """What waits in quarantine and holds one of the passages goes whole."""
    del cursor
    pattern, found = pattern_of(passages), 0
    for held in db.session.scalars(select(Held).where(Held.payload.is_not(None))):
        if pattern.search(" ".join(json.loads(unseal(held.payload or "")).values())):
            held.payload, held.decided_at, held.outcome = None, now(), Outcome.PURGED
            found += 1
    for table in (Held, Concern):
        found += sweep_rows(
            db.session.scalars(select(table).where(table.message != "")).all(), pattern
        )
    return None, found


def clean() -> int:
    """Due work: one step of the oldest purge that is not finished; 0 when nothing can be done."""
    purge = db.session.scalar(
        select(Purge)
        .where(Purge.finished_at.is_(None))
        .order_by(Purge.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if purge is None:
        db.session.rollback()
        return 0
    return _STEPS[Stage(purge.stage)](purge)


def hurry(reviewer: Person, purge: Purge) -> None:
    """Write the file anew now instead of at night."""
    require(may_review(reviewer) or purge.purged_by_id == reviewer.id, REFUSAL)
    purge.is_urgent = True
    record(reviewer, Verb.PRIVACY_HURRIED, purge)


def purge_with_id(id: int, reader: Member) -> Purge:
    """A purge, for reviewers and whoever stood in for them. Raises `Missing` or `Refused`."""
    purge = db.session.get(Purge, id)
    is_own = purge is not None and reader.id is not None and purge.purged_by_id == reader.id
    require(is_own or may_review(reader), REFUSAL)
    if purge is None:
        raise Missing("There is no such purge.")
    return purge


def _passages(typed: str) -> list[str]:
    """A passage a line. Raises `Invalid` for one so short that it would be found everywhere."""
    chosen = list(dict.fromkeys(filter(None, map(one_line, typed.splitlines()))))
    if any(len(each) < SHORTEST for each in chosen):
        raise Invalid({"passages": f"Each line needs {SHORTEST} characters or more."})
    if len(chosen) > MOST_PASSAGES:
        raise Invalid({"passages": f"At most {MOST_PASSAGES} lines, please."})
    return chosen


def _note_exposure(purge: Purge) -> None:
    for expose in hands().exposing:
        for seen in expose(purge.question_id, purge.post_id):
            row = Exposure(purge_id=purge.id, person_id=seen.person_id, how=seen.how, at=seen.at)
            db.session.add(row)


def _sweep(purge: Purge) -> int:
    passages = json.loads(unseal(purge.passages or ""))
    sweeps = hands().sweeping
    cursor, found = sweeps[purge.part](passages, purge.cursor)
    purge.found_elsewhere += found
    purge.cursor = cursor or 0
    if cursor is None:
        purge.part += 1
    if purge.part >= len(sweeps):
        purge.passages, purge.stage = None, Stage.MERGING
    db.session.commit()
    return 1


def _merge(purge: Purge) -> int:
    if hands().merging(purge.cursor == 0):
        purge.stage = Stage.REWRITING
    purge.cursor += 1
    db.session.commit()
    return 1


def _rewrite(purge: Purge) -> int:
    """The file is written once for all purges that have come this far."""
    ready = select(Purge.id).where(Purge.stage == Stage.REWRITING)
    ids = db.session.scalars(ready).all()
    is_urgent = bool(db.session.scalar(ready.where(Purge.is_urgent).limit(1)))
    db.session.rollback()  # the file cannot be written anew within a transaction
    if not (rewriting.is_time(is_urgent=is_urgent) and rewriting.rewrite()):
        return 0
    db.session.execute(
        update(Purge).where(Purge.id.in_(ids)).values(stage=Stage.DONE, finished_at=now())
    )
    db.session.commit()
    return 1


_STEPS: dict[Stage, Callable[[Purge], int]] = {
    Stage.SWEEPING: _sweep,
    Stage.MERGING: _merge,
    Stage.REWRITING: _rewrite,
}
