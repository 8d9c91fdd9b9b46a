"""Who may know an untaken question: its experts, then who follows a tag and was right about it.

Among equals whoever was asked least this week comes first, and of those longest ago. Whoever has
quiet hours comes after everybody who has not; whoever is away is stood for by their deputy.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select, union

from board.core.database import AnySelect, db
from board.experts import on_call, reaching
from board.experts.models import (
    GroupMember,
    GroupSeat,
    Membership,
    Reachability,
    Request,
    Seat,
    Status,
)
from board.inbox.models import Level, Subscription, Watched
from board.people.models import Person
from board.posts.models import Answer, Kind, Post, PostTag, Question, Urgency


@dataclass(frozen=True)
class Candidate:
    """Somebody a question may go to. `person` is who is meant, who may have a deputy."""

    person: Person
    is_on_duty: bool
    order: tuple[object, ...]


def candidates(question: Question) -> list[Candidate]:
    """Everybody who fits, the best first; whether they can be asked is found by asking."""
    tags = set(db.session.scalars(select(PostTag.tag_id).filter_by(post_id=question.id)))
    is_urgent = question.urgency == Urgency.THIS_SHIFT
    on_duty = on_call.people_on_duty(tags) if is_urgent else set()
    experts = set(db.session.scalars(_experts(tags)))
    followers = set(db.session.scalars(_followers(tags)))
    tiers = dict.fromkeys(followers, 2) | dict.fromkeys(experts, 1) | dict.fromkeys(on_duty, 0)
    return _in_order(question, tiers)


def _in_order(question: Question, tiers: dict[int, int]) -> list[Candidate]:
    """Those who are new to the question, by what holds for whoever would receive it."""
    receivers = _receivers(tiers)
    people = {*tiers, *receivers.values()}
    quiet, loads = reaching.quiet_among(people), _loads(people)
    strangers = _new_to(question, people)
    persons = {
        row.id: row for row in db.session.scalars(select(Person).where(Person.id.in_(tiers)))
    }
    found = []
    for id, tier in tiers.items():
        receiver = receivers.get(id, id)
        is_on_duty = tier == 0 and receiver == id
        if receiver in strangers:
            order = (receiver in quiet and not is_on_duty, tier, *loads[receiver], receiver)
            found.append(Candidate(persons[id], is_on_duty, order))
    return sorted(found, key=lambda each: each.order)


def _experts(tags: Collection[int]) -> AnySelect:
    """Confirmed for a tag, or in a group that answers for it."""
    seats = select(Seat.person_id).where(Seat.tag_id.in_(tags), Seat.status == Status.CONFIRMED)
    members = (
        select(GroupMember.person_id)
        .join(GroupSeat, GroupSeat.group_id == GroupMember.group_id)
        .where(GroupSeat.tag_id.in_(tags), GroupMember.status == Membership.MEMBER)
    )
    return select(union(seats, members).subquery().c.person_id)


def _followers(tags: Collection[int]) -> AnySelect:
    """Who watches a tag in which an answer of theirs stands accepted."""
    asked = Post.__table__.alias("asked")
    return (
        select(Subscription.person_id)
        .join(Answer, Answer.author_id == Subscription.person_id)
        .join(asked, asked.c.accepted_id == Answer.id)
        .join(PostTag, PostTag.post_id == asked.c.id)
        .where(
            Subscription.kind == Watched.TAG,
            Subscription.target_id.in_(tags),
            Subscription.level == Level.ALL,
            PostTag.tag_id == Subscription.target_id,
            Answer.hidden_at.is_(None),
            asked.c.hidden_at.is_(None),
        )
        .distinct()
    )


def _receivers(people: Collection[int]) -> dict[int, int]:
    """For each of these who is away: their deputy, if they have one."""
    away = select(Reachability.person_id, Reachability.deputy_id).where(
        Reachability.person_id.in_(people),
        Reachability.deputy_id.is_not(None),
        ~reaching.is_here(),
    )
    return {row.person_id: row.deputy_id for row in db.session.execute(away)}


def _loads(people: Collection[int]) -> dict[int, tuple[int, str]]:
    """How often each was asked this week, and when last."""
    asked_at = (
        select(func.max(Request.asked_at))
        .where(Request.person_id == Person.id)
        .correlate(Person)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Person.id, reaching.load().label("load"), asked_at.label("asked_at")).where(
            Person.id.in_(people)
        )
    )
    return {row.id: (row.load, row.asked_at.isoformat() if row.asked_at else "") for row in rows}


def _new_to(question: Question, people: Collection[int]) -> set[int]:
    """Those who still work here and have neither asked, answered nor ever been asked."""
    asked = select(Request.person_id).where(Request.question_id == question.id)
    writer = func.coalesce(Post.author_id, Post.confider_id)
    answered = select(writer).where(
        Post.question_id == question.id,
        Post.kind.in_([Kind.ANSWER, Kind.QUESTION]),
        writer.is_not(None),
        Post.hidden_at.is_(None),
    )
    return set(
        db.session.scalars(
            select(Person.id).where(
                Person.id.in_(people),
                Person.deactivated_at.is_(None),
                Person.is_imported.is_(False),
                Person.id.not_in(asked),
                Person.id.not_in(answered),
            )
        )
    )
