"""The same press twice makes one post: every form that writes carries a key of its own.

The key is stored in the transaction that it made something in. Whoever sends it again (a double
click, a browser that retries after the Wi-Fi dropped) is led to what was made the first time.
"""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import ForeignKey, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from board.core.clock import now
from board.core.database import Base, db, upsert

KEPT_DAYS = 2
KEY_LENGTH = 64


class Submission(Base):
    """A form that was sent, and where what it made can be seen."""

    __tablename__ = "submission"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(index=True)
    location: Mapped[str | None]


def new_key() -> str:
    """A key for a form about to be shown."""
    return token_urlsafe(12)


def claim(person_id: int, key: str) -> bool:
    """Take the key for this transaction; False when it has been used already.

    Two requests with one key at the same time: the second waits here until the first commits.
    """
    row = upsert(Submission).values(person_id=person_id, key=key[:KEY_LENGTH], made_at=now())
    taken = db.session.execute(row.on_conflict_do_nothing().returning(Submission.key)).first()
    return taken is not None


def settle(person_id: int, key: str, location: str) -> None:
    """Remember where the made thing can be seen."""
    submission = db.session.get_one(Submission, (person_id, key[:KEY_LENGTH]))
    submission.location = location


def location_of(person_id: int, key: str) -> str | None:
    """Where the thing made by this key can be seen; None for a key that made nothing."""
    return db.session.scalar(
        select(Submission.location).filter_by(person_id=person_id, key=key[:KEY_LENGTH])
    )


def forget_addresses(question_id: int) -> None:
    """An address carries the words of its question: forget those of one whose words went."""
    db.session.execute(
        update(Submission)
        .where(Submission.location.contains(f"/questions/{question_id}/"))
        .values(location=None)
        .execution_options(synchronize_session=False)
    )


def forget_old() -> None:
    """Drop keys nobody will send again."""
    db.session.execute(
        delete(Submission).where(Submission.made_at < now() - timedelta(days=KEPT_DAYS))
    )
