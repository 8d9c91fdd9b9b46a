"""Writing an announcement, changing it, ending it early, and putting it away."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from board.activity.recording import record
from board.activity.verbs import Verb
from board.announcements.models import Announcement, Dismissal, Level
from board.announcements.rules import REFUSAL, may_announce
from board.config import settings
from board.core import clock
from board.core.clock import now
from board.core.database import db, take_turns, upsert
from board.core.errors import Conflict, Invalid, require
from board.core.text import one_line
from board.people.models import Person

WORDS_LENGTH = 200
LONGEST = timedelta(days=90)
OVER = "That announcement is over. Write a new one."

# Postgres' name for "whoever decides which announcement stands".
LOCK = 7_190_464_014


@dataclass(frozen=True)
class Typed:
    """What was typed of an announcement. Times are on the site's clock; no beginning means now.

    `path` is a page of this board, or empty: the way in has looked whether there is one.
    """

    words: str
    level: str
    ends: str
    starts: str = ""
    path: str = ""


def announce(moderator: Person, typed: Typed) -> Announcement:
    """Say something to everybody. Raises `Refused`, `Invalid`, or `Conflict` with the one there."""
    require(may_announce(moderator), REFUSAL)
    take_turns(LOCK)
    columns = _columns(typed, begun=None)
    made = Announcement(made_by_id=moderator.id, **columns)
    _check_alone(made)
    db.session.add(made)
    record(moderator, Verb.ANNOUNCED, made, level=made.level)
    return made


def change(moderator: Person, announcement: Announcement, typed: Typed) -> None:
    """Change it while it lasts; who has put it away does not see it again. What has begun keeps its
    beginning. Raises `Refused`, `Invalid` or `Conflict`.
    """
    require(may_announce(moderator), REFUSAL)
    take_turns(LOCK)
    db.session.refresh(announcement, with_for_update={"of": Announcement})
    if announcement.is_over:
        raise Conflict(OVER)
    begun = announcement.starts_at if announcement.has_begun else None
    columns = _columns(typed, begun)
    changed = [name for name, value in columns.items() if getattr(announcement, name) != value]
    for name, value in columns.items():
        setattr(announcement, name, value)
    _check_alone(announcement)
    announcement.changed_at, announcement.changed_by_id = now(), moderator.id
    record(moderator, Verb.ANNOUNCEMENT_CHANGED, announcement, changed=sorted(changed))


def end(moderator: Person, announcement: Announcement) -> None:
    """It is not shown any more, from now on; what is over stays as it ended. Raises `Refused`."""
    require(may_announce(moderator), REFUSAL)
    db.session.refresh(announcement, with_for_update={"of": Announcement})
    if not announcement.is_over:
        announcement.ended_at, announcement.ended_by_id = now(), moderator.id
        record(moderator, Verb.ANNOUNCEMENT_ENDED, announcement)


def put_away(person: Person, announcement: Announcement) -> None:
    """They have read it, and do not see it again; twice is once."""
    row = upsert(Dismissal).values(
        announcement_id=announcement.id, person_id=person.id, dismissed_at=now()
    )
    new = row.on_conflict_do_nothing().returning(Dismissal.person_id)
    if db.session.execute(new).first() is not None:
        record(person, Verb.ANNOUNCEMENT_PUT_AWAY, announcement)


def _columns(typed: Typed, begun: datetime | None) -> dict[str, object]:
    wrong: dict[str, str] = {}
    words = one_line(typed.words)
    if not words:
        wrong["words"] = "Write what everybody should know, in one line."
    elif len(words) > WORDS_LENGTH:
        wrong["words"] = f"One line of at most {WORDS_LENGTH} characters, so that people read it."
    if typed.level not in set(Level):
        wrong["level"] = "Choose whether it is a notice or a warning."
    starts, ends = _span(typed, begun, wrong)
    if wrong:
        raise Invalid(wrong)
    assert starts is not None
    assert ends is not None
    return {
        "words": words,
        "level": typed.level,
        "path": typed.path,
        "starts_at": starts,
        "ends_at": ends,
    }


def _span(
    typed: Typed, begun: datetime | None, wrong: dict[str, str]
) -> tuple[datetime | None, datetime | None]:
    starts = begun or (_moment("starts", typed.starts, 0, wrong) if typed.starts else now())
    ends = _moment("ends", typed.ends, 1, wrong)
    if starts is None or ends is None:
        return starts, ends
    if ends <= now():
        wrong["ends"] = "That has passed. Choose when it ends."
    elif not starts < ends <= starts + LONGEST:
        wrong["ends"] = f"It ends after it begins, within {LONGEST.days} days."
    return starts, ends


def _moment(name: str, typed: str, fold: int, wrong: dict[str, str]) -> datetime | None:
    try:
        return clock.read(typed, settings().time_zone, fold)
    except ValueError as problem:
        wrong[name] = str(problem)
        return None


def _check_alone(announcement: Announcement) -> None:
    """One at a time: no other stands, or will, within this one's time."""
    with db.session.no_autoflush:
        other = db.session.scalar(
            select(Announcement)
            .where(
                Announcement.id != (announcement.id or 0),
                Announcement.ended_at.is_(None),
                Announcement.ends_at > announcement.starts_at,
                Announcement.starts_at < announcement.ends_at,
            )
            .order_by(Announcement.starts_at)
            .limit(1)
        )
    if other is not None:
        zone = settings().time_zone
        span = f"{clock.in_words(other.starts_at, zone)} to {clock.in_words(other.ends_at, zone)}"
        raise Conflict(
            f"One announcement stands at a time, and there is one from {span}: “{other.words}” "
            "End or change that one, or choose another time."
        )
