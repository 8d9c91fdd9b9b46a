"""What happened in a week, on one page: what came in, what was decided, what still waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from board.core.clock import now
from board.core.database import AnyRow, db
from board.core.errors import require
from board.moderation import reminding
from board.moderation.models import Flag, Outcome, Ruling, Sanction, Suggestion
from board.moderation.queueing import REFUSAL
from board.moderation.rules import may_moderate
from board.people.models import Member, Person
from board.posts.models import Kind, Post
from board.posts.records import Acceptance, Closure, Hiding

WEEK = timedelta(days=7)
MOST = 12


@dataclass(frozen=True)
class Week:
    """The last seven days in numbers, who decided how much, and which questions wait longest."""

    since: datetime
    counts: Mapping[str, int]
    deciders: Sequence[AnyRow]
    waiting: Sequence[AnyRow]


def last_week(moderator: Member) -> Week:
    """The last seven days, in three statements. Raises `Refused`."""
    require(may_moderate(moderator), REFUSAL)
    since = now() - WEEK
    counted = db.session.execute(
        select(*(each.scalar_subquery().label(name) for name, each in _counts(since).items()))
    ).one()
    return Week(since, dict(counted._mapping), _deciders(since), _waiting())


def _counts(since: datetime) -> dict[str, Any]:
    def posts(kind: Kind) -> Any:
        return _count(Post.kind == kind, Post.created_at > since, Post.external_id.is_(None))

    return {
        "asked": posts(Kind.QUESTION),
        "answers": posts(Kind.ANSWER),
        "comments": posts(Kind.COMMENT),
        "accepted": _count(Acceptance.accepted_at > since),
        "flagged": _count(Flag.flagged_at > since),
        "unsafe": _count(Flag.flagged_at > since, Flag.reason == "unsafe"),
        "upheld": _count(Flag.decided_at > since, Flag.outcome == Outcome.UPHELD),
        "suggested": _count(Suggestion.suggested_at > since),
        "removed": _count(Hiding.hidden_at > since, Hiding.by_moderator),
        "closed": _count(Closure.closed_at > since),
        "sanctioned": _count(Sanction.given_at > since),
    }


def _count(*conditions: Any) -> Any:
    return select(func.count()).where(*conditions)


def _deciders(since: datetime) -> Sequence[AnyRow]:
    number = func.count().label("number")
    return db.session.execute(
        select(Person.name, number)
        .join(Ruling, Ruling.ruled_by_id == Person.id)
        .where(Ruling.ruled_at > since, Ruling.undone_at.is_(None))
        .group_by(Person.name)
        .order_by(number.desc(), Person.name)
    ).all()


def _waiting() -> Sequence[AnyRow]:
    """The questions that have waited longest for an answer."""
    due = reminding.unanswered().subquery()
    return db.session.execute(
        select(Post.id, Post.title, Post.created_at)
        .join(due, due.c.id == Post.id)
        .order_by(Post.created_at)
        .limit(MOST)
    ).all()
