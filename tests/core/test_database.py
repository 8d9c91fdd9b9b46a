"""Transactions: who may write when."""

import pytest
from sqlalchemy import select, text

from board.core.clock import now
from board.core.database import apart, db, glance, is_sqlite
from board.core.limits import RateCount


def test_what_is_written_apart_outlives_a_rollback(world):
    with apart() as session:
        session.add(RateCount(key="apart", since=now(), count=1))
    db.session.rollback()
    assert db.session.scalar(select(RateCount.count).filter_by(key="apart")) == 1


def test_a_glance_sees_what_is_committed(world):
    with glance() as session:
        assert session.scalar(select(RateCount.count).filter_by(key="nothing")) is None


def test_a_moment_comes_back_in_utc(world):
    assert world.amina.joined_at.isoformat() == "2026-06-05T12:02:00+00:00"


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("secure_delete", 1),
    ],
)
def test_sqlite_is_set_up_to_lose_nothing(world, pragma, value):
    if is_sqlite():
        assert db.session.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_no_statement_parameter_reaches_an_error_message(world):
    with pytest.raises(Exception, match="hide_parameters") as error:
        db.session.execute(text("SELECT * FROM nowhere WHERE a = :a"), {"a": "Mrs Okonkwo"})
    assert "Okonkwo" not in str(error.value)
