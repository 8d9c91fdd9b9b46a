"""Removing passages from rows, whatever columns of text they have."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, Text

from board.privacy.passages import holds, without


def sweep_rows(rows: Sequence[Any], pattern: re.Pattern[str]) -> int:
    """Remove every match from every column of text of these rows, those of a later migration
    included; returns how many rows had one.
    """
    found = 0
    for row in rows:
        texts = {
            column.key: getattr(row, column.key)
            for column in row.__table__.columns
            if isinstance(column.type, String | Text) and not column.primary_key
        }
        if holds(pattern, *texts.values()):
            found += 1
            for key, value in texts.items():
                setattr(row, key, without(value, pattern))
    return found
