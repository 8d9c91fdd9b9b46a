"""When the shift that is on began, on the site's clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from board.config import settings
from board.core.clock import now


def began() -> datetime:
    """When this shift began: today's last change that has been, or yesterday's last."""
    zone = ZoneInfo(settings().time_zone)
    moment = now()
    today = moment.astimezone(zone).date()
    changes = [
        # Compared in UTC: on the nights the clocks change, wall clocks jump or repeat an hour.
        datetime.combine(day, time.fromisoformat(change), zone).astimezone(UTC)
        for day in (today, today - timedelta(days=1))
        for change in settings().shift_times
    ]
    return max(change for change in changes if change <= moment)
