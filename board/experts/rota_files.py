"""Bringing a rota in from a file of comma separated values; a second time changes nothing."""

import csv
import io
from dataclasses import dataclass, field

from board.activity.recording import record
from board.activity.verbs import Verb
from board.config import settings
from board.core.database import db
from board.core.errors import Invalid, Refused, require
from board.experts import rostering
from board.experts.models import Duty
from board.experts.rules import may_import_rota
from board.people.models import Member
from board.privacy import guarding

COLUMNS = ("topic", "who", "role", "phone", "from", "to")
NEEDED = ("topic", "phone", "from", "to")
MOST_LINES = 5_000


@dataclass
class Report:
    """How many entries are new, how many were known, and which lines are bad and why."""

    added: int = 0
    known: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)


def bring_in(person: Member, content: bytes) -> Report:
    """Enter every good line. Raises `Refused` for a file that is none of ours."""
    require(may_import_rota(person), "Only a moderator may import a rota.")
    report, last = Report(), None
    for number, row in _rows(content):
        try:
            duty, is_new = rostering.enter(person, _typed(row))
        except Invalid as problem:
            report.bad.append((number, problem.message))
            continue
        last = duty
        report.added += is_new
        report.known += not is_new
    if last is not None and report.added:
        _note(person, last, report)
    return report


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """(number of the line, its values by column); the first line names the columns."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("This file is not UTF-8 text. Save it as CSV in UTF-8.") from None
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > 2 else ",")
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        missing = [name for name in NEEDED if name not in names]
        if missing:
            raise Refused(
                f"The first line has to name the columns {', '.join(COLUMNS)}; "
                f"{missing[0]} is missing."
            )
        rows = []
        for values in reader:
            if any(value.strip() for value in values):
                rows.append((reader.line_num, dict(zip(names, values, strict=False))))
            if len(rows) > MOST_LINES:
                raise Refused(f"At most {MOST_LINES:,} lines at once, please.")
    except csv.Error as error:
        raise Refused(f"This file cannot be read as CSV: {error}.") from None
    return rows


def _typed(row: dict[str, str]) -> rostering.Typed:
    role = row.get("role", "")
    if settings().privacy_check and guarding.kinds_in(role):
        raise Invalid({"role": "The role holds what looks like a patient's details."})
    return rostering.Typed(
        topic=row.get("topic", ""),
        who=row.get("who", ""),
        role=role,
        phone=row.get("phone", ""),
        starts=row.get("from", ""),
        ends=row.get("to", ""),
    )


def _note(person: Member, last: Duty, report: Report) -> None:
    record(person, Verb.ROTA_IMPORTED, last, added=report.added)
    db.session.flush()
