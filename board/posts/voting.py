"""Upvotes: one per person, taken back by a second press, exact however many press at once."""

from sqlalchemy import delete, update

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core.clock import now
from board.core.database import db, upsert
from board.core.errors import require
from board.people.models import Person
from board.posts import states, writing
from board.posts.models import Kind, Post, Vote
from board.posts.rules import may_vote
from board.posts.states import Action

REFUSAL = "Votes are for other people's questions and answers."


def vote(voter: Person, post: Post) -> None:
    """Find it useful; a second time changes nothing."""
    _require_may(voter, post)
    row = upsert(Vote).values(post_id=post.id, person_id=voter.id, voted_at=now())
    counted = db.session.execute(row.on_conflict_do_nothing().returning(Vote.post_id)).first()
    if counted:
        _change_score(post, +1)
        record(voter, Verb.VOTED, post)


def withdraw(voter: Person, post: Post) -> None:
    """Take the vote back; without one, nothing changes."""
    _require_may(voter, post)
    row = delete(Vote).where(Vote.post_id == post.id, Vote.person_id == voter.id)
    if db.session.execute(row.returning(Vote.post_id)).first():
        _change_score(post, -1)
        record(voter, Verb.VOTE_WITHDRAWN, post)


def _require_may(voter: Person, post: Post) -> None:
    require(may_vote(voter, post), REFUSAL)
    states.check(voter, Action.VOTE, db.session.get_one(Post, post.question_id))


def _change_score(post: Post, change: int) -> None:
    db.session.execute(update(Post).where(Post.id == post.id).values(score=Post.score + change))
    if post.kind == Kind.QUESTION:
        writing.refresh_lists(post.id)
    assert post.question_id is not None
    writing.raise_version(post.question_id)
