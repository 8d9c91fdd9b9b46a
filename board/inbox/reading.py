"""The inbox: what somebody was told, and what they did with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Update, and_, bindparam, case, func, or_, select, update

from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import AnyRow, Moment, apart, db
from board.core.errors import Invalid
from board.curation.models import ViewRecord
from board.inbox.models import About, Notification, SavedSearch, Subscription, Watched
from board.inbox.notifying import ABOUT_REMOVAL, ABOUT_SAFETY
from board.people.models import Person
from board.posts.models import Post
from board.posts.withholding import safe_title
from board.signin.models import Session
from board.tags.models import Tag

SHOWN = 200
MOST_COUNTED = 100
# Away for longer than this: what came meanwhile is "since your last shift".
BREAK = timedelta(hours=6)
NEXT_SHIFT = timedelta(hours=10)
SOMEBODY = "Somebody"  # who asked confidentially, or a moderator at the server

NOTIFICATION, SUBSCRIPTION = Notification.__table__, Subscription.__table__
PERSON, POST, TAG = Person.__table__, Post.__table__, Tag.__table__
SEARCH, VIEW = SavedSearch.__table__, ViewRecord.__table__
ABOUT = {
    About.QUESTION: Notification.question_id,
    About.TAG: Notification.tag_id,
    About.PERSON: Notification.about_person_id,
    About.SEARCH: Notification.search_id,
    About.HELD: Notification.held_id,
}
CONCERNED = PERSON.alias("concerned")
# A removed question's title is told again, one that may hold a patient's details is not.
_SAFETY = and_(NOTIFICATION.c.verb.in_(ABOUT_SAFETY), POST.c.withheld_at.is_(None))
HELD_TITLE = "What you sent for review"
TO_REVIEW = "A text that waits before it is posted"


@dataclass(frozen=True)
class Group:
    """News of one kind about one question: `3 answers on …`; or about a tag, a person, what was
    held; or what a saved search found, whose name is the reason why somebody was told.
    """

    about: About
    about_id: int
    title: str
    verb: Verb
    post_id: int | None
    actors: Sequence[str]
    count: int
    latest: datetime
    is_unread: bool
    is_mine: bool
    reason: str = ""
    question_id: int | None = None


@dataclass(frozen=True)
class Inbox:
    """What is new since the last shift, what is left from before, what is asleep."""

    new: Sequence[Group]
    earlier: Sequence[Group]
    asleep: int


def unread(person_id: int) -> int:
    """How many things have something unread for this person, at most a hundred."""
    return db.session.scalar(_UNREAD, {"person_id": person_id, "moment": now()}) or 0


def inbox(person_id: int, session_id: int) -> Inbox:
    """What lies in somebody's inbox, in three statements however much it is."""
    since = _last_shift(person_id, session_id)
    groups = _grouped(_rows(person_id))
    return Inbox(
        [group for group in groups if group.latest > since],
        [group for group in groups if group.latest <= since],
        _asleep(person_id),
    )


def on_question(person_id: int, question_id: int) -> AnyRow:
    """(level, has_news, unread, seen_at): how much somebody hears of this question, whether
    something about it is new to them, what the header counts, and when they had it open last.
    """
    parameters = {"person_id": person_id, "question_id": question_id, "moment": now()}
    return db.session.execute(_ON_QUESTION, parameters).one()


def see(person_id: int, question_id: int) -> None:
    """Somebody opened the question: its news is read. In a transaction of its own."""
    with apart() as session:
        session.execute(_change(person_id, About.QUESTION, question_id).values(read_at=now()))


def set_aside(person_id: int, about: str, about_id: int, what: str) -> None:
    """Mark the news about one thing `read`, `unread` or `done`, or let it sleep until
    the next shift (`later`). Raises `Invalid` for anything else.
    """
    moment = now()
    changes: dict[str, dict[str, datetime | None]] = {
        "read": {"read_at": moment},
        "unread": {"read_at": None, "done_at": None, "snoozed_until": None},
        "done": {"done_at": moment, "read_at": moment},
        "later": {"snoozed_until": moment + NEXT_SHIFT, "read_at": None},
    }
    if what not in changes or about not in set(ABOUT):
        raise Invalid({"what": "Choose read, unread, done or later."})
    subject = About(about)
    statement = _change(
        person_id, subject, about_id, everything=what in ("unread", "done", "later")
    )
    db.session.execute(statement.values(changes[what]))


def set_all_aside(person_id: int) -> None:
    """Everything in the inbox is done."""
    moment = now()
    db.session.execute(
        update(Notification)
        .where(Notification.person_id == person_id, Notification.done_at.is_(None))
        .values(done_at=moment, read_at=func.coalesce(Notification.read_at, moment))
        .execution_options(synchronize_session=False)
    )


def _open() -> tuple[ColumnElement[bool], ...]:
    """Neither done nor asleep."""
    asleep = NOTIFICATION.c.snoozed_until
    return NOTIFICATION.c.done_at.is_(None), or_(asleep.is_(None), asleep <= now())


def _rows(person_id: int) -> Sequence[AnyRow]:
    return db.session.execute(
        select(
            NOTIFICATION.c.question_id,
            NOTIFICATION.c.tag_id,
            NOTIFICATION.c.search_id,
            NOTIFICATION.c.about_person_id,
            NOTIFICATION.c.held_id,
            NOTIFICATION.c.post_id,
            NOTIFICATION.c.verb,
            NOTIFICATION.c.told_at,
            NOTIFICATION.c.read_at,
            NOTIFICATION.c.is_mine,
            func.coalesce(safe_title(POST), TAG.c.name, CONCERNED.c.name).label("title"),
            SEARCH.c.name.label("search"),
            PERSON.c.name.label("actor"),
        )
        .outerjoin(POST, POST.c.id == NOTIFICATION.c.question_id)
        .outerjoin(TAG, TAG.c.id == NOTIFICATION.c.tag_id)
        .outerjoin(SEARCH, SEARCH.c.id == NOTIFICATION.c.search_id)
        .outerjoin(CONCERNED, CONCERNED.c.id == NOTIFICATION.c.about_person_id)
        .outerjoin(PERSON, PERSON.c.id == NOTIFICATION.c.actor_id)
        .where(NOTIFICATION.c.person_id == person_id, *_open())
        .where(or_(POST.c.hidden_at.is_(None), NOTIFICATION.c.verb.in_(ABOUT_REMOVAL), _SAFETY))
        .order_by(NOTIFICATION.c.told_at.desc(), NOTIFICATION.c.id.desc())
        .limit(SHOWN)
    ).all()


def _grouped(rows: Sequence[AnyRow]) -> list[Group]:
    """Rows about the same thing and of the same verb together; mine first, then the latest."""
    together: dict[tuple[About, int, str], list[AnyRow]] = {}
    for row in rows:
        together.setdefault((*_about(row), row.verb), []).append(row)
    groups = [_group(each) for each in together.values()]
    return sorted(groups, key=lambda group: (not group.is_unread, not group.is_mine))


def _group(rows: Sequence[AnyRow]) -> Group:
    newest = rows[0]
    about, about_id = _about(newest)
    return Group(
        about,
        about_id,
        newest.title or _of_held(newest),
        Verb(newest.verb),
        newest.post_id,
        list(dict.fromkeys(row.actor or SOMEBODY for row in rows)),
        len({row.post_id for row in rows}),
        newest.told_at,
        any(row.read_at is None for row in rows),
        any(row.is_mine for row in rows),
        newest.search or "",
        newest.question_id,
    )


def _of_held(row: AnyRow) -> str:
    is_for_review = row.verb == Verb.PRIVACY_HELD and not row.is_mine
    return TO_REVIEW if is_for_review else HELD_TITLE


def _about(row: AnyRow) -> tuple[About, int]:
    """What the news is about; what a search found comes before what it found."""
    columns = {
        About.SEARCH: row.search_id,
        About.QUESTION: row.question_id,
        About.TAG: row.tag_id,
        About.HELD: row.held_id,
    }
    found = ((about, id) for about, id in columns.items() if id)
    return next(found, (About.PERSON, row.about_person_id))


def _asleep(person_id: int) -> int:
    statement = select(func.count()).where(
        NOTIFICATION.c.person_id == person_id,
        NOTIFICATION.c.done_at.is_(None),
        NOTIFICATION.c.snoozed_until > now(),
    )
    return db.session.scalar(statement) or 0


def _last_shift(person_id: int, session_id: int) -> datetime:
    """When this person was last here before the break that ended with this shift."""
    spans = db.session.execute(
        select(Session.id, Session.created_at, Session.last_active)
        .where(Session.person_id == person_id)
        .order_by(Session.created_at.desc())
        .limit(20)
    ).all()
    began = next((span.created_at for span in spans if span.id == session_id), now())
    for _, created_at, last_active in spans:
        if created_at >= began:
            continue
        if began - last_active > BREAK:
            return last_active
        began = created_at
    return began - NEXT_SHIFT


def _change(person_id: int, about: About, about_id: int, *, everything: bool = False) -> Update:
    statement = update(Notification).where(
        Notification.person_id == person_id, ABOUT[about] == about_id
    )
    if not everything:
        statement = statement.where(Notification.read_at.is_(None))
    return statement.execution_options(synchronize_session=False)


# Built once: every page of somebody who is signed in asks this.
_MINE, _MOMENT = (
    NOTIFICATION.c.person_id == bindparam("person_id"),
    bindparam("moment", type_=Moment),
)

_UNREAD = select(func.count()).select_from(
    select(
        # What one search found is one line, however many questions it is.
        case((NOTIFICATION.c.search_id.is_(None), NOTIFICATION.c.question_id)),
        NOTIFICATION.c.tag_id,
        NOTIFICATION.c.about_person_id,
        NOTIFICATION.c.search_id,
        NOTIFICATION.c.held_id,
    )
    .where(
        _MINE,
        NOTIFICATION.c.read_at.is_(None),
        NOTIFICATION.c.done_at.is_(None),
        or_(NOTIFICATION.c.snoozed_until.is_(None), NOTIFICATION.c.snoozed_until <= _MOMENT),
    )
    .distinct()
    .limit(MOST_COUNTED)
    .subquery()
)


def unread_of(person_id: int) -> ColumnElement[int]:
    """What the header counts: a part of another statement."""
    return _UNREAD.params(person_id=person_id, moment=now()).scalar_subquery()


_ON_QUESTION = select(
    select(SUBSCRIPTION.c.level)
    .where(
        SUBSCRIPTION.c.person_id == bindparam("person_id"),
        SUBSCRIPTION.c.kind == Watched.QUESTION.value,
        SUBSCRIPTION.c.target_id == bindparam("question_id"),
    )
    .scalar_subquery()
    .label("level"),
    select(NOTIFICATION.c.id)
    .where(
        _MINE,
        NOTIFICATION.c.question_id == bindparam("question_id"),
        NOTIFICATION.c.read_at.is_(None),
    )
    .exists()
    .label("has_news"),
    _UNREAD.scalar_subquery().label("unread"),
    select(VIEW.c.last_seen)
    .where(
        VIEW.c.person_id == bindparam("person_id"), VIEW.c.question_id == bindparam("question_id")
    )
    .scalar_subquery()
    .label("seen_at"),
)
