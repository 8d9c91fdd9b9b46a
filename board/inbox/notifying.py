"""Whom a deed concerns: told at once, in its own transaction; the others are left to the worker."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, or_, select, update

from board.activity.recording import Deed
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db, upsert
from board.experts import reaching
from board.inbox.models import Level, Notification, Subscription, Telling, Watched
from board.people.models import Person, Role
from board.posts import confiding
from board.posts.models import Post
from board.posts.rules import writer_id
from board.privacy import reviewers
from board.tags.models import Tag

# What was said of a post's removal is not recalled with the post.
ABOUT_REMOVAL = (
    Verb.HID,
    Verb.FLAG_UPHELD,
    Verb.FLAG_DECLINED,
    Verb.PRIVACY_REPORTED,
    Verb.PRIVACY_CLEARED,
    Verb.PRIVACY_PURGED,
)
# Who may have followed an answer hears that they should not, whatever became of the answer since.
ABOUT_SAFETY = (
    Verb.ANSWER_SUPERSEDED,
    Verb.ANSWER_WITHDRAWN,
    Verb.RECALLED,
    Verb.UNSAFE_REPORTED,
)
KEPT = ABOUT_REMOVAL + ABOUT_SAFETY

# What an answer, or its acceptance, is to somebody who wants to hear of answers only.
ABOUT_ANSWERS = (Verb.ANSWERED, Verb.ACCEPTED)
LEADS_TO = ("question_id", "tag_id", "held_id", "about_person_id")


def tell(deed: Deed) -> None:
    """Tell the people of the thread now, and note that watchers have to be told."""
    post: Post = deed.subject
    if post.question_id is None:
        return
    tell_now(deed, people_of(post), is_mine=True)
    db.session.add(
        Telling(
            activity_id=deed.activity.id,
            verb=deed.verb,
            actor_id=deed.actor.id,
            question_id=post.question_id,
            post_id=post.id,
        )
    )


def tell_author(deed: Deed) -> None:
    """Tell only whoever wrote the post what somebody else did with it."""
    post: Post = deed.subject
    writer = writer_id(post)
    if post.question_id is not None and writer is not None:
        tell_now(deed, {writer}, is_mine=True)


def tell_named(deed: Deed) -> None:
    """Tell exactly those whom the deed names in `tells`, about a question, a tag or a person.

    It was said to them, so it reaches them even where they muted the question; in their quiet
    hours it waits, unless the deed says that they are on duty.
    """
    named = _named(deed)
    about = _about(deed)
    if not named or not any(about[name] for name in LEADS_TO):
        return
    quiet = {} if deed.activity.detail.get("on_duty") else reaching.quiet_among(named)
    rows = [
        row_for(about, id, is_mine=True) | {"snoozed_until": quiet.get(id)} for id in sorted(named)
    ]
    db.session.execute(upsert(Notification).values(rows).on_conflict_do_nothing())


def tell_asker(deed: Deed) -> None:
    """Tell whoever asked what concerns only them, even where they muted their question."""
    people = _active([writer_id(deed.subject) or 0]) - {deed.actor.id or 0}
    if people:
        rows = [row_for(deed_row(deed), id, is_mine=True) for id in people]
        db.session.execute(upsert(Notification).values(rows).on_conflict_do_nothing())


def tell_reviewers(deed: Deed) -> None:
    """Something waits for the privacy reviewers: that it does, and nothing of who or what."""
    is_held = deed.verb == Verb.PRIVACY_HELD
    writer = deed.subject.author_id if is_held else writer_id(deed.subject)
    people = [id for id in reviewers.of(writer) if id != deed.actor.id]
    about = {**_about(deed), "actor_id": None, "about_person_id": None}
    if people:
        rows = [row_for(about, id, is_mine=False) for id in people]
        db.session.execute(upsert(Notification).values(rows).on_conflict_do_nothing())


def follow_merge(deed: Deed) -> None:
    """A tag became another: news of it leads there."""
    into: Tag = deed.subject
    db.session.execute(
        update(Notification)
        .where(Notification.tag_id == deed.activity.detail["merged"])
        .values(tag_id=into.id)
        .execution_options(synchronize_session=False)
    )


def tell_concerned(deed: Deed) -> None:
    """Tell whom a decision about an answer concerns: those in `tells`, and where it says so every
    moderator. It reaches them even where they muted the question.
    """
    detail = deed.activity.detail
    wanted: ColumnElement[bool] = Person.id.in_(detail.get("tells") or [])
    if detail.get("moderators"):
        wanted = or_(wanted, Person.role.in_((Role.MODERATOR, Role.ADMINISTRATOR)))
    active = select(Person.id).where(wanted, Person.deactivated_at.is_(None))
    people = [id for id in db.session.scalars(active) if id != deed.actor.id]
    if people:
        rows = [row_for(deed_row(deed), id, is_mine=True) for id in sorted(people)]
        db.session.execute(upsert(Notification).values(rows).on_conflict_do_nothing())


def _named(deed: Deed) -> set[int]:
    """Whom the deed tells: one person or several, who still work here."""
    tells = deed.activity.detail.get("tells") or []
    return _active(tells if isinstance(tells, list) else [tells]) - {deed.actor.id or 0}


def _active(ids: Collection[int]) -> set[int]:
    people = select(Person.id).where(Person.id.in_(ids), Person.deactivated_at.is_(None))
    return set(db.session.scalars(people))


def _about(deed: Deed) -> dict[str, object]:
    """What news of this deed leads to: a question, one of its posts, a tag, what was held, or
    whoever did it.
    """
    question_id = getattr(deed.subject, "question_id", None)
    tag_id = getattr(deed.subject, "tag_id", None) if question_id is None else None
    held_id = getattr(deed.subject, "held_id", None)
    post_id = deed.subject.id if isinstance(deed.subject, Post) else None
    return {
        "activity_id": deed.activity.id,
        "verb": deed.verb,
        "actor_id": _actor_of(deed),
        "question_id": question_id,
        "post_id": post_id or getattr(deed.subject, "post_id", None) or question_id,
        "tag_id": tag_id,
        "held_id": held_id,
        "about_person_id": None if question_id or tag_id or held_id else deed.actor.id,
    }


def people_of(post: Post) -> set[int]:
    """Who asked, and whose post is commented on or accepted."""
    writer = func.coalesce(Post.author_id, Post.confider_id)
    concerned = select(writer).where(
        Post.id.in_([post.question_id, post.parent_id or post.id]), writer.is_not(None)
    )
    return set(db.session.scalars(concerned))


def tell_now(deed: Deed, people: Collection[int], *, is_mine: bool) -> None:
    """Tell these people, but who did it, who left, and who wants to hear nothing of it."""
    people = {id for id in people if id != deed.actor.id} - _muted(deed, people)
    active = db.session.scalars(
        select(Person.id).where(Person.id.in_(people), Person.deactivated_at.is_(None))
    ).all()
    if active:
        rows = [row_for(deed_row(deed), id, is_mine=is_mine) for id in sorted(active)]
        db.session.execute(upsert(Notification).values(rows).on_conflict_do_nothing())


def _muted(deed: Deed, people: Collection[int]) -> set[int]:
    """Those who want to hear nothing of the question, or not of this."""
    silent = [Level.NOTHING] if deed.verb in ABOUT_ANSWERS else [Level.NOTHING, Level.ANSWERS]
    return set(
        db.session.scalars(
            select(Subscription.person_id).where(
                Subscription.kind == Watched.QUESTION,
                Subscription.target_id == deed.subject.question_id,
                Subscription.person_id.in_(people),
                Subscription.level.in_(silent),
            )
        )
    )


def deed_row(deed: Deed) -> dict[str, object]:
    """What a notification says of a deed."""
    return {
        "activity_id": deed.activity.id,
        "verb": deed.verb,
        "actor_id": _actor_of(deed),
        "question_id": deed.subject.question_id,
        "post_id": deed.subject.id,
    }


def _actor_of(deed: Deed) -> int | None:
    return confiding.named_actor(deed.actor.id, deed.verb, deed.subject)


def row_for(deed: dict[str, object], person_id: int, *, is_mine: bool) -> dict[str, object]:
    """The notification that tells this person of it."""
    return {**deed, "person_id": person_id, "is_mine": is_mine, "told_at": now()}
