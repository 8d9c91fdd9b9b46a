"""Reading a thread: one statement for the question and everything below it, as rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from board.core.database import AnyRow, db
from board.core.errors import Gone, Missing
from board.people.models import Department, Member, Person
from board.posts.lists import TAGS
from board.posts.models import OUT_OF_USE, RELIABLE, Bookmark, Draft, Kind, Post, Standing, Vote
from board.posts.records import Acceptance, Closure, Hiding, Locking
from board.posts.rules import may_see, writer_id
from board.posts.withholding import safe_title
from board.privacy.rules import may_review

PostRow = AnyRow

NOT_SHOWN = {"body_md", "synonyms", "external_id", "imported_score", "department_id"}
# What others do not read of a post that may hold a patient's details.
WITHHELD = ("title", "source", "excerpt", "body_html")


class Merged(Gone):
    """What this question was asked about is answered on the page of another one."""

    def __init__(self, into_id: int) -> None:
        super().__init__("This question has been merged into another one.")
        self.into_id = into_id


@dataclass(frozen=True)
class Thread:
    """A question, its answers in the order they are read, and the comments below each post."""

    question: PostRow
    answers: Sequence[PostRow]
    comments: dict[int, list[PostRow]]

    def post(self, id: int) -> PostRow:
        """The question or answer with this id; raises `Missing`."""
        for post in (self.question, *self.answers):
            if post.id == id:
                return post
        raise Missing("There is no such post here.")

    @property
    def is_answered_by_others(self) -> bool:
        """Whether somebody other than the asker has an answer that stands."""
        asker = writer_id(self.question)
        return any(writer_id(each) != asker and each.hidden_at is None for each in self.answers)

    @property
    def accepted(self) -> PostRow | None:
        """The accepted answer."""
        return next((each for each in self.answers if each.accepted_at is not None), None)


# Built once, of tables instead of entities: this is the page that hospitals live on.
_POST, _PERSON, _DEPARTMENT = Post.__table__, Person.__table__, Department.__table__
_VOTE, _BOOKMARK = Vote.__table__, Bookmark.__table__
_ACCEPTANCE, _HIDING = Acceptance.__table__, Hiding.__table__
_CLOSURE, _LOCKING = Closure.__table__, Locking.__table__
_CLOSER, _LOCKER = _PERSON.alias("closer"), _PERSON.alias("locker")
_ORIGINAL = _POST.alias("original")
_ACCEPTER, _HIDER = _PERSON.alias("accepter"), _PERSON.alias("hider")

_MERGED = _POST.alias("merged")
_BESIDE = (
    select(cast(_MERGED.c.id, String).concat(" ").concat(safe_title(_MERGED)).label("line"))
    .where(_MERGED.c.merged_into_id == _POST.c.id)
    .order_by(_MERGED.c.id)
    .correlate(_POST)
    .subquery()
)
# The number and title of each question that was merged into this one, a line each.
_ALSO = select(func.aggregate_strings(_BESIDE.c.line, "\n")).scalar_subquery()

_MY_ANSWER, _MY_COMMENT = Draft.__table__.alias("my_answer"), Draft.__table__.alias("my_comment")


def _is_mine(draft: FromClause, form: str) -> ColumnElement[bool]:
    """The reader's own draft of this form below a post."""
    target = literal(f"{form}-").concat(cast(_POST.c.id, String))
    return and_(draft.c.person_id == bindparam("reader_id"), draft.c.target == target)


def _unless_withheld(name: str) -> ColumnElement[Any]:
    """A column of words: empty where only its author and privacy reviewers read them."""
    readable = or_(
        _POST.c.withheld_at.is_(None),
        _POST.c.author_id == bindparam("reader_id"),
        _POST.c.confider_id == bindparam("reader_id"),
        bindparam("sees_withheld"),
    )
    return case((readable, _POST.c[name]), else_="").label(name)


_THREAD = (
    select(
        *(column for column in _POST.c if column.key not in {*NOT_SHOWN, *WITHHELD}),
        *(_unless_withheld(name) for name in WITHHELD),
        _PERSON.c.name.label("author_name"),
        _PERSON.c.handle.label("author_handle"),
        _PERSON.c.profession.label("author_profession"),
        _DEPARTMENT.c.name.label("author_department"),
        _VOTE.c.voted_at.label("my_vote"),
        _BOOKMARK.c.saved_at,
        _ACCEPTANCE.c.accepted_at,
        _ACCEPTANCE.c.by_moderator,
        _ACCEPTER.c.name.label("accepter_name"),
        _HIDING.c.reason.label("hidden_reason"),
        _HIDING.c.hidden_by_id,
        _HIDER.c.name.label("hider_name"),
        _CLOSURE.c.closed_at,
        _CLOSURE.c.note.label("closed_note"),
        _CLOSURE.c.by_moderator.label("closed_by_moderator"),
        _CLOSER.c.name.label("closer_name"),
        safe_title(_ORIGINAL).label("original_title"),
        _LOCKING.c.note.label("locked_note"),
        _LOCKER.c.name.label("locker_name"),
        case((_POST.c.kind == Kind.QUESTION, TAGS)).label("tags"),
        case((_POST.c.kind == Kind.QUESTION, _ALSO)).label("also_asked_as"),
        _MY_ANSWER.c.body.label("answer_draft"),
        _MY_ANSWER.c.sequence.label("answer_sequence"),
        _MY_ANSWER.c.evidence.label("answer_evidence"),
        _MY_COMMENT.c.body.label("comment_draft"),
        _MY_COMMENT.c.sequence.label("comment_sequence"),
    )
    .select_from(_POST)
    .outerjoin(_PERSON, _PERSON.c.id == _POST.c.author_id)
    .outerjoin(_DEPARTMENT, _DEPARTMENT.c.id == _PERSON.c.department_id)
    .outerjoin(
        _VOTE,
        and_(_VOTE.c.post_id == _POST.c.id, _VOTE.c.person_id == bindparam("reader_id")),
    )
    .outerjoin(
        _BOOKMARK,
        and_(
            _BOOKMARK.c.question_id == _POST.c.id,
            _BOOKMARK.c.person_id == bindparam("reader_id"),
        ),
    )
    .outerjoin(
        _ACCEPTANCE,
        and_(
            _ACCEPTANCE.c.question_id == _POST.c.question_id,
            _ACCEPTANCE.c.answer_id == _POST.c.id,
            _ACCEPTANCE.c.ended_at.is_(None),
        ),
    )
    .outerjoin(_ACCEPTER, _ACCEPTER.c.id == _ACCEPTANCE.c.accepted_by_id)
    .outerjoin(_HIDING, and_(_HIDING.c.post_id == _POST.c.id, _HIDING.c.ended_at.is_(None)))
    .outerjoin(
        _HIDER,
        and_(
            _HIDER.c.id == _HIDING.c.hidden_by_id,
            _HIDER.c.id.is_distinct_from(_POST.c.confider_id),
        ),
    )
    .outerjoin(_CLOSURE, and_(_CLOSURE.c.question_id == _POST.c.id, _CLOSURE.c.ended_at.is_(None)))
    .outerjoin(_CLOSER, _CLOSER.c.id == _CLOSURE.c.closed_by_id)
    .outerjoin(_ORIGINAL, _ORIGINAL.c.id == _POST.c.duplicate_of_id)
    .outerjoin(_LOCKING, and_(_LOCKING.c.question_id == _POST.c.id, _LOCKING.c.ended_at.is_(None)))
    .outerjoin(_LOCKER, _LOCKER.c.id == _LOCKING.c.locked_by_id)
    .outerjoin(_MY_ANSWER, _is_mine(_MY_ANSWER, "answer"))
    .outerjoin(_MY_COMMENT, _is_mine(_MY_COMMENT, "comment"))
    .where(
        _POST.c.question_id == bindparam("question_id"),
        or_(
            _POST.c.hidden_at.is_(None),
            _POST.c.author_id == bindparam("reader_id"),
            _POST.c.confider_id == bindparam("reader_id"),
            _POST.c.kind == Kind.QUESTION,
            _POST.c.withheld_at.is_not(None),
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
        "sees_withheld": may_review(reader),
    }
    posts = db.session.execute(_THREAD, parameters).all()
    question = next((post for post in posts if post.kind == Kind.QUESTION), None)
    if question is None:
        raise Missing("There is no such question.")
    if question.merged_into_id is not None:
        raise Merged(question.merged_into_id)
    if question.withheld_at is None and not may_see(reader, question):
        raise Gone(f"This question was removed. {question.hidden_reason or ''}".strip())
    return Thread(question, _answers(posts), _comments(posts))


def _answers(posts: Sequence[PostRow]) -> list[PostRow]:
    """What is verified first, then accepted, then by score, then by age. What has expired stands
    below, then what is out of use; hidden ones last.
    """
    answers = [post for post in posts if post.kind == Kind.ANSWER]
    return sorted(
        answers,
        key=lambda post: (
            post.hidden_at is not None,
            post.standing in OUT_OF_USE,
            post.standing == Standing.EXPIRED,
            post.standing not in RELIABLE,
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
