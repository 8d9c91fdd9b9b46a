"""Writing the trail: a reaction to deeds, done when their transaction is about to commit."""

from typing import Any
from uuid import uuid4

from sqlalchemy import event
from sqlalchemy.orm import Session, object_session

from board.activity.recording import Deed
from board.activity.verbs import Verb
from board.audit import chaining, circumstances
from board.audit.models import Outcome
from board.core.clock import now
from board.core.database import AnySession

WAITING = "board.audit"

FAILURES = {
    Verb.ACCESS_REFUSED: Outcome.MINOR_FAILURE,
    Verb.PIN_FAILED: Outcome.MINOR_FAILURE,
    Verb.PRIVACY_REFUSED: Outcome.MINOR_FAILURE,
    Verb.SIGN_IN_FAILED: Outcome.MINOR_FAILURE,
}


def follow(deed: Deed) -> None:
    """A reaction: this deed belongs into the trail."""
    session = object_session(deed.activity)
    assert session is not None  # `recording` has just added it
    here = circumstances.present()
    moment = now()
    _waiting(session).append(
        {
            "event_id": str(uuid4()),
            "at": moment.replace(microsecond=moment.microsecond // 1000 * 1000),
            "actor_id": deed.actor.id,
            "actor": getattr(deed.actor, "handle", "") or _stranger(deed.verb),
            "actor_role": getattr(deed.actor, "role", ""),
            "address": here.address,
            "session": here.session,
            "action": deed.verb.value,
            "object_kind": deed.activity.subject_kind,
            "object_id": deed.activity.subject_id,
            "outcome": int(FAILURES.get(deed.verb, Outcome.SUCCESS)),
            "detail": dict(deed.activity.detail or {}),
        }
    )


def _stranger(verb: Verb) -> str:
    """Whoever acts without being a person here."""
    return "unknown" if verb == Verb.SIGN_IN_FAILED else "server"


def _waiting(session: AnySession) -> list[dict[str, Any]]:
    waiting: list[dict[str, Any]] = session.info.setdefault(WAITING, [])
    return waiting


@event.listens_for(Session, "before_commit")
def _write(session: Session) -> None:
    """The last thing before the commit: only now is the end of the chain taken."""
    waiting = session.info.get(WAITING)
    if not waiting or session.in_nested_transaction():
        return
    session.flush()
    chaining.append(session, waiting)
    waiting.clear()


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _previous: object) -> None:
    """What did not happen is not in the trail."""
    if not session.in_nested_transaction():
        session.info.pop(WAITING, None)
