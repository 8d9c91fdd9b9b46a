"""Reading a thread: one statement for the question and everything below it, as rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from board.core.database import AnyRow, db
from board.core.errors import Gone, Missing
from board.people.models import Department, Member, Person
from board.posts.models import Acceptance, Bookmark, Hiding, Kind, Post, Vote
from board.posts.rules import may_see

Accepter = aliased(Person)
Hider = aliased(Person)

PostRow = AnyRow


@dataclass(frozen=True)
class Thread:
    """A question, its answers in the order they are read, and the comments below each post."""

    question: PostRow
    answers: Sequence[PostRow]
    comments: dict[int, list[PostRow]]

    @property
    def is_answered_by_others(self) -> bool:
        """Whether somebody other than the asker has an answer that stands."""
        asker = self.question.author_id
        return any(each.author_id != asker and each.hidden_at is None for each in self.answers)

    @property
    def accepted(self) -> PostRow | None:
        """The accepted answer, which then is the first."""
        first = self.answers[0] if self.answers else None
        return first if first is not None and first.accepted_at is not None else None


# Built once: this is the page that hospitals live on.
_THREAD = (
    select(
        Post.id,
        Post.kind,
        Post.question_id,
        Post.parent_id,
        Post.author_id,
        Post.title,
        Post.score,
        Post.answer_count,
        Post.accepted_id,
        Post.version,
        Post.revision_number,
        Post.created_at,
        Post.active_at,
        Post.edited_at,
        Post.hidden_at,
        Post.source,
        Post.excerpt,
        Post.body_html,
        Person.name.label("author_name"),
        Person.handle.label("author_handle"),
        Person.profession.label("author_profession"),
        Department.name.label("author_department"),
        Vote.voted_at.label("my_vote"),
        Bookmark.saved_at,
        Acceptance.accepted_at,
        Acceptance.by_moderator,
        Accepter.name.label("accepter_name"),
        Hiding.reason.label("hidden_reason"),
        Hiding.hidden_by_id,
        Hider.name.label("hider_name"),
    )
    .select_from(Post.__table__)
    .outerjoin(Person, Person.id == Post.author_id)
    .outerjoin(Department, Department.id == Person.department_id)
    .outerjoin(Vote, and_(Vote.post_id == Post.id, Vote.person_id == bindparam("reader_id")))
    .outerjoin(
        Bookmark,
        and_(Bookmark.question_id == Post.id, Bookmark.person_id == bindparam("reader_id")),
    )
    .outerjoin(
        Acceptance,
        and_(
            Acceptance.question_id == Post.question_id,
            Acceptance.answer_id == Post.id,
            Acceptance.ended_at.is_(None),
        ),
    )
    .outerjoin(Accepter, Accepter.id == Acceptance.accepted_by_id)
    .outerjoin(Hiding, and_(Hiding.post_id == Post.id, Hiding.ended_at.is_(None)))
    .outerjoin(Hider, Hider.id == Hiding.hidden_by_id)
    .where(
        Post.question_id == bindparam("question_id"),
        or_(
            Post.hidden_at.is_(None),
            Post.author_id == bindparam("reader_id"),
            Post.kind == Kind.QUESTION,
            bindparam("sees_hidden"),
        ),
    )
)


def thread(question_id: int, reader: Member) -> Thread:
    """What this reader sees of a question. Raises `Missing`, or `Gone` when it is hidden."""
    parameters = {
        "question_id": question_id,
        "reader_id": reader.id,
        "sees_hidden": reader.is_moderator,
    }
    posts = db.session.execute(_THREAD, parameters).all()
    question = next((post for post in posts if post.kind == Kind.QUESTION), None)
    if question is None:
        raise Missing("There is no such question.")
    if not may_see(reader, question):
        raise Gone(f"This question was removed. {question.hidden_reason or ''}".strip())
    return Thread(question, _answers(posts), _comments(posts))


def _answers(posts: Sequence[PostRow]) -> list[PostRow]:
    """Accepted first, then by score, then by age; hidden ones last."""
    answers = [post for post in posts if post.kind == Kind.ANSWER]
    return sorted(
        answers,
        key=lambda post: (
            post.hidden_at is not None,
            post.accepted_at is None,
            -post.score,
            post.created_at,
            post.id,
        ),
    )


def _comments(posts: Sequence[PostRow]) -> dict[int, list[PostRow]]:
    """The comments of each post, oldest first."""
    comments: dict[int, list[PostRow]] = {}
    for post in sorted(posts, key=lambda post: post.id):
        if post.kind == Kind.COMMENT:
            comments.setdefault(post.parent_id, []).append(post)
    return comments
