"""Who is signed in: one row a browser, found by the token in its cookie."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, func, select, update

from board.announcements.queries import ANNOUNCEMENT, stands_for
from board.config import settings
from board.core.clock import now
from board.core.database import AnySession, apart, db
from board.core.signing import fingerprint, new_token
from board.people.models import Department, Person, Role
from board.signin.models import Password, Session

# What every page shows of the announcement that stands.
ANNOUNCED = ("id", "words", "path", "level")
TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class SignedIn:
    """Somebody signed in, as much of them as every page needs; read in one statement."""

    id: int
    handle: str
    name: str
    profession: str
    department: str | None
    role: str
    reviews_privacy: bool
    must_change_password: bool
    warned_at: datetime | None
    suspended_until: datetime | None
    session_id: int
    last_active: datetime
    locked_at: datetime | None
    announcement_id: int | None
    announcement_words: str | None
    announcement_path: str | None
    announcement_level: str | None
    token: str

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie: the session's token, never a person's id."""
        return self.token

    @property
    def is_suspended(self) -> bool:
        return self.suspended_until is not None and self.suspended_until > now()

    @property
    def is_moderator(self) -> bool:
        return self.role in (Role.MODERATOR, Role.ADMINISTRATOR)

    @property
    def is_administrator(self) -> bool:
        return self.role == Role.ADMINISTRATOR

    @property
    def is_privacy_reviewer(self) -> bool:
        return self.reviews_privacy


@dataclass(frozen=True)
class Place:
    """Where a session is begun: for its person, who has to recognize it in a list."""

    address: str = ""
    browser: str = ""


UNKNOWN = Place()


def begin(person: Person, method: str, place: Place = UNKNOWN) -> str:
    """Start a session; returns the token for the cookie, which is not stored."""
    if settings().one_session:
        end_others(person.id)
    token = new_token()
    db.session.add(
        Session(
            token_hash=fingerprint(token),
            person_id=person.id,
            method=method,
            address=place.address,
            browser=place.browser,
        )
    )
    return token


def find(session: AnySession, token: str) -> SignedIn | None:
    """Whose session this token is, in one statement; None when it is over. It may be locked."""
    parameters = {
        "token_hash": fingerprint(token),
        "older_than": now() - timedelta(hours=settings().session_hours),
        "moment": now(),
    }
    row = session.execute(_SIGNED_IN, parameters).first()
    return SignedIn(**row._mapping, token=token) if row else None


def owner_of_ended(session: AnySession, token: str) -> int | None:
    """Whose session this token was: their text is kept for them, and for nobody else."""
    return session.scalar(select(Session.person_id).where(Session.token_hash == fingerprint(token)))


def touch(signed_in: SignedIn) -> None:
    """Note that the person is active, at most once a minute; in a transaction of its own."""
    if now() - signed_in.last_active >= TOUCH_EVERY:
        with apart() as session:
            postpone(signed_in, session)


def postpone(signed_in: SignedIn, session: AnySession = db.session) -> None:
    """The person is there: their time begins again. What rests locked stays locked."""
    session.execute(
        update(Session)
        .filter_by(id=signed_in.session_id, locked_at=None)
        .values(last_active=now())
        .execution_options(synchronize_session=False)
    )


def end(session_id: int) -> None:
    """End one session; the token is worthless from the next request on."""
    _end(Session.id == session_id)


def end_others(person_id: int, but: int | None = None) -> None:
    """End all of a person's sessions, except the one they are using."""
    _end(and_(Session.person_id == person_id, Session.id != (but or 0)))


def _end(which: ColumnElement[bool]) -> None:
    db.session.execute(
        update(Session).where(which, Session.ended_at.is_(None)).values(ended_at=now())
    )


# Built once, of tables instead of entities: every request asks this.
_SESSION, _PASSWORD = Session.__table__, Password.__table__
_PERSON, _DEPARTMENT = Person.__table__, Department.__table__

_SIGNED_IN = (
    select(
        _PERSON.c.id,
        _PERSON.c.handle,
        _PERSON.c.name,
        _PERSON.c.profession,
        _DEPARTMENT.c.name.label("department"),
        _PERSON.c.role,
        _PERSON.c.reviews_privacy,
        func.coalesce(_PASSWORD.c.must_change, False).label("must_change_password"),
        _PERSON.c.warned_at,
        _PERSON.c.suspended_until,
        _SESSION.c.id.label("session_id"),
        _SESSION.c.last_active,
        _SESSION.c.locked_at,
        *(ANNOUNCEMENT.c[name].label(f"announcement_{name}") for name in ANNOUNCED),
    )
    .select_from(_SESSION)
    .join(_PERSON, _PERSON.c.id == _SESSION.c.person_id)
    .outerjoin(_DEPARTMENT, _DEPARTMENT.c.id == _PERSON.c.department_id)
    .outerjoin(_PASSWORD, _PASSWORD.c.person_id == _PERSON.c.id)
    .outerjoin(ANNOUNCEMENT, stands_for(_PERSON))
    .where(
        _SESSION.c.token_hash == bindparam("token_hash"),
        _SESSION.c.ended_at.is_(None),
        _SESSION.c.created_at > bindparam("older_than"),
        _PERSON.c.deactivated_at.is_(None),
    )
)
