"""What became of findings, on record: how many, of which kind, in which field. Never the text.

An override or a replacement belongs to the post it was made for, so it is recorded by what follows
from that deed (`wiring`); a refusal outlives its request, in a transaction of its own.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from sqlalchemy import func, select

from board.activity import recording
from board.activity.models import Activity
from board.activity.recording import Actor, Deed, record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import AnySelect, AnySession
from board.privacy import knowing
from board.privacy.guarding import Spotted

COUNTED_DAYS = 30
POST = "post"
COUNTED = (Verb.PRIVACY_REFUSED, Verb.PRIVACY_REPLACED, Verb.PRIVACY_OVERRIDDEN)

# What became of a finding, and why if its writer chose to say it (one of `guarding.BECAUSE`).
_pending: ContextVar[list[tuple[Verb, Spotted, str]]] = ContextVar("_pending")


@contextmanager
def pending(
    overridden: Sequence[Spotted], replaced: Sequence[Spotted], reasons: Mapping[str, str]
) -> Iterator[None]:
    """In here, the first deed done is what these were overridden or replaced for; `reasons`: why
    it is not about a patient, by the fingerprint of the finding.
    """
    found = [
        (Verb.PRIVACY_OVERRIDDEN, each, reasons.get(each.fingerprint, "")) for each in overridden
    ]
    token = _pending.set(found + [(Verb.PRIVACY_REPLACED, each, "") for each in replaced])
    try:
        yield
    finally:
        _pending.reset(token)


def follow(deed: Deed) -> None:
    """A reaction: put what was pending on record, with the post it became part of."""
    waiting = _pending.get([])
    counts = Counter(
        (verb, each.kind, each.field, each.finding.why, because) for verb, each, because in waiting
    )
    kept = [each.passage for verb, each, _ in waiting if verb == Verb.PRIVACY_OVERRIDDEN]
    waiting.clear()
    for (verb, kind, field, why, because), times in counts.items():
        detail = {"kind": kind.value, "field": field, "why": why, "times": times}
        if because:
            detail["because"] = because
        record(deed.actor, verb, deed.subject, **detail)
    if getattr(deed.subject, "__tablename__", "") == POST:
        knowing.remember(deed.subject.id, kept)


def note(session: AnySession, person: Actor, verb: Verb, found: Sequence[Spotted]) -> None:
    """Put on record what became of these without a deed: refused, or replaced to be read again."""
    counts = Counter((each.kind, each.field, each.finding.why) for each in found)
    for (kind, field, why), times in counts.items():
        detail = {"kind": kind.value, "field": field, "why": why, "times": times}
        recording.note(session, verb, "person", person.id, actor=person, **detail)


def counts() -> AnySelect:
    """How often each rule was refused, replaced, overridden lately: kind, why, verb, because (what
    its writer said, if anything), times.
    """
    kind = Activity.detail["kind"].as_string()
    why = Activity.detail["why"].as_string()
    because = Activity.detail["because"].as_string()
    times = func.sum(Activity.detail["times"].as_integer())
    return (
        select(
            kind.label("kind"),
            why.label("why"),
            Activity.verb,
            because.label("because"),
            times.label("times"),
        )
        .where(Activity.at >= now() - timedelta(days=COUNTED_DAYS), Activity.verb.in_(COUNTED))
        .group_by(kind, why, Activity.verb, because)
    )


def viewed(session: AnySession, person: Actor, subject_kind: str, subject_id: int) -> None:
    """Put on record that a reviewer looked at something."""
    recording.note(session, Verb.PRIVACY_VIEWED, subject_kind, subject_id, actor=person)
