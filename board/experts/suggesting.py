"""Who fits: experts of the question's tags first, then people whose answers there were accepted.

Here nothing is sent by itself: a person presses. Among those who fit alike, whoever was asked least
this week comes first, and among those whoever was asked longest ago.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Subquery, and_, distinct, func, or_, select

from board.config import settings
from board.core.database import AnyRow, AnySelect, db
from board.experts.models import LIVE, Reachability, Request, Seat, State, Status
from board.experts.reaching import load, takes_requests
from board.people.models import Person
from board.posts.models import Answer, Kind, Post, PostTag, Question
from board.tags.models import Tag, TagSynonym

MOST = 5
MOST_WHILE_ASKING = 3
MOST_ANSWERERS = 50
RECENT = 2_000  # questions in the tags: who knows about it these days
NOMINABLE_FROM = 3  # accepted answers in a tag


@dataclass
class Suggestion:
    """Somebody who fits, and why, in words."""

    id: int
    name: str
    handle: str
    profession: str
    load: int
    asked_at: str
    seats: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    @property
    def reasons(self) -> list[str]:
        """`expert for insulin`, `answered 3 questions in insulin, 2 accepted`."""
        return [f"expert for {tag}" for tag in self.seats] + self.answers

    @property
    def rank(self) -> tuple[object, ...]:
        """Experts first; then whoever was asked least this week, and of those longest ago."""
        fit = len(self.seats) + len(self.answers)
        return (not self.seats, self.load, self.asked_at, -fit, self.id)


def suggest(question: Question, reader_id: int | None = None) -> list[Suggestion]:
    """Up to five people to ask about this question, in two statements."""
    found: dict[int, Suggestion] = {}
    for row in db.session.execute(_experts(question, reader_id)):
        _of(row, found).seats.append(row.tag)
    for row in db.session.execute(_answerers(question, reader_id)):
        _of(row, found).answers.append(_answered(row))
    return sorted(found.values(), key=lambda each: each.rank)[:MOST]


def for_tags(names: Sequence[str], asker_id: int | None) -> list[Suggestion]:
    """Up to three experts of these tags for somebody who is about to ask."""
    rows = db.session.execute(
        _free(asker_id)
        .join(Seat, and_(Seat.person_id == Person.id, Seat.status == Status.CONFIRMED))
        .join(Tag, Tag.id == Seat.tag_id)
        .outerjoin(TagSynonym, TagSynonym.tag_id == Tag.id)
        .where(or_(Tag.name.in_(names), TagSynonym.name.in_(names)))
        .add_columns(Tag.name.label("tag"))
        .distinct()
    )
    found: dict[int, Suggestion] = {}
    for row in rows:
        _of(row, found).seats.append(row.tag)
    return sorted(found.values(), key=lambda each: each.rank)[:MOST_WHILE_ASKING]


def _answered(row: AnyRow) -> str:
    if not settings().personal_statistics:
        return f"answered in {row.tag}"
    questions = "1 question" if row.questions == 1 else f"{row.questions} questions"
    return f"answered {questions} in {row.tag}, {row.accepted} accepted"


def nominable(tag_id: int) -> Sequence[AnyRow]:
    """(name, handle, profession, accepted) of who answers well in this tag and has no seat."""
    accepted = func.count().label("accepted")
    asked = Post.__table__.alias("asked")
    seated = select(Seat.person_id).where(
        Seat.tag_id == tag_id, Seat.status.in_((*LIVE, Status.DECLINED))
    )
    return db.session.execute(
        select(Person.id, Person.name, Person.handle, Person.profession, accepted)
        .select_from(PostTag)
        .join(asked, asked.c.id == PostTag.post_id)
        .join(Answer, Answer.id == asked.c.accepted_id)
        .join(Person, Person.id == Answer.author_id)
        .where(
            PostTag.tag_id == tag_id,
            PostTag.hidden_at.is_(None),
            Person.deactivated_at.is_(None),
            Person.is_imported.is_(False),
            Person.id.not_in(seated),
        )
        .group_by(Person.id, Person.name, Person.handle, Person.profession)
        .having(func.count() >= NOMINABLE_FROM)
        .order_by(accepted.desc(), Person.id)
        .limit(MOST)
    ).all()


def _of(row: AnyRow, found: dict[int, Suggestion]) -> Suggestion:
    """This row's person among those found."""
    if row.id not in found:
        asked_at = row.asked_at.isoformat() if row.asked_at else ""
        found[row.id] = Suggestion(row.id, row.name, row.handle, row.profession, row.load, asked_at)
    return found[row.id]


def _experts(question: Question, reader_id: int | None) -> AnySelect:
    """A row for each seat in one of the question's tags."""
    return (
        _people(question, reader_id)
        .join(Seat, and_(Seat.person_id == Person.id, Seat.status == Status.CONFIRMED))
        .join(PostTag, and_(PostTag.tag_id == Seat.tag_id, PostTag.post_id == question.id))
        .join(Tag, Tag.id == Seat.tag_id)
        .add_columns(Tag.name.label("tag"))
        .order_by(PostTag.position)
    )


def _answerers(question: Question, reader_id: int | None) -> AnySelect:
    """A row for each tag of the question in which answers of somebody were accepted."""
    counts = _counts(question)
    return (
        _people(question, reader_id)
        .join(counts, counts.c.author_id == Person.id)
        .join(Tag, Tag.id == counts.c.tag_id)
        .add_columns(Tag.name.label("tag"), counts.c.questions, counts.c.accepted)
        .order_by(counts.c.accepted.desc(), Person.id, Tag.name)
        .limit(MOST_ANSWERERS)
    )


def _counts(question: Question) -> Subquery:
    """By author and tag: how many questions they answered, how many of these answers stand."""
    tags = select(PostTag.tag_id).where(PostTag.post_id == question.id)
    recent = (
        select(PostTag.post_id, PostTag.tag_id)
        .where(PostTag.tag_id.in_(tags), PostTag.hidden_at.is_(None))
        .order_by(PostTag.created_at.desc())
        .limit(RECENT)
        .subquery()
    )
    asked = Post.__table__.alias("asked")
    accepted = func.count(distinct(asked.c.id)).filter(asked.c.accepted_id == Post.id)
    return (
        select(
            Post.author_id,
            recent.c.tag_id,
            func.count(distinct(asked.c.id)).label("questions"),
            accepted.label("accepted"),
        )
        .select_from(recent)
        .join(asked, asked.c.id == recent.c.post_id)
        .join(Post, and_(Post.question_id == asked.c.id, Post.kind == Kind.ANSWER))
        .where(Post.hidden_at.is_(None), Post.author_id.is_not(None))
        .group_by(Post.author_id, recent.c.tag_id)
        .having(accepted > 0)
        .subquery()
    )


def _people(question: Question, reader_id: int | None) -> AnySelect:
    """Whoever can be asked about this question now."""
    return _free(question.author_id, reader_id).where(*_is_new_to(question))


def _free(*asking: int | None) -> AnySelect:
    """Whoever takes requests now, with how often and when they were asked."""
    asked_at = (
        select(func.max(Request.asked_at))
        .where(Request.person_id == Person.id)
        .correlate(Person)
        .scalar_subquery()
    )
    return (
        select(
            Person.id,
            Person.name,
            Person.handle,
            Person.profession,
            load().label("load"),
            asked_at.label("asked_at"),
        )
        .select_from(Person)
        .outerjoin(Reachability, Reachability.person_id == Person.id)
        .where(
            Person.deactivated_at.is_(None),
            Person.is_imported.is_(False),
            Person.id.not_in([id for id in asking if id is not None]),
            *takes_requests(),
        )
    )


def _is_new_to(question: Question) -> tuple[ColumnElement[bool], ...]:
    """They have neither been asked about it nor answered it."""
    asked = select(Request.id).where(
        Request.question_id == question.id,
        Request.person_id == Person.id,
        Request.state != State.WITHDRAWN,
    )
    answered = select(Post.id).where(
        Post.question_id == question.id,
        Post.kind == Kind.ANSWER,
        Post.author_id == Person.id,
        Post.hidden_at.is_(None),
    )
    return ~asked.exists(), ~answered.exists()
