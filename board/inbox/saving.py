"""Saved searches: a person keeps a search by name, and hears of what it finds from then on."""

from collections.abc import Sequence

from sqlalchemy import func, select, update

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.database import AnyRow, db
from board.core.errors import Invalid, Missing
from board.core.text import one_line
from board.inbox import watching
from board.inbox.models import Notification, SavedSearch, Subscription, Watched
from board.people.models import Person
from board.search import grammar

MOST = 50
NAME_LENGTH = 60
QUERY_LENGTH = 1_000


def save(person: Person, name: str, query: str, filters: str, level: str) -> SavedSearch:
    """Keep a search and watch what it finds. Raises `Invalid`."""
    name, query, filters = one_line(name), one_line(query), one_line(filters)
    problems = _problems(person, name)
    if not (query or filters):
        problems["query"] = "There is nothing to search for yet."
    elif len(query) > QUERY_LENGTH or len(filters) > QUERY_LENGTH:
        problems["query"] = f"At most {QUERY_LENGTH:,} characters, please."
    if problems:
        raise Invalid(problems)
    search = SavedSearch(person_id=person.id, name=name, query=query, filters=filters)
    db.session.add(search)
    db.session.flush()
    watching.watch(person.id, Watched.SEARCH, search.id, level)
    record(person, Verb.SEARCH_SAVED, search)
    return search


def rename(person: Person, search: SavedSearch, name: str) -> None:
    """Call it something else; the same name again changes nothing. Raises `Invalid`."""
    name = one_line(name)
    if name != search.name:
        if problems := _problems(person, name, is_new=False):
            raise Invalid(problems)
        search.name = name
        record(person, Verb.SEARCH_RENAMED, search)


def remove(person: Person, search: SavedSearch) -> None:
    """Forget it; what it found so far stays in the inbox as news of its questions."""
    record(person, Verb.SEARCH_REMOVED, search)
    which = Notification.search_id == search.id
    db.session.execute(
        update(Notification).where(which).values(search_id=None),
        execution_options={"synchronize_session": False},
    )
    subscription = db.session.get(Subscription, (person.id, Watched.SEARCH, search.id))
    if subscription is not None:
        db.session.delete(subscription)
    db.session.delete(search)


def search_of(person_id: int, id: int) -> SavedSearch:
    """One of this person's searches; somebody else's is not there. Raises `Missing`."""
    search = db.session.scalar(select(SavedSearch).filter_by(id=id, person_id=person_id))
    if search is None:
        raise Missing("There is no such search among yours.")
    return search


def searches_of(person_id: int) -> Sequence[AnyRow]:
    """This person's searches with how much they hear of each, by name."""
    return db.session.execute(
        select(
            SavedSearch.id,
            SavedSearch.name,
            SavedSearch.query,
            SavedSearch.filters,
            SavedSearch.problem,
            Subscription.level,
        )
        .join(
            Subscription,
            (Subscription.target_id == SavedSearch.id)
            & (Subscription.person_id == SavedSearch.person_id)
            & (Subscription.kind == Watched.SEARCH),
        )
        .where(SavedSearch.person_id == person_id)
        .order_by(SavedSearch.name, SavedSearch.id)
    ).all()


def chosen_in(filters: str) -> dict[str, str]:
    """The filters of a saved search as the fields beside the search box."""
    query = grammar.parse("", filters)
    states = {True: "answered", False: "unanswered", None: ""}
    fields = {
        "tag": next(iter(query.tags), ""),
        "author": next(iter(query.authors), ""),
        "department": next(iter(query.departments), ""),
        "since": str(query.since or ""),
        "until": str(query.until or ""),
        "state": "accepted" if query.is_accepted else states[query.is_answered],
    }
    return {name: value for name, value in fields.items() if value}


def _problems(person: Person, name: str, *, is_new: bool = True) -> dict[str, str]:
    mine = SavedSearch.person_id == person.id
    if not 0 < len(name) <= NAME_LENGTH:
        return {"name": f"Give it a name of 1 to {NAME_LENGTH} characters."}
    if db.session.scalar(select(func.count()).where(mine, SavedSearch.name == name)):
        return {"name": "You have a search of this name. Choose another name."}
    if is_new and (db.session.scalar(select(func.count()).where(mine)) or 0) >= MOST:
        return {"name": f"You have {MOST} saved searches. Remove one under “What I watch” first."}
    return {}
