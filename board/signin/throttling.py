"""Failed sign-ins slow an account down, in all processes alike; nobody's thread is kept waiting.

Each attempt is counted before its password is looked at, so that many at once gain nothing. Three
are free; then the wait doubles from 5 seconds to a quarter of an hour. A success clears it.
"""

from datetime import timedelta

from board.config import settings
from board.core import limits
from board.core.clock import now
from board.core.database import apart, db
from board.core.errors import TooMany
from board.core.limits import Limit, RateCount
from board.core.signing import keyed_fingerprint

FREE_ATTEMPTS = 3
FIRST_WAIT = 5
LONGEST_WAIT = 900
FORGOTTEN_AFTER = timedelta(hours=1)

FROM_ONE_ADDRESS = Limit("sign-in-from", 300, 600)


def admit(username: str, address: str | None) -> None:
    """Count an attempt on this account; raises `TooMany` while it has to wait."""
    if not settings().ratelimit_enabled:
        return
    with apart() as session:
        if not limits.is_within(address, settings().trusted_networks):
            FROM_ONE_ADDRESS.count(session, address or "unknown")
        attempts = limits.locked(session, _key(username))
        wait = _seconds_to_wait(attempts)
        if not wait:
            old = attempts.since < now() - FORGOTTEN_AFTER
            attempts.count = 1 if old else attempts.count + 1
            attempts.since = now()
    if wait:
        raise TooMany(f"Too many failed attempts. Try again in {wait} seconds.", wait)


def clear(username: str) -> None:
    """Forget this account's failures, after a success."""
    limits.forget(db.session, _key(username))


def _seconds_to_wait(attempts: RateCount) -> int:
    if attempts.count < FREE_ATTEMPTS:
        return 0
    doublings = min(attempts.count - FREE_ATTEMPTS, 20)
    wait = min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)
    left = attempts.since + timedelta(seconds=wait) - now()
    return max(0, int(left.total_seconds() + 0.999))


def _key(username: str) -> str:
    """People type passwords into the wrong field: what was typed is not stored."""
    return f"sign-in:{keyed_fingerprint(username)}"
