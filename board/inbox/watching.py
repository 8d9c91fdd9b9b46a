"""Watching: what somebody wants to hear of, and how much."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select, union_all

from board.activity.models import Activity
from board.activity.recording import Deed
from board.activity.verbs import Verb
from board.core.database import AnyRow, Base, db, upsert
from board.core.errors import Invalid, Missing
from board.inbox.models import Level, SavedSearch, Subscription, Watched
from board.people.models import Department, Person
from board.posts.models import Kind, Post
from board.tags.models import Tag

TABLES = {
    Watched.QUESTION: Post,
    Watched.TAG: Tag,
    Watched.DEPARTMENT: Department,
    Watched.PERSON: Person,
    Watched.SEARCH: SavedSearch,
}


def watch(person_id: int, kind: str, target_id: int, level: str) -> None:
    """Choose how much somebody hears of this; the same choice twice changes nothing.

    Raises `Invalid` for a kind or level that is none, `Missing` for what is not there.
    """
    if kind not in set(Watched) or level not in set(Level):
        raise Invalid({"level": "Choose everything, answers only or nothing."})
    target: Base | None = db.session.get(TABLES[Watched(kind)], target_id)
    if target is None or getattr(target, "person_id", person_id) != person_id:
        raise Missing("What you want to watch is not there any more.")
    row = upsert(Subscription).values(
        person_id=person_id, kind=kind, target_id=target_id, level=level
    )
    db.session.execute(
        row.on_conflict_do_update(
            index_elements=["person_id", "kind", "target_id"], set_={"level": level}
        )
    )


def follow(deed: Deed) -> None:
    """Whoever asks, answers or comments hears of that question, unless they said otherwise."""
    if deed.actor.id is not None:
        row = upsert(Subscription).values(
            person_id=deed.actor.id,
            kind=Watched.QUESTION,
            target_id=deed.subject.question_id,
            level=Level.ALL,
        )
        db.session.execute(row.on_conflict_do_nothing())


def follow_merge(deed: Deed) -> None:
    """Whoever hears of the merged question hears of the other one, unless they said otherwise."""
    db.session.flush()
    into, merged = deed.subject.id, deed.activity.detail["merged"]
    has_one = _watchers(into).with_only_columns(Subscription.person_id)
    rows = db.session.scalars(_watchers(merged).where(Subscription.person_id.not_in(has_one)))
    for each in rows.all():
        copied = Subscription(
            person_id=each.person_id,
            kind=Watched.QUESTION,
            target_id=into,
            level=each.level,
            since=deed.activity.at,
        )
        db.session.add(copied)


def follow_unmerge(deed: Deed) -> None:
    """What the merge added goes again: those that began at its moment and were not changed."""
    into, merged = deed.subject.id, deed.activity.detail["merged"]
    moments = select(Activity.at).where(
        Activity.verb == Verb.MERGED,
        Activity.subject_kind == "post",
        Activity.subject_id == into,
        Activity.detail["merged"].as_integer() == merged,
    )
    before = {each.person_id: each.level for each in db.session.scalars(_watchers(merged))}
    added = _watchers(into).where(Subscription.since.in_(list(db.session.scalars(moments))))
    for each in db.session.scalars(added).all():
        if before.get(each.person_id) == each.level:
            db.session.delete(each)


def _watchers(question_id: int) -> Select[Subscription]:
    return select(Subscription).where(
        Subscription.kind == Watched.QUESTION, Subscription.target_id == question_id
    )


def level_of(person_id: int, kind: Watched, target_id: int) -> Level | None:
    """How much this person hears of it; None when they have not chosen."""
    found = db.session.get(Subscription, (person_id, kind, target_id))
    return Level(found.level) if found else None


def watched_by(person_id: int) -> Sequence[AnyRow]:
    """(kind, id, level, key, name) of everything this person watches or has muted, by kind."""
    mine = Subscription.person_id == person_id
    columns = (Subscription.kind, Subscription.target_id, Subscription.level)
    empty = func.lower("")
    parts = [
        select(*columns, empty.label("key"), Post.title.label("name"))
        .join(Post, Post.id == Subscription.target_id)
        .where(mine, Subscription.kind == Watched.QUESTION, Post.kind == Kind.QUESTION)
        .where(Post.hidden_at.is_(None)),
        select(*columns, Tag.name, Tag.name)
        .join(Tag, Tag.id == Subscription.target_id)
        .where(mine, Subscription.kind == Watched.TAG),
        select(*columns, Department.slug, Department.name)
        .join(Department, Department.id == Subscription.target_id)
        .where(mine, Subscription.kind == Watched.DEPARTMENT),
        select(*columns, Person.handle, Person.name)
        .join(Person, Person.id == Subscription.target_id)
        .where(mine, Subscription.kind == Watched.PERSON),
    ]
    everything = union_all(*parts).subquery()
    return db.session.execute(
        select(everything).order_by(everything.c.kind.desc(), everything.c.name)
    ).all()
