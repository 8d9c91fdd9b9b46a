"""What the board records about somebody: each feature says its own, for that person alone.

`create_app` hands over which (`wiring.RECORDED`), as it does with what follows from a deed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app

from board.core.database import AnySelect, db

Row = dict[str, Any]


@dataclass(frozen=True)
class Record:
    """One kind of what is kept: its name in the export, what it is for, and every row of it."""

    name: str
    title: str
    about: str
    rows: Sequence[Row]


Disclosure = Callable[[int], Record]


def init_app(app: Flask, disclosures: Sequence[Disclosure]) -> None:
    """Hand over which functions say what is recorded."""
    app.extensions["board.recorded"] = disclosures


def everything(person_id: int) -> list[Record]:
    """All that is kept about this person, in the order of the wiring."""
    return [disclose(person_id) for disclose in current_app.extensions["board.recorded"]]


def rows(query: AnySelect) -> list[Row]:
    """The rows of a query by the names of its columns."""
    return [dict(row) for row in db.session.execute(query).mappings()]
