"""What somebody did, and what was done with their account."""

from sqlalchemy import and_, or_, select

from board.activity.models import Activity
from board.core.disclosing import Record, rows


def deeds(person_id: int) -> Record:
    """Every deed of theirs, and every deed about them, such as a failed sign-in."""
    about_them = and_(Activity.subject_kind == "person", Activity.subject_id == person_id)
    query = (
        select(Activity.at, Activity.verb, Activity.subject_kind, Activity.subject_id)
        .where(or_(Activity.actor_id == person_id, about_them))
        .order_by(Activity.id.desc())
    )
    about = "Who did what and when, without texts. It can be asked for when something went wrong."
    return Record(
        "activity", "What you did, and what was done with your account", about, rows(query)
    )
