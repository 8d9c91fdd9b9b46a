"""The tick "No patient details" on the ask form, where the site wants one."""

from datetime import timedelta

from sqlalchemy import or_, select

from board.config import settings
from board.core.clock import now
from board.core.database import db
from board.core.errors import Invalid
from board.posts.models import Kind, Post

MISSING = "Tick this when there is no patient in your question, also not between the lines."

_POST = Post.__table__


def is_wanted(person_id: int) -> bool:
    """Whether this person is asked: on their first question in so many days."""
    days = settings().ask_tick_days
    if not days:
        return False
    recent = select(_POST.c.id).where(
        or_(_POST.c.author_id == person_id, _POST.c.confider_id == person_id),
        _POST.c.kind == Kind.QUESTION,
        _POST.c.created_at > now() - timedelta(days=days),
    )
    return db.session.scalar(recent.limit(1)) is None


def require_tick(person_id: int, ticked: str) -> None:
    """Raises `Invalid` where a tick is wanted and there is none."""
    if ticked != "1" and is_wanted(person_id):
        raise Invalid({"attested": MISSING})
