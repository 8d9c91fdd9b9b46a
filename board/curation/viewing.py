"""Who had which question open: kept for who may have to be told, and for so many months only."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select

from board.config import settings
from board.core.clock import now
from board.core.database import apart, db, upsert
from board.curation.models import ViewRecord
from board.posts import merging
from board.posts.models import Post

EVERY = timedelta(hours=1)
BATCH = 1000
MONTH = timedelta(days=30.44)


def note(person_id: int, question_id: int, seen_at: datetime | None, active_at: datetime) -> None:
    """They have it open. Written at most once an hour, or when something new stands there.

    In a transaction of its own, after what they read was made.
    """
    moment = now()
    is_known = seen_at is not None and seen_at >= active_at and moment - seen_at < EVERY
    if is_known or not settings().view_records_months:
        return
    row = upsert(ViewRecord).values(
        person_id=person_id, question_id=question_id, first_seen=moment, last_seen=moment
    )
    with apart() as session:
        session.execute(
            row.on_conflict_do_update(
                index_elements=["person_id", "question_id"], set_={"last_seen": moment}
            )
        )


def opened(answer: Post) -> ColumnElement[bool]:
    """Beside view records: whether the page was one on which this answer stood by then, before its
    question was merged too.
    """
    addresses = merging.read_under(answer).items()
    return or_(
        *(
            and_(ViewRecord.question_id == id, ViewRecord.last_seen >= since)
            for id, since in addresses
        )
    )


def forget_old() -> int:
    """Delete what is older than the site keeps it, a batch at a time; returns how many were."""
    kept = now() - settings().view_records_months * MONTH
    old = select(ViewRecord.last_seen).where(ViewRecord.last_seen < kept)
    bound = db.session.scalars(old.order_by(ViewRecord.last_seen).limit(1).offset(BATCH)).first()
    if bound is None and db.session.scalars(old.limit(1)).first() is None:
        db.session.rollback()
        return 0
    result = db.session.execute(
        delete(ViewRecord)
        .where(ViewRecord.last_seen < min(bound or kept, kept))
        .returning(ViewRecord.person_id)
    )
    count = len(result.all())
    db.session.commit()
    return count
