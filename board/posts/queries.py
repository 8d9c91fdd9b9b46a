"""Reading posts one at a time, and what a profile shows."""

from sqlalchemy import Subquery, func, select, union
from sqlalchemy.orm import aliased

from board.core import paging
from board.core.database import AnyRow, AnySelect, db
from board.core.errors import Gone, Missing
from board.core.paging import Page
from board.people.models import Member
from board.posts.models import Acceptance, Answer, Kind, Post, Question, Vote
from board.posts.rules import may_see

Asked = aliased(Post)


def post_with_id(id: int, reader: Member) -> Post:
    """A post this reader may see. Raises `Missing`, or `Gone` when it or its question is hidden."""
    post = db.session.get(Post, id)
    if post is None:
        raise Missing("There is no such post.")
    question = post if post.id == post.question_id else db.session.get_one(Post, post.question_id)
    if not (may_see(reader, post) and may_see(reader, question)):
        raise Gone("This was removed.")
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


def standing(question_id: int) -> AnyRow | None:
    """What the poll of an open page needs to know."""
    return db.session.execute(
        select(Post.version, Post.answer_count, Post.hidden_at).where(
            Post.id == question_id, Post.kind == Kind.QUESTION
        )
    ).first()


def answered_by(person_id: int, after: str | None = None) -> Page:
    """One page of somebody's answers with the titles of the questions, latest first."""
    key, tie = Answer.created_at, Answer.id
    keys = (
        select(key.label("page_key"), tie.label("id"))
        .join(Asked, Asked.id == Answer.question_id)
        .where(
            Answer.author_id == person_id,
            Answer.kind == Kind.ANSWER,
            Answer.hidden_at.is_(None),
            Asked.hidden_at.is_(None),
        )
    )
    return paging.page(keys, key, tie, after, paging.PAGE_SIZE, _shown_of_answers)


def _shown_of_answers(found: Subquery) -> AnySelect:
    return (
        select(
            Answer.id,
            Answer.excerpt,
            Answer.score,
            Answer.created_at,
            Asked.id.label("question_id"),
            Asked.title,
            Asked.accepted_id,
            found.c.page_key,
        )
        .select_from(found)
        .join(Answer, Answer.id == found.c.id)
        .join(Asked, Asked.id == Answer.question_id)
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
