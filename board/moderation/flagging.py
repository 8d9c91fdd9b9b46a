"""Flags: anybody says that a post needs a moderator, and hears what came of it."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select, update

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import AnyRow, AnySelect, db
from board.core.errors import Conflict, Invalid, require
from board.core.text import one_line
from board.moderation.models import WORDS_LENGTH, Flag, Outcome, Reason
from board.moderation.rules import may_flag
from board.people.models import Person
from board.posts import states
from board.posts.models import Post
from board.posts.states import Action
from board.posts.withholding import safe_title

OWN = "This is your own: you can edit it, or remove it."
ALREADY = "You have flagged this already. A moderator will look at it."


def flag(person: Person, post: Post, reason: str, words: str = "") -> Flag:
    """Call a moderator. Raises `Refused`, `Invalid`, or `Conflict` for a second open flag."""
    question = db.session.get_one(Post, post.question_id)
    states.check(person, Action.FLAG, question)
    require(may_flag(person, post), OWN)
    words = one_line(words)[:WORDS_LENGTH]
    if reason not in set(Reason):
        raise Invalid({"reason": "Choose what is wrong with it."})
    if reason == Reason.OTHER and not words:
        raise Invalid({"words": "Say in a few words what is wrong. Only moderators read it."})
    if db.session.scalar(_open_flags(post.id).where(Flag.person_id == person.id)) is not None:
        raise Conflict(ALREADY)
    made = Flag(
        post_id=post.id,
        question_id=question.id,
        person_id=person.id,
        reason=reason,
        words=words,
    )
    db.session.add(made)
    record(person, Verb.FLAGGED, made, reason=str(reason))
    return made


def settle(moderator: Person, post_id: int, outcome: Outcome, reply: str = "") -> list[int]:
    """Decide all open flags on a post at once; whoever flagged hears it. Returns their ids."""
    flags = db.session.scalars(_open_flags(post_id)).all()
    verb = Verb.FLAG_UPHELD if outcome is Outcome.UPHELD else Verb.FLAG_DECLINED
    for each in flags:
        each.outcome, each.reply = outcome, one_line(reply)[:WORDS_LENGTH]
        each.decided_by_id, each.decided_at = moderator.id, now()
        record(moderator, verb, each, tells=each.person_id)
    return [each.id for each in flags]


def unsettle(ids: Sequence[int]) -> None:
    """These flags wait again. Raises `Conflict` where somebody of them has flagged it since."""
    theirs = select(Flag.post_id, Flag.person_id).where(Flag.id.in_(ids))
    for post_id, person_id in db.session.execute(theirs).all():
        if db.session.scalar(_open_flags(post_id).where(Flag.person_id == person_id)) is not None:
            raise Conflict("It was flagged again since, so that flag is decided instead.")
    db.session.execute(
        update(Flag)
        .where(Flag.id.in_(ids))
        .values(outcome=None, decided_by_id=None, decided_at=None, reply="")
    )


def unsafe() -> AnySelect:
    """Posts that somebody says are unsafe, since when."""
    return _waiting().having(func.max(_IS_UNSAFE) == 1)


def other() -> AnySelect:
    """Posts flagged for another reason, since when."""
    return _waiting().having(func.max(_IS_UNSAFE) == 0)


def own(person_id: int) -> AnySelect:
    """Flagged posts that this person wrote, or flagged themselves."""
    wrote = or_(Post.author_id == person_id, Post.confider_id == person_id)
    return (
        select(Flag.post_id.label("id"))
        .join(Post, Post.id == Flag.post_id)
        .where(Flag.outcome.is_(None), or_(wrote, Flag.person_id == person_id))
    )


def on_post(post_id: int) -> Sequence[Flag]:
    """The open flags on a post, the gravest first. Who flagged is for moderators only."""
    flags = db.session.scalars(_open_flags(post_id)).all()
    return sorted(flags, key=lambda each: (list(Reason).index(Reason(each.reason)), each.id))


def flagged_by(person_id: int) -> Sequence[AnyRow]:
    """What somebody flagged and what came of it, latest first."""
    question = Post.__table__.alias("question")
    return db.session.execute(
        select(Flag, safe_title(question))
        .join(question, question.c.id == Flag.question_id)
        .where(Flag.person_id == person_id)
        .order_by(Flag.flagged_at.desc(), Flag.id.desc())
        .limit(100)
    ).all()


_IS_UNSAFE = (Flag.reason == Reason.UNSAFE.value).cast(db.Integer)


def _waiting() -> AnySelect:
    """Of what is withheld a privacy reviewer decides first; the flags wait until then."""
    question = Post.__table__.alias("question")
    return (
        select(Flag.post_id.label("id"), func.min(Flag.flagged_at).label("since"))
        .join(Post, Post.id == Flag.post_id)
        .join(question, question.c.id == Post.question_id)
        .where(
            Flag.outcome.is_(None),
            Post.withheld_at.is_(None),
            question.c.withheld_at.is_(None),
        )
        .group_by(Flag.post_id)
    )


def _open_flags(post_id: int) -> AnySelect:
    return select(Flag).where(Flag.post_id == post_id, Flag.outcome.is_(None)).order_by(Flag.id)
