"""Giving the trail away: as lines of JSON for machines, as CSV for people."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from board.audit.chaining import moment

COLUMNS = (
    "seq",
    "at",
    "actor",
    "actor_role",
    "address",
    "action",
    "object_kind",
    "object_id",
    "outcome",
    "detail",
    "event_id",
    "session",
    "prev_hash",
    "hash",
)


def as_json(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One JSON object a line, with everything a hash is made of."""
    for record in records:
        yield json.dumps(dict(record) | {"at": moment(record["at"])}, sort_keys=True) + "\n"


def as_csv(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A table for a spreadsheet; nothing in it can be taken for a formula."""
    yield _line(COLUMNS)
    for record in records:
        row = dict(record) | {
            "at": moment(record["at"]),
            "detail": json.dumps(record["detail"], sort_keys=True),
        }
        yield _line([_harmless(row[name]) for name in COLUMNS])


def _line(values: Iterable[Any]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(values)
    return written.getvalue()


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value
