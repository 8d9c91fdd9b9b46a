"""Passages that are never a patient's here, kept by administrators: nothing in them is found."""

from sqlalchemy import func, select

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.database import AnySelect, db, glance
from board.core.errors import Invalid, require
from board.core.text import one_line
from board.people.models import Member, Person
from board.privacy.models import AllowedPassage
from board.privacy.rules import may_allow

SHORTEST, LONGEST, MOST = 3, 80, 500
REFUSAL = "Only an administrator may say what is never a patient's."


def allow(administrator: Member, passage: str) -> None:
    """Find nothing in this passage from now on. Raises `Refused` or `Invalid`."""
    require(may_allow(administrator), REFUSAL)
    passage = one_line(passage).lower()
    if not SHORTEST <= len(passage) <= LONGEST:
        raise Invalid({"passage": f"Between {SHORTEST} and {LONGEST} characters, please."})
    if (db.session.scalar(select(func.count()).select_from(AllowedPassage)) or 0) >= MOST:
        raise Invalid({"passage": f"There are {MOST} already. Remove one first."})
    if db.session.scalar(select(AllowedPassage).filter_by(passage=passage)) is None:
        row = AllowedPassage(passage=passage, added_by_id=administrator.id)
        db.session.add(row)
        record(administrator, Verb.PRIVACY_ALLOWED, row)


def disallow(administrator: Member, id: int) -> None:
    """Look for patients in it again; a second time changes nothing."""
    require(may_allow(administrator), REFUSAL)
    row = db.session.get(AllowedPassage, id)
    if row is not None:
        record(administrator, Verb.PRIVACY_DISALLOWED, row)
        db.session.delete(row)


def passages() -> tuple[str, ...]:
    """All of them, in a transaction of its own: asked before the writer's lock is taken."""
    with glance() as session:
        return tuple(session.scalars(_PASSAGES))


def listed() -> AnySelect:
    """What is allowed, with who said so."""
    return (
        select(AllowedPassage.id, AllowedPassage.passage, Person.name)
        .outerjoin(Person, Person.id == AllowedPassage.added_by_id)
        .order_by(AllowedPassage.passage)
    )


_PASSAGES = select(AllowedPassage.__table__.c.passage).order_by(AllowedPassage.__table__.c.passage)
