"""Pages by keyset: each page begins after the last row of the one before, at the cost of one seek.

A list is ordered by one column and then by id, both falling. The cursor in an address is
`<value>~<id>` of the last row shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Subquery, bindparam, select

from board.core.database import AnyRow, AnySelect, Moment, db
from board.core.errors import Missing

PAGE_SIZE = 20

Key = ColumnElement[Any]
Show = Callable[[Subquery], AnySelect]


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and the cursor of the page after them (None on the last page)."""

    rows: Sequence[AnyRow]
    next: str | None


class Listing:
    """A list that can be read by the page: its statements, built once.

    `keys` selects `page_key` and `id` of the whole list; `show` fetches what is shown of those
    that are on a page. The two are one statement: first it seeks, then it fetches.
    """

    def __init__(self, keys: AnySelect, key: Key, tie: Key, show: Show) -> None:
        self.is_by_moment = isinstance(key.type, Moment)
        self.first = show(_first(keys, key, tie).subquery())
        self.following = show(_following(keys, key, tie))

    def page(self, after: str | None = None, size: int = PAGE_SIZE, **parameters: Any) -> Page:
        """The page that follows the cursor; raises `Missing` for a cursor that is none.

        `parameters` are the values of what the list's own conditions leave open.
        """
        statement, values = self.first, parameters | {"page_limit": size + 1}
        if after is not None:
            statement = self.following
            values["after_key"], values["after_id"] = _read(after, self.is_by_moment)
        rows = list(db.session.execute(statement, values))
        rows.sort(key=lambda row: (row.page_key, row.id), reverse=True)
        has_more = len(rows) > size
        return Page(rows[:size], _cursor(rows[size - 1]) if has_more else None)


def _first(keys: AnySelect, key: Key, tie: Key) -> AnySelect:
    return keys.order_by(key.desc(), tie.desc()).limit(bindparam("page_limit", type_=Integer()))


def _following(keys: AnySelect, key: Key, tie: Key) -> Subquery:
    """What comes after the cursor, in two halves.

    `(key, id) < (…)` would seek on the key alone and walk through everything equal to it, which
    is the whole board where nobody has voted. So: first the rest of the same key, then what is
    less, each by its own seek.
    """
    after_key: ColumnElement[Any] = bindparam("after_key", type_=key.type)
    after_id: ColumnElement[int] = bindparam("after_id", type_=Integer())
    same = _first(keys.where(key == after_key, tie < after_id), key, tie).subquery()
    less = _first(keys.where(key < after_key), key, tie).subquery()
    return select(same).union_all(select(less)).subquery()


def _cursor(row: AnyRow) -> str:
    value = row.page_key
    if isinstance(value, datetime):
        value = value.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%f")
    return f"{value}~{row.id}"


def _read(cursor: str, is_by_moment: bool) -> tuple[Any, int]:
    value, _, tie = cursor.partition("~")
    try:
        if is_by_moment:
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
