"""Tokens for feed readers: one a person, made, renewed and ended by themselves."""

from sqlalchemy import delete, select, update

from board.activity.recording import Deed, record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import AnySession, apart, db, upsert
from board.core.signing import fingerprint, new_token
from board.people.models import Person
from board.signin.models import FeedToken
from board.signin.tokens import NOTED_EVERY


def renew(person: Person) -> str:
    """Make this person's token, which is not stored; the one before is worthless from now on."""
    secret = new_token()
    row = upsert(FeedToken).values(
        person_id=person.id, token_hash=fingerprint(secret), created_at=now(), used_at=None
    )
    new = {name: row.excluded[name] for name in ("token_hash", "created_at", "used_at")}
    db.session.execute(row.on_conflict_do_update(index_elements=["person_id"], set_=new))
    record(person, Verb.TOKEN_CREATED, db.session.get_one(FeedToken, person.id), scope="feed")
    return secret


def end(person: Person) -> None:
    """Their feeds are closed; ending them twice changes nothing."""
    token = db.session.get(FeedToken, person.id)
    if token is not None:
        record(person, Verb.TOKEN_ENDED, token, scope="feed")
        _drop(person.id)


def follow_leaving(deed: Deed) -> None:
    """Whoever leaves takes no feeds along, and has none when they come back."""
    _drop(deed.subject.id)


def owner(session: AnySession, secret: str) -> int | None:
    """Whose feeds this token opens; notes now and then that it is in use."""
    row = session.execute(
        select(FeedToken.person_id, FeedToken.used_at)
        .join(Person, Person.id == FeedToken.person_id)
        .where(FeedToken.token_hash == fingerprint(secret), Person.deactivated_at.is_(None))
    ).first()
    if row is None:
        return None
    if row.used_at is None or now() - row.used_at >= NOTED_EVERY:
        session.rollback()
        with apart() as noting:
            noting.execute(
                update(FeedToken).filter_by(person_id=row.person_id).values(used_at=now())
            )
    return int(row.person_id)


def token_of(person_id: int) -> FeedToken | None:
    """When this person's token was made and used."""
    return db.session.get(FeedToken, person_id)


def _drop(person_id: int) -> None:
    db.session.execute(
        delete(FeedToken).where(FeedToken.person_id == person_id),
        execution_options={"synchronize_session": "fetch"},
    )
