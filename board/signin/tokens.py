"""Tokens for programs and wall screens: made and ended by administrators, kept as fingerprints."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, select, update

from board.activity.recording import Actor, record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import apart, db
from board.core.errors import Conflict, Invalid, Missing
from board.core.signing import fingerprint, new_token
from board.core.text import one_line
from board.signin.models import ApiToken

NOTED_EVERY = timedelta(hours=1)
NAME_LENGTH = 60


class Scope(StrEnum):
    """What a token is good for."""

    READ = "read"
    DISPLAY = "display"


def create(
    actor: Actor,
    name: str,
    scope: Scope,
    *,
    department_id: int | None = None,
    networks: Sequence[str] = (),
) -> str:
    """Make a token for the program of this name; the token itself is not stored.

    Raises `Invalid`, or `Conflict` while another token has this name.
    """
    name = one_line(name)
    if not 0 < len(name) <= NAME_LENGTH:
        raise Invalid({"name": f"A name has 1 to {NAME_LENGTH} characters."})
    if db.session.scalar(_standing().where(ApiToken.name == name)):
        raise Conflict(f"There is a token called {name} already. End it, or take another.")
    secret = new_token()
    token = ApiToken(
        name=name,
        token_hash=fingerprint(secret),
        scope=scope,
        department_id=department_id,
        networks=list(networks) or None,
    )
    db.session.add(token)
    record(actor, Verb.TOKEN_CREATED, token, scope=scope)
    return secret


def may(secret: str, scope: Scope) -> bool:
    """Whether this token is good for that; notes now and then that it is in use."""
    token = db.session.scalar(
        _standing().where(ApiToken.token_hash == fingerprint(secret), ApiToken.scope == scope)
    )
    if token is None:
        return False
    note_use(ApiToken.id == token.id, token.used_at)
    return True


def note_use(which: ColumnElement[bool], used_at: datetime | None) -> None:
    """Note now and then that a token is in use; in a transaction of its own."""
    if used_at is None or now() - used_at >= NOTED_EVERY:
        db.session.rollback()
        with apart() as session:
            session.execute(
                update(ApiToken).where(which).values(used_at=now()),
                execution_options={"synchronize_session": False},
            )


def standing() -> Sequence[ApiToken]:
    """Every token that has not been ended, by name."""
    return db.session.scalars(_standing().order_by(ApiToken.name)).all()


def end(actor: Actor, name: str) -> None:
    """The program of this name may not read any more. Raises `Missing`."""
    token = db.session.scalar(_standing().where(ApiToken.name == name))
    if token is None:
        raise Missing(f"There is no token called {name}.")
    token.ended_at = now()
    record(actor, Verb.TOKEN_ENDED, token)


def _standing() -> Select[ApiToken]:
    return select(ApiToken).where(ApiToken.ended_at.is_(None))
