"""The directory: by tag, the experts and the groups, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from board.core.database import AnyRow, AnySelect, db
from board.experts import group_queries, queries
from board.experts.models import ExpertGroup, GroupSeat, Seat, Status
from board.people.models import Person
from board.tags.models import Tag

TAGS_SHOWN = 60


@dataclass(frozen=True)
class Topic:
    """A tag with its experts and the groups that answer for it."""

    id: int
    name: str
    experts: Sequence[AnyRow]
    groups: Sequence[AnyRow]


def directory(words: str = "", after: str = "") -> tuple[list[Topic], str | None]:
    """A page of the tags that have experts or groups, or of those in whose name or experts'
    names this stands; and the name after which the next page begins.
    """
    tags = _topics(words, after)
    shown = tags[:TAGS_SHOWN]
    ids = [tag.id for tag in shown]
    people = _by_tag(
        _matching(words).where(Seat.tag_id.in_(ids)).order_by(Person.name, Seat.id), "tag_id"
    )
    groups = _by_tag(group_queries.with_tags().where(GroupSeat.tag_id.in_(ids)), "tag_id")
    topics = [Topic(t.id, t.name, people.get(t.id, []), groups.get(t.id, [])) for t in shown]
    return topics, shown[-1].name if len(tags) > TAGS_SHOWN else None


def _topics(words: str, after: str) -> Sequence[AnyRow]:
    """The tags of a page, and one more."""
    matching = _matching(words).with_only_columns(Seat.tag_id)
    grouped = select(GroupSeat.tag_id).join(Tag, Tag.id == GroupSeat.tag_id)
    grouped = grouped.join(ExpertGroup, ExpertGroup.id == GroupSeat.group_id)
    for like in _words(words):
        grouped = grouped.where(
            or_(
                func.lower(Tag.name).contains(like, autoescape=True),
                func.lower(ExpertGroup.name).contains(like, autoescape=True),
            )
        )
    return db.session.execute(
        select(Tag.id, Tag.name)
        .where(or_(Tag.id.in_(matching), Tag.id.in_(grouped)), Tag.name > after)
        .order_by(Tag.name)
        .limit(TAGS_SHOWN + 1)
    ).all()


def _words(words: str) -> list[str]:
    return [word.lower() for word in words.split()[:5]]


def _by_tag(statement: AnySelect, name: str) -> dict[int, list[AnyRow]]:
    found: dict[int, list[AnyRow]] = {}
    for row in db.session.execute(statement):
        found.setdefault(row._mapping[name], []).append(row)
    return found


def _matching(words: str) -> AnySelect:
    """The confirmed seats of those who work here, in which these words stand."""
    seats = queries.seats().where(Seat.status == Status.CONFIRMED, Person.deactivated_at.is_(None))
    for like in _words(words):
        seats = seats.where(
            or_(
                func.lower(Tag.name).contains(like, autoescape=True),
                func.lower(Person.name).contains(like, autoescape=True),
                Person.handle.contains(like, autoescape=True),
            )
        )
    return seats
