"""What a moderator does to what others wrote belongs into the audit trail; what people do with
their own does not. Named in the wiring.
"""

from board.activity.recording import Deed
from board.audit import auditing
from board.core.database import db
from board.posts.models import Post
from board.posts.rules import is_own


def follow_edit(deed: Deed) -> None:
    """A reaction: a moderator edited what somebody else wrote."""
    _follow(deed, deed.subject)


def follow_acceptance(deed: Deed) -> None:
    """A reaction: a moderator accepted an answer to somebody else's question."""
    _follow(deed, db.session.get_one(Post, deed.subject.question_id))


def _follow(deed: Deed, post: Post) -> None:
    if deed.actor.is_moderator and not is_own(deed.actor, post):
        auditing.follow(deed)
