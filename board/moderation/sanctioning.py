"""People: a warning, or some time of reading without writing; on record, and open to the person."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from board.activity.recording import record
from board.activity.verbs import Verb
from board.config import settings
from board.core import clock
from board.core.clock import now
from board.core.database import AnyRow, db
from board.core.errors import Invalid, Missing, Refused, require
from board.core.text import one_line
from board.moderation.models import WORDS_LENGTH, Flag, Outcome, Sanction
from board.moderation.rules import may_sanction
from board.people.models import Person
from board.posts.models import Post
from board.posts.records import Hiding
from board.posts.withholding import safe_excerpt, safe_title
from board.signin.sessions import SignedIn

REFUSAL = "Moderators do this for members, administrators for moderators, nobody for themselves."
WORDS = "Say what happened, in a few words. They read it."
LONGEST = timedelta(days=366)


def warn(moderator: Person, person: Person, words: str) -> Sanction:
    """Tell somebody that something must not happen again; they read it at their next visit."""
    return _give(moderator, person, words, None, Verb.WARNED)


def suspend(moderator: Person, person: Person, until: str, words: str) -> Sanction:
    """Until the end of that day they read and do not write. Raises `Refused` or `Invalid`."""
    end = _end_of(until)
    given = _give(moderator, person, words, end, Verb.SUSPENDED)
    person.suspended_until = end
    return given


def end_suspension(moderator: Person, person: Person) -> None:
    """They write again from now on."""
    require(may_sanction(moderator, person), REFUSAL)
    for sanction in _standing(person.id):
        sanction.ended_at, sanction.ended_by_id = now(), moderator.id
        record(moderator, Verb.SUSPENSION_ENDED, sanction)
    person.suspended_until = None


def acknowledge(person: Person, sanction: Sanction) -> None:
    """They have read it."""
    require(person.id == sanction.person_id, "Only they themselves can say that.")
    if sanction.acknowledged_at is None:
        sanction.acknowledged_at = now()
        record(person, Verb.SANCTION_ACKNOWLEDGED, sanction)
    waiting = select(func.count()).where(
        Sanction.person_id == person.id, Sanction.acknowledged_at.is_(None)
    )
    db.session.flush()
    if not db.session.scalar(waiting):
        person.warned_at = None


def require_not_suspended(person: "Person | SignedIn") -> None:
    """Raise `Refused`, with until when, while somebody may only read."""
    if person.is_suspended:
        assert person.suspended_until is not None
        until = clock.in_words(person.suspended_until, settings().time_zone)
        raise Refused(
            f"You can read but not write until {until}. Why stands on your page, under Conduct."
        )


def sanction_with_id(id: int) -> Sanction:
    """The warning or suspension; raises `Missing`."""
    found = db.session.get(Sanction, id)
    if found is None:
        raise Missing("There is no such warning.")
    return found


def given_to(person_id: int) -> Sequence[Sanction]:
    """Every warning and suspension of somebody, latest first."""
    return db.session.scalars(
        select(Sanction).filter_by(person_id=person_id).order_by(Sanction.id.desc()).limit(100)
    ).all()


def history(person_id: int) -> AnyRow:
    """(posts, removed, upheld, warnings): what a moderator needs to know of an author."""
    posts = select(func.count()).where(Post.author_id == person_id)
    removed = (
        select(func.count())
        .select_from(Hiding)
        .join(Post, Post.id == Hiding.post_id)
        .where(Post.author_id == person_id, Hiding.by_moderator, Hiding.ended_at.is_(None))
    )
    upheld = (
        select(func.count())
        .select_from(Flag)
        .join(Post, Post.id == Flag.post_id)
        .where(Post.author_id == person_id, Flag.outcome == Outcome.UPHELD)
    )
    warnings = select(func.count()).where(Sanction.person_id == person_id)
    counts = {"posts": posts, "removed": removed, "upheld": upheld, "warnings": warnings}
    columns = [each.scalar_subquery().label(name) for name, each in counts.items()]
    return db.session.execute(select(*columns)).one()


def removed_of(person_id: int) -> Sequence[AnyRow]:
    """What moderators removed of somebody's and has not come back, with why, latest first."""
    return db.session.execute(
        select(
            Hiding.hidden_at,
            Hiding.reason,
            Post.id,
            Post.kind,
            safe_excerpt(Post),
            safe_title(Post),
        )
        .join(Post, Post.id == Hiding.post_id)
        .where(Post.author_id == person_id, Hiding.by_moderator, Hiding.ended_at.is_(None))
        .order_by(Hiding.hidden_at.desc())
        .limit(100)
    ).all()


def _give(
    moderator: Person, person: Person, words: str, until: datetime | None, verb: Verb
) -> Sanction:
    require(may_sanction(moderator, person), REFUSAL)
    words = one_line(words)[:WORDS_LENGTH]
    if not words:
        raise Invalid({"words": WORDS})
    given = Sanction(person_id=person.id, given_by_id=moderator.id, words=words, until=until)
    db.session.add(given)
    person.warned_at = now()
    record(moderator, verb, given)
    return given


def _end_of(day: str) -> datetime:
    """The last moment of that day on the site's clock."""
    try:
        chosen = date.fromisoformat(day)
    except ValueError:
        raise Invalid({"until": "Choose the last day on which they only read."}) from None
    end = clock.end_of(chosen, settings().time_zone)
    if not now() < end <= now() + LONGEST:
        raise Invalid({"until": "Choose a day from today on, within a year."})
    return end


def _standing(person_id: int) -> Sequence[Sanction]:
    return db.session.scalars(
        select(Sanction).where(
            Sanction.person_id == person_id,
            Sanction.until > now(),
            Sanction.ended_at.is_(None),
        )
    ).all()
