"""Deleting hides: out of sight for readers, on record, and back again if it was a mistake."""

from sqlalchemy import exists, func, select, update

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db
from board.core.errors import Invalid, require
from board.core.text import one_line
from board.people.models import Person
from board.posts import accepting, states, writing
from board.posts.models import SUMMARY_LENGTH, Answer, Kind, Post, PostTag, Standing
from board.posts.records import Hiding
from board.posts.rules import is_own, may_hide, may_restore, writer_id
from board.posts.states import Action
from board.tags.models import Tag

ANSWERED = "Others have answered this. Ask a moderator to remove it."
FOLLOWED = (
    "People may have followed this answer, so it stays where it is and says that it is not to be "
    "followed. Press Verification, then Withdraw: everybody who read it hears of it."
)


def hide(hider: Person, post: Post, reason: str = "") -> None:
    """Take a post out of sight; a question takes its thread along. Hiding twice changes nothing.

    A moderator says why, and the author reads it. An answer that people may be following is
    withdrawn first, so that they hear of it. Raises `Refused` or `Invalid`.
    """
    db.session.refresh(post, with_for_update=True)
    allowed = may_hide(hider, post, answered_by_others=is_answered_by_others(post))
    if is_own(hider, post):
        require(allowed, FOLLOWED if post.kind == Kind.ANSWER else ANSWERED)
    require(allowed, "Only its author or a moderator may remove this.")
    require(not post.is_visible or not is_followed(post), FOLLOWED)
    reason = one_line(reason)[:SUMMARY_LENGTH]
    if not reason and not is_own(hider, post):
        raise Invalid({"reason": "Say in a few words why. The author will read it."})
    if post.is_visible:
        _check_state(hider, post)
        db.session.add(_hiding(hider, post, reason))
        if post.kind == Kind.ANSWER:
            accepting.end_because(hider, post, "The answer was removed.")
        set_hidden(post, hidden=True)
        record(hider, Verb.HID, post)


def restore(restorer: Person, post: Post) -> None:
    """Bring a hidden post back. Raises `Refused`."""
    db.session.refresh(post, with_for_update=True)
    hiding = standing_hiding(post.id)
    if hiding is None:
        return
    require(post.withheld_at is None, "A privacy reviewer decides about this first.")
    require(
        may_restore(restorer, post, hiding),
        "Only a moderator may bring this back: it was removed by one, or more than 30 days ago.",
    )
    if post.kind == Kind.QUESTION:
        states.check(restorer, Action.RESTORE, post)
    else:
        _check_state(restorer, post)
    hiding.ended_at, hiding.ended_by_id = now(), restorer.id
    set_hidden(post, hidden=False)
    record(restorer, Verb.RESTORED, post)


def is_followed(post: Post) -> bool:
    """Whether it is an answer that somebody verified or called unsafe, and that was not withdrawn:
    out of sight, nobody would hear that it is not to be followed.
    """
    at_rest = (Standing.POSTED, Standing.WITHDRAWN, Standing.SUPERSEDED)
    return post.kind == Kind.ANSWER and post.standing not in at_rest


def is_answered_by_others(post: Post) -> bool:
    """Whether it is a question with a visible answer from somebody other than the asker."""
    if post.kind != Kind.QUESTION:
        return False
    by_others = select(Answer.id).where(
        Answer.question_id == post.id,
        Answer.hidden_at.is_(None),
        func.coalesce(Answer.author_id, Answer.confider_id).is_distinct_from(writer_id(post)),
    )
    return bool(db.session.scalar(select(exists(by_others.subquery().select()))))


def standing_hiding(post_id: int) -> Hiding | None:
    """Why this post is hidden now."""
    return db.session.scalar(
        select(Hiding).where(Hiding.post_id == post_id, Hiding.ended_at.is_(None))
    )


def _check_state(hider: Person, post: Post) -> None:
    action = Action.EDIT_OWN if is_own(hider, post) else Action.EDIT_OTHERS
    if post.kind == Kind.QUESTION:
        action = Action.REMOVE
    states.check(hider, action, db.session.get_one(Post, post.question_id))


def _hiding(hider: Person, post: Post, reason: str) -> Hiding:
    by_moderator = not is_own(hider, post)
    return Hiding(post_id=post.id, hidden_by_id=hider.id, by_moderator=by_moderator, reason=reason)


def set_hidden(post: Post, *, hidden: bool) -> None:
    """Set it on the post, and take it out of the counts readers see (or put it back in)."""
    post.hidden_at = now() if hidden else None
    db.session.flush()
    assert post.question_id is not None
    if post.kind == Kind.ANSWER:
        writing.count_answers(post.question_id, -1 if hidden else +1)
    if post.kind == Kind.QUESTION:
        in_its_tags = select(PostTag.tag_id).where(PostTag.post_id == post.id)
        change = -1 if hidden else +1
        db.session.execute(
            update(Tag)
            .where(Tag.id.in_(in_its_tags))
            .values(question_count=Tag.question_count + change)
            .execution_options(synchronize_session=False)
        )
    writing.raise_version(post.question_id)
    writing.refresh_lists(post.question_id)
