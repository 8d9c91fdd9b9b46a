"""Which copies of the database still hold what was purged."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app

from board.core.clock import now
from board.privacy.models import Purge

FOLDER = "backups"


@dataclass(frozen=True)
class Backup:
    """A copy that was made while the text stood on the board, or before its file was cleaned."""

    name: str
    made_at: datetime
    days: int


def still_holding(purge: Purge) -> list[Backup]:
    """The copies in the data folder that may still hold it, oldest first.

    Copies elsewhere (another machine, tape) are not known here.
    """
    until = purge.finished_at or now()
    found = [each for each in _copies() if purge.written_at <= each.made_at <= until]
    return sorted(found, key=lambda each: each.made_at)


def _copies() -> Iterator[Backup]:
    for path in (Path(current_app.instance_path) / FOLDER).glob("*"):
        if path.is_file():
            made_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            yield Backup(path.name, made_at, max((now() - made_at).days, 0))
