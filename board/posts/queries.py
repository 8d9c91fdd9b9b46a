"""Reading posts one at a time, and what a profile shows."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, FromClause, Subquery, bindparam, func, select, union

from board.core.database import AnyRow, AnySelect, db
from board.core.errors import Gone, Missing
from board.core.paging import Listing, Page
from board.people.models import Member
from board.posts.models import Answer, Kind, Post, Question, Vote
from board.posts.records import Acceptance
from board.posts.rules import may_report, may_see

POST = Post.__table__
ASKED = POST.alias("asked")


def post_with_id(id: int, reader: Member) -> Post:
    """A post this reader may see. Raises `Missing`, or `Gone` when it or its question is hidden."""
    post = db.session.get(Post, id)
    if post is None:
        raise Missing("There is no such post.")
    question = post if post.id == post.question_id else db.session.get_one(Post, post.question_id)
    if not (may_see(reader, post) and may_see(reader, question)):
        raise Gone("This was removed.")
    return post


def reportable_post(id: int, reader: Member) -> Post:
    """A post of which this reader may say that it contains patient information, though it be merged
    or removed. Raises `Missing` or `Gone`.
    """
    post = db.session.get(Post, id)
    if post is None:
        raise Missing("There is no such post.")
    question = db.session.get_one(Post, post.question_id)
    if not (may_report(reader, post) and may_report(reader, question)):
        raise Gone("This was removed already, so nobody reads it any more.")
    return post


def question_with_id(id: int, reader: Member) -> Question:
    """A question this reader may see. Raises `Missing` or `Gone`."""
    post = post_with_id(id, reader)
    if not isinstance(post, Question):
        raise Missing("There is no such question.")
    return post


def answer_with_id(id: int, reader: Member) -> Answer:
    """An answer this reader may see. Raises `Missing` or `Gone`."""
    post = post_with_id(id, reader)
    if not isinstance(post, Answer):
        raise Missing("There is no such answer.")
    return post


def has_answer(says: Callable[[FromClause], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Beside a row of `Post`, a question: whether an answer that can be read is as `says` says."""
    answer = POST.alias("answer")
    return (
        select(answer.c.id)
        .where(
            answer.c.question_id == POST.c.id,
            answer.c.kind == Kind.ANSWER,
            answer.c.hidden_at.is_(None),
            says(answer),
        )
        .correlate(POST)
        .exists()
    )


def standing(question_id: int) -> AnyRow | None:
    """What the poll of an open page needs to know."""
    return db.session.execute(
        select(Post.version, Post.answer_count, Post.hidden_at).where(
            Post.id == question_id, Post.kind == Kind.QUESTION
        )
    ).first()


def answered_by(person_id: int, after: str | None = None) -> Page:
    """One page of somebody's answers with the titles of the questions, latest first."""
    return _ANSWERED.page(after, person_id=person_id)


def _shown_of_answers(found: Subquery) -> AnySelect:
    return (
        select(
            POST.c.id,
            POST.c.excerpt,
            POST.c.score,
            POST.c.created_at,
            ASKED.c.id.label("question_id"),
            ASKED.c.title,
            ASKED.c.accepted_id,
            found.c.page_key,
        )
        .select_from(found)
        .join(POST, POST.c.id == found.c.id)
        .join(ASKED, ASKED.c.id == POST.c.question_id)
    )


_ANSWERED = Listing(
    select(POST.c.created_at.label("page_key"), POST.c.id.label("id"))
    .join(ASKED, ASKED.c.id == POST.c.question_id)
    .where(
        POST.c.author_id == bindparam("person_id"),
        POST.c.kind == Kind.ANSWER,
        POST.c.hidden_at.is_(None),
        ASKED.c.hidden_at.is_(None),
    ),
    POST.c.created_at,
    POST.c.id,
    _shown_of_answers,
)


def helped_by(person_id: int) -> int:
    """How many colleagues somebody helped: who voted for an answer of theirs, or accepted one."""
    voters = (
        select(Vote.person_id.label("helped_id"))
        .join(Answer, Answer.id == Vote.post_id)
        .where(Answer.author_id == person_id, Answer.hidden_at.is_(None))
    )
    accepters = (
        select(Acceptance.accepted_by_id)
        .join(Answer, Answer.id == Acceptance.answer_id)
        .where(
            Answer.author_id == person_id,
            Acceptance.ended_at.is_(None),
            Acceptance.accepted_by_id != person_id,
        )
    )
    helped = union(voters, accepters).subquery()
    return db.session.scalar(select(func.count()).select_from(helped)) or 0
