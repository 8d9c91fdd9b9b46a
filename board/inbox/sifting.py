"""What the worker does with saved searches: hold them against what is new, a batch at a time.

The new deeds go together through all searches, so a busy hour costs little more than one question.
What a search asks for is worked out while only reading; the writer's lock is taken for the result.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select, update

from board.activity.models import Activity
from board.activity.recording import Deed
from board.activity.verbs import Verb
from board.core.database import AnyRow, db, reading, upsert
from board.inbox.models import (
    Level,
    Notification,
    SavedSearch,
    Sifting,
    Subscription,
    Watched,
)
from board.inbox.notifying import row_for
from board.people.models import Person
from board.posts.lists import POST
from board.posts.rules import seen_by_anybody
from board.search.matching import matching

BATCH = 25
MOST_DEEDS = 100

WITHOUT_SYNC = {"synchronize_session": False}


def note(deed: Deed) -> None:
    """A question is new, or an answer newly accepted: saved searches may be waiting for it."""
    db.session.add(
        Sifting(
            activity_id=deed.activity.id,
            verb=deed.verb,
            actor_id=deed.actor.id,
            question_id=deed.subject.question_id,
            post_id=deed.subject.id,
        )
    )


def sift() -> int:
    """Hold the next saved searches against what is new; nothing due: 0.

    Each batch is a transaction: stopped in the middle, it goes on where it was, and the table of
    notifications lets nobody be told twice.
    """
    db.session.rollback()
    with reading():
        deeds = _deeds()
        searches = _searches(deeds[0].sifted_to) if deeds else []
        visible = _visible(deeds) if searches else []
        found = [(search, *_found(search, visible)) for search in searches]
        db.session.rollback()
    if not deeds:
        return 0
    ours = Sifting.activity_id.in_([deed.activity_id for deed in deeds])
    if searches:
        for search, news, problem in found:
            _tell(search, news, problem)
        db.session.execute(
            update(Sifting).where(ours).values(sifted_to=searches[-1].id),
            execution_options=WITHOUT_SYNC,
        )
    else:
        db.session.execute(delete(Sifting).where(ours), execution_options=WITHOUT_SYNC)
    db.session.commit()
    return 1


def _deeds() -> Sequence[AnyRow]:
    """Deeds that have come equally far, the earliest first; later ones wait for their own turn."""
    columns = Sifting.__table__.c
    first = select(columns.sifted_to).order_by(columns.activity_id).limit(1).scalar_subquery()
    return db.session.execute(
        select(Sifting.__table__, Activity.at, POST.c.confider_id)
        .join(Activity, Activity.id == columns.activity_id)
        .join(POST, POST.c.id == columns.question_id)
        .where(columns.sifted_to == first)
        .order_by(columns.activity_id)
        .limit(MOST_DEEDS)
    ).all()


def _searches(after: int) -> Sequence[AnyRow]:
    """The next searches that somebody wants to hear of."""
    return db.session.execute(
        select(
            SavedSearch.id,
            SavedSearch.person_id,
            SavedSearch.query,
            SavedSearch.filters,
            SavedSearch.problem,
            Subscription.level,
            Subscription.since,
        )
        .join(
            Subscription,
            (Subscription.target_id == SavedSearch.id)
            & (Subscription.person_id == SavedSearch.person_id)
            & (Subscription.kind == Watched.SEARCH),
        )
        .join(Person, Person.id == SavedSearch.person_id)
        .where(
            SavedSearch.id > after,
            Subscription.level != Level.NOTHING,
            Person.deactivated_at.is_(None),
        )
        .order_by(SavedSearch.id)
        .limit(BATCH)
    ).all()


def _visible(deeds: Sequence[AnyRow]) -> Sequence[AnyRow]:
    """The deeds whose question and post everybody may see."""
    ids = {deed.question_id for deed in deeds} | {deed.post_id for deed in deeds}
    seen = set(
        db.session.scalars(select(POST.c.id).where(POST.c.id.in_(ids), seen_by_anybody(POST)))
    )
    return [deed for deed in deeds if {deed.question_id, deed.post_id} <= seen]


def _found(search: AnyRow, deeds: Sequence[AnyRow]) -> tuple[Sequence[AnyRow], str]:
    """What is news for whoever saved this search, and why it can find nothing, if so."""
    heard = [deed for deed in deeds if _is_heard(search, deed)]
    if not heard:
        return [], search.problem
    ids, problem = matching(
        search.query, search.filters, sorted({deed.question_id for deed in heard})
    )
    found = [deed for deed in heard if deed.question_id in ids]
    muted = _muted(search, found)
    return [deed for deed in found if deed.question_id not in muted], problem


def _is_heard(search: AnyRow, deed: AnyRow) -> bool:
    wants = search.level == Level.ALL or deed.verb == Verb.ACCEPTED
    return bool(wants and deed.actor_id != search.person_id and deed.at >= search.since)


def _muted(search: AnyRow, deeds: Sequence[AnyRow]) -> set[int]:
    """Whoever muted a question hears nothing of it, whatever search finds it."""
    if not deeds:
        return set()
    return set(
        db.session.scalars(
            select(Subscription.target_id).where(
                Subscription.person_id == search.person_id,
                Subscription.kind == Watched.QUESTION,
                Subscription.target_id.in_([deed.question_id for deed in deeds]),
                Subscription.level == Level.NOTHING,
            )
        )
    )


def _tell(search: AnyRow, news: Sequence[AnyRow], problem: str) -> None:
    """Somebody may have removed the search meanwhile: then there is nothing to say."""
    still = select(SavedSearch.id).where(SavedSearch.id == search.id).with_for_update()
    if not (news or problem != search.problem) or db.session.scalar(still) is None:
        return
    if problem != search.problem:
        db.session.execute(
            update(SavedSearch).where(SavedSearch.id == search.id).values(problem=problem),
            execution_options=WITHOUT_SYNC,
        )
    if news:
        rows = [_row(search, deed) for deed in news]
        db.session.execute(upsert(Notification).values(rows).on_conflict_do_nothing())


def _row(search: AnyRow, deed: AnyRow) -> dict[str, Any]:
    about = {
        name: deed._mapping[name]
        for name in ("activity_id", "verb", "actor_id", "question_id", "post_id")
    }
    if deed.actor_id == deed.confider_id:
        about["actor_id"] = None
    told = {"search_id": search.id, "told_at": deed.at}
    return row_for(about, search.person_id, is_mine=False) | told
