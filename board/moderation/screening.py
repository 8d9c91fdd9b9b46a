"""Where a site wants it: what somebody new writes first waits until a moderator has looked.

It waits where texts wait for privacy reviewers: nothing of it is posted, counted, found or told
of. Moderators and experts are never new. What is decided is kept sealed for a day, for the undo.
"""

from datetime import timedelta

from sqlalchemy import exists, func, or_, select, update

from board.activity.recording import record
from board.activity.verbs import Verb
from board.config import settings
from board.core.clock import now
from board.core.database import AnySelect, AnySession, db
from board.core.errors import Conflict, Gone, Invalid, Missing, require
from board.core.text import one_line
from board.experts.models import Seat, Status
from board.moderation.rules import may_let_through, may_moderate
from board.people.models import Member, Person
from board.posts import hiding, states
from board.posts.models import Post, Question
from board.posts.states import Action
from board.privacy import holding
from board.privacy.elsewhere import Writing, hands
from board.privacy.models import MESSAGE_LENGTH, Held, Outcome, WaitsFor

REFUSAL = "Moderators decide about first posts."
OWN = "You wrote this yourself, so another moderator decides about it."
TOO_LATE = "It is too long ago: its text is not kept any more."
AGAIN = "Let through by mistake. A moderator looks at it again."
KEPT = timedelta(days=1)
BATCH = 100

# What a text has to be allowed to be at the moment when it is put aside.
ACTIONS = {"answer": Action.ANSWER, "comment": Action.COMMENT}
FORMS = ("question", *ACTIONS)


def is_screened(person: Member, session: AnySession = db.session) -> bool:
    """Whether what they write now waits: fewer posts of theirs stand than the site asks for."""
    wanted = settings().hold_first_posts
    if not wanted or person.id is None or person.is_moderator:
        return False
    theirs = or_(Post.author_id == person.id, Post.confider_id == person.id)
    stands = select(Post.id).where(theirs, Post.hidden_at.is_(None))
    number = select(func.count()).select_from(stands.limit(wanted).subquery())
    seat = exists().where(Seat.person_id == person.id, Seat.status == Status.CONFIRMED)
    is_expert, posts = session.execute(select(seat, number.scalar_subquery())).one()
    return not is_expert and posts < wanted


def hold(author: Person, writing: Writing, key: str = "") -> Held:
    """Put it aside for a moderator. Raises what posting it would raise, so that it is told now."""
    writer = hands().writers[writing.form]
    writer.check(author, writing)
    if writing.form in ACTIONS:
        states.check(author, ACTIONS[writing.form], _question_of(writing))
    held = holding.put_aside(author.id, writing, [], key, waits_for=WaitsFor.MODERATOR)
    held.is_confidential = writer.is_confidential(author, writing)
    record(author, Verb.FIRST_POST_HELD, held, form=writing.form)
    return held


def waiting() -> AnySelect:
    """What waits for a moderator: `id` and `since`."""
    return select(Held.id, Held.created_at.label("since")).where(
        Held.decided_at.is_(None), Held.waits_for == WaitsFor.MODERATOR
    )


def held_with_id(id: int) -> Held:
    """What waits, or waited, for a moderator; raises `Missing`."""
    held = db.session.get(Held, id)
    if held is None or held.waits_for != WaitsFor.MODERATOR:
        raise Missing("There is no such first post.")
    return held


def let_through(moderator: Person, held: Held) -> None:
    """Post it as its author, as if they had pressed the button now. Raises `Refused`, `Conflict`,
    and what posting raises where what it belongs to is gone: then it still waits.
    """
    _lock(moderator, held)
    if held.post_id is not None:
        hiding.restore(moderator, db.session.get_one(Post, held.post_id))
    else:
        writing = holding.writing_of(held)
        held.post_id = hands().writers[held.form].post(held.author, writing)
    _decide(moderator, held, Outcome.RELEASED)
    record(moderator, Verb.FIRST_POST_LET_THROUGH, held, tells=held.author_id)


def turn_down(moderator: Person, held: Held, words: str) -> None:
    """Give it back to its author's drafts, with the reason. Raises `Invalid` without one."""
    words = one_line(words)[:MESSAGE_LENGTH]
    if not words:
        raise Invalid({"words": "Say in a few words why. Whoever wrote it will read it."})
    _lock(moderator, held)
    if held.author_id is not None:
        writing = holding.writing_of(held)
        hands().writers[held.form].give_back(held.author_id, writing)
    held.message = words
    _decide(moderator, held, Outcome.RETURNED)
    record(moderator, Verb.FIRST_POST_TURNED_DOWN, held, tells=held.author_id)


def wait_again(moderator: Person, held: Held) -> None:
    """Undo a decision of the last day: what was posted is out of sight until somebody decides."""
    require(may_moderate(moderator), REFUSAL)
    db.session.refresh(held, with_for_update=True)
    if held.payload is None:
        raise Conflict(TOO_LATE)
    post = db.session.get(Post, held.post_id) if held.outcome == Outcome.RELEASED else None
    if post is not None and post.is_visible:
        hiding.hide(moderator, post, AGAIN)
    held.outcome = held.decided_at = held.decided_by_id = None
    held.message = ""


def forget() -> int:
    """Due work: what was decided a day ago is not kept any more; returns how many texts went."""
    old = (
        select(Held.id)
        .where(
            Held.waits_for == WaitsFor.MODERATOR,
            Held.payload.is_not(None),
            Held.decided_at <= now() - KEPT,
        )
        .limit(BATCH)
    )
    ids = db.session.scalars(old).all()
    if ids:
        emptied = update(Held).where(Held.id.in_(ids)).values(payload=None)
        db.session.execute(emptied.execution_options(synchronize_session=False))
    db.session.commit()
    return len(ids)


def _lock(moderator: Person, held: Held) -> None:
    """Two moderators at once: one outcome, and the second is told."""
    require(may_moderate(moderator), REFUSAL)
    require(may_let_through(moderator, held.author_id), OWN)
    db.session.refresh(held, with_for_update=True)
    if held.decided_at is not None:
        raise Conflict("This does not wait any more: somebody has decided about it a moment ago.")


def _decide(moderator: Person, held: Held, outcome: Outcome) -> None:
    held.outcome, held.decided_at, held.decided_by_id = outcome, now(), moderator.id


def _question_of(writing: Writing) -> Question:
    target = db.session.get(Post, writing.target_id or 0)
    if target is None or not target.is_visible:
        raise Gone("What this belongs to has been removed.")
    return db.session.get_one(Question, target.question_id)
