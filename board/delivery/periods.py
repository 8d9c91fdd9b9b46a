"""When digests are due, on the site's own clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from board.config import WEEKDAYS, settings
from board.delivery.models import Frequency

DAYS = {Frequency.DAILY: 1, Frequency.WEEKLY: 7}


def latest(frequency: Frequency, moment: datetime) -> tuple[date, datetime]:
    """The day of the last digest due by this moment, and when it was due.

    A day has one, whether the clocks go forward over its hour or back through it a second time.
    """
    zone = ZoneInfo(settings().time_zone)
    day = moment.astimezone(zone).date()
    if frequency == Frequency.WEEKLY:
        wanted = WEEKDAYS.index(settings().mail_digest_weekday)
        day -= timedelta(days=(day.weekday() - wanted) % 7)
    if _due(day, zone) > moment:
        day -= timedelta(days=DAYS[frequency])
    return day, _due(day, zone)


def _due(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(settings().mail_digest_hour), zone).astimezone(UTC)
