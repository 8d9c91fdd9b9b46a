"""Pages by keyset: each page begins after the last row of the one before, at the cost of one seek.

A list is ordered by one column and then by id, both falling. The cursor in an address is
`<value>~<id>` of the last row shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Subquery, select
from sqlalchemy.orm import InstrumentedAttribute

from board.core.database import AnyRow, AnySelect, Moment, db
from board.core.errors import Missing

PAGE_SIZE = 20

Key = InstrumentedAttribute[Any]
Show = Callable[[Subquery], AnySelect]


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and the cursor of the page after them (None on the last page)."""

    rows: Sequence[AnyRow]
    next: str | None


def page(keys: AnySelect, key: Key, tie: Key, after: str | None, size: int, show: Show) -> Page:
    """The page of a list that follows the cursor; raises `Missing` for a cursor that is none.

    `keys` selects `page_key` and `id` of the whole list; `show` fetches what is shown of those
    that are on the page. The two are one statement: first it seeks, then it fetches a page.
    """
    if after is None:
        found = _first(keys, key, tie, size + 1).subquery()
    else:
        found = _following(keys, key, tie, _read(after, key), size + 1)
    rows = list(db.session.execute(show(found)))
    rows.sort(key=lambda row: (row.page_key, row.id), reverse=True)
    has_more = len(rows) > size
    return Page(rows[:size], _cursor(rows[size - 1]) if has_more else None)


def _first(keys: AnySelect, key: Key, tie: Key, limit: int) -> AnySelect:
    return keys.order_by(key.desc(), tie.desc()).limit(limit)


def _following(keys: AnySelect, key: Key, tie: Key, last: tuple[Any, int], limit: int) -> Subquery:
    """What comes after `last`, in two halves.

    `(key, id) < (…)` would seek on the key alone and walk through everything equal to it, which
    is the whole board where nobody has voted. So: first the rest of the same key, then what is
    less, each by its own seek.
    """
    value, tie_value = last
    same = _first(keys.where(key == value, tie < tie_value), key, tie, limit).subquery()
    less = _first(keys.where(key < value), key, tie, limit).subquery()
    return select(same).union_all(select(less)).subquery()


def _cursor(row: AnyRow) -> str:
    value = row.page_key
    if isinstance(value, datetime):
        value = value.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%f")
    return f"{value}~{row.id}"


def _read(cursor: str, key: Key) -> tuple[Any, int]:
    value, _, tie = cursor.partition("~")
    try:
        if isinstance(key.type, Moment):
            moment = datetime.strptime(value, "%Y%m%dT%H%M%S.%f")
            return moment.replace(tzinfo=UTC), _number(tie)
        return _number(value), _number(tie)
    except ValueError:
        raise Missing("That page does not exist. Start again from the first one.") from None


def _number(digits: str) -> int:
    """A number the database can hold; raises ValueError otherwise."""
    number = int(digits)
    if abs(number) > 2**31 - 1:
        raise ValueError(digits)
    return number
