"""The audit trail, for administrators. Reading it is itself put into it."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Response, current_app, request, url_for
from flask.typing import ResponseReturnValue

from board.activity.recording import note, record
from board.activity.verbs import Verb
from board.audit import exporting, queries, verifying
from board.audit.rules import REFUSAL, may_read_trail
from board.config import settings
from board.core.clock import now
from board.core.database import AnySelect, apart, db
from board.core.errors import require
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

MOST_ROWS = 100_000

pages = Pages("audit")


@pages.shown("/audit")
def index() -> str:
    """A page of the trail, narrowed down as the address says."""
    _require_reader()
    before = request.args.get("before", "")
    rows, next = queries.page_of(_narrowed(), int(before) if _is_number(before) else None)
    _note(Verb.AUDIT_READ)
    return page(
        "audit/index.html",
        parts=["more"],
        records=rows,
        next=next,
        actions=queries.actions(),
        chosen=_chosen(),
    )


@pages.shown("/audit.csv")
def export() -> ResponseReturnValue:
    """The same, as a table for a spreadsheet."""
    _require_reader()
    _note(Verb.AUDIT_EXPORTED)
    lines = exporting.as_csv(islice(queries.all_of(_narrowed()), MOST_ROWS))
    name = f"audit-{now():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response("".join(lines), mimetype="text/csv", headers=headers)


@pages.post("/audit/verification", again="audit.index")
def verify() -> ResponseReturnValue:
    """Look whether the trail is as it was written."""
    _require_reader()
    verdict = verifying.verify(Path(current_app.instance_path))
    record(me(), Verb.AUDIT_VERIFIED, me(), count=verdict.count, broken=verdict.broken)
    if verdict.is_sound:
        said = f"The trail is whole and unchanged: {verdict.count:,} records. {verdict.note}"
    else:
        said = f"{verdict.why} Keep the database as it is, and tell whoever is responsible."
    return moved(url_for("audit.index"), said)


def _require_reader() -> None:
    require(may_read_trail(reader()), REFUSAL)


def _note(verb: Verb) -> None:
    """On a GET, in a transaction of its own; what was asked for, without the names typed."""
    narrowed = sorted(name for name, value in _chosen().items() if value)
    db.session.rollback()
    with apart() as session:
        note(session, verb, "audit_record", actor=reader(), narrowed=narrowed)


def _chosen() -> dict[str, str]:
    return {name: request.args.get(name, "") for name in ("actor", "action", "since", "until")}


def _narrowed() -> AnySelect:
    chosen = _chosen()
    until = _day(chosen["until"])
    return queries.trail(
        actor=chosen["actor"].strip().lstrip("@").lower(),
        action=chosen["action"],
        since=_day(chosen["since"]),
        until=until + timedelta(days=1) if until else None,
    )


def _day(typed: str) -> datetime | None:
    """The beginning of that day at the site; a day that is none narrows nothing down."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return datetime.combine(day, time(), ZoneInfo(settings().time_zone)).astimezone(UTC)


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) < 10
