"""An answer that is a comment, a comment that is an answer, a comment on the wrong post."""

from sqlalchemy import select, update

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db
from board.core.errors import Conflict, Invalid, Missing, Refused, require
from board.people.models import Person
from board.posts import writing
from board.posts.models import COMMENT_LENGTH, Kind, Post, Question, Standing
from board.posts.records import Conversion
from board.posts.states import Action, check

REFUSAL = "Only a moderator can do that."
DECIDED = (
    "It was verified, reported as unsafe or taken out of use, and a comment cannot say so. "
    "Withdraw the verification, or settle the report, first."
)
WITHOUT_SYNC = {"synchronize_session": False}


def to_comment(moderator: Person, answer: Post) -> None:
    """Make an answer a comment on its question; its own comments go there with it."""
    question = _ready(moderator, answer, Kind.ANSWER)
    _require_plain(question, answer)
    if len(answer.body_md) > COMMENT_LENGTH:
        raise Invalid({"post": f"A comment has at most {COMMENT_LENGTH:,} characters."})
    comments = list(db.session.scalars(select(Post.id).where(Post.parent_id == answer.id)))
    _keep(moderator, answer, comments)
    _set_parent(comments, question.id, question.id)
    _become(answer.id, Kind.COMMENT, question.id)
    _counted(question.id, -1)
    _done(moderator, answer, Verb.POST_MOVED)


def to_answer(moderator: Person, comment: Post) -> None:
    """Make a comment an answer of its own."""
    question = _ready(moderator, comment, Kind.COMMENT)
    check(moderator, Action.EDIT_OTHERS, question)
    _keep(moderator, comment, [])
    _become(comment.id, Kind.ANSWER, None)
    _counted(question.id, +1)
    _done(moderator, comment, Verb.POST_MOVED)


def move(moderator: Person, comment: Post, to: Post) -> None:
    """Put a comment below another question or answer of the same page."""
    question = _ready(moderator, comment, Kind.COMMENT)
    if to.kind == Kind.COMMENT or to.question_id != question.id or not to.is_visible:
        raise Invalid({"to": "Choose the question or an answer of this page."})
    if to.id == comment.parent_id:
        return
    _keep(moderator, comment, [])
    _become(comment.id, Kind.COMMENT, to.id)
    _done(moderator, comment, Verb.POST_MOVED)


def undo(moderator: Person, post: Post) -> None:
    """Put it back as it was before the last of these. Raises `Missing`, or `Conflict`."""
    require(moderator.is_moderator, REFUSAL)
    question = db.session.get_one(Question, post.question_id, with_for_update=True)
    last = last_conversion(post.id)
    if last is None:
        raise Missing("This was not moved.")
    check(moderator, Action.EDIT_OTHERS, question)
    _require_plain(question, post)
    own = select(Post.id).where(Post.parent_id == post.id)
    if last.was_kind == Kind.COMMENT and db.session.scalars(own).first() is not None:
        raise Conflict("It has comments of its own now, so it stays an answer.")
    change = (last.was_kind == Kind.ANSWER) - (post.kind == Kind.ANSWER)
    _set_parent(last.moved, post.id, question.id)
    _become(post.id, Kind(last.was_kind), last.was_parent_id)
    _counted(question.id, change if post.is_visible else 0)
    last.ended_at, last.ended_by_id = now(), moderator.id
    _done(moderator, post, Verb.POST_MOVED_BACK)


def last_conversion(post_id: int) -> Conversion | None:
    """What was done to it last and can be undone."""
    return db.session.scalar(
        select(Conversion)
        .where(Conversion.post_id == post_id, Conversion.ended_at.is_(None))
        .order_by(Conversion.id.desc())
        .limit(1)
    )


def _ready(moderator: Person, post: Post, kind: Kind) -> Question:
    require(moderator.is_moderator, REFUSAL)
    question = db.session.get_one(
        Question, post.question_id, with_for_update=True, populate_existing=True
    )
    db.session.refresh(post)
    check(moderator, Action.EDIT_OTHERS, question)
    if post.kind != kind:
        raise Conflict("Somebody has done this already.")
    require(post.is_visible, "This has been removed. Bring it back first.")
    return question


def _require_plain(question: Question, post: Post) -> None:
    """Nobody stands behind it or warns of it: a comment could show neither."""
    if question.accepted_id == post.id:
        raise Refused("This answer is accepted. Withdraw the acceptance first.")
    if post.kind == Kind.ANSWER and post.standing != Standing.POSTED:
        raise Refused(DECIDED)


def _keep(moderator: Person, post: Post, moved: list[int]) -> None:
    db.session.add(
        Conversion(
            post_id=post.id,
            converted_by_id=moderator.id,
            was_kind=post.kind,
            was_parent_id=post.parent_id,
            moved=moved,
        )
    )
    db.session.flush()


def _become(id: int, kind: Kind, parent_id: int | None) -> None:
    """By its row: an entity cannot change its class."""
    db.session.execute(
        update(Post).where(Post.id == id).values(kind=kind, parent_id=parent_id),
        execution_options=WITHOUT_SYNC,
    )


def _set_parent(comments: list[int], parent_id: int, question_id: int) -> None:
    """Below this post, on its page: a merge that was undone may have left them on another."""
    below = {"parent_id": parent_id, "question_id": question_id}
    db.session.execute(
        update(Post).where(Post.id.in_(comments)).values(below),
        execution_options=WITHOUT_SYNC,
    )


def _counted(question_id: int, change: int) -> None:
    writing.count_answers(question_id, change)
    writing.refresh_lists(question_id)
    writing.raise_version(question_id)


def _done(moderator: Person, post: Post, verb: Verb) -> None:
    """The session forgets what it had read: the post is of another class now."""
    db.session.flush()
    id = post.id
    db.session.expunge(post)
    db.session.expire_all()
    record(moderator, verb, db.session.get_one(Post, id))
