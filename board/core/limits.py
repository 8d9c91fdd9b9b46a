"""How much of what in how long. One counter row a key, in the database: all processes share it.

Counted per signed-in person, so that a ward behind one address never locks itself out; per
address only for people who are not signed in, and never for the networks a site names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import case, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from board.core.clock import now
from board.core.database import AnySession, Base, upsert
from board.core.errors import TooMany


class RateCount(Base):
    """How often `key` was used since `since`."""

    __tablename__ = "rate_count"

    key: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    count: Mapped[int]


@dataclass(frozen=True)
class Limit:
    """At most `most` times in `seconds`, for each person."""

    name: str
    most: int
    seconds: int

    def count(self, session: AnySession, who: str) -> None:
        """Count one more for `who`; raises `TooMany` with the seconds to wait."""
        count, since = hit(session, f"{self.name}:{who}", self.seconds)
        if count > self.most:
            wait = max(self.seconds - int((now() - since).total_seconds()), 1)
            raise TooMany(f"That was very quick. Please wait {wait} seconds.", wait)


def hit(session: AnySession, key: str, seconds: int) -> tuple[int, datetime]:
    """Add one to the key's count; returns it and since when. After `seconds` it starts again."""
    moment = now()
    fresh = RateCount.since > moment - timedelta(seconds=seconds)
    row = upsert(RateCount).values(key=key, since=moment, count=1)
    counted = row.on_conflict_do_update(
        index_elements=[RateCount.key],
        set_={
            "count": case((fresh, RateCount.count + 1), else_=1),
            "since": case((fresh, RateCount.since), else_=moment),
        },
    ).returning(RateCount.count, RateCount.since)
    count, since = session.execute(counted).one()
    return count, since


def locked(session: AnySession, key: str) -> RateCount:
    """The key's row, locked until the transaction ends; made with a count of 0 if there is none."""
    row = upsert(RateCount).values(key=key, since=now(), count=0)
    session.execute(row.on_conflict_do_nothing())
    return session.execute(select(RateCount).filter_by(key=key).with_for_update()).scalar_one()


def forget(session: AnySession, key: str) -> None:
    """Start this key's count again."""
    session.execute(delete(RateCount).where(RateCount.key == key))


def is_within(address: str | None, networks: Sequence[str]) -> bool:
    """Whether this address belongs to one of the networks (`10.1.0.0/16`, `::1`)."""
    if not address:
        return False
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return any(ip in ip_network(network, strict=False) for network in networks)
