"""Every record on its way to syslog, in the form SIEMs read (CEF), where the site wants it.

The worker sends what is new, in order, and remembers how far it came: a syslog that is away gets it
later, and after a standstill a record may come twice. Records hold nothing that people wrote.
"""

import socket
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC
from functools import cache
from importlib.metadata import version
from typing import Any

from sqlalchemy import select

from board.audit import chaining
from board.audit.models import AuditRecord, Outcome, Relayed
from board.config import settings
from board.core.database import db

BATCH = 100
AUTHPRIV_INFO = 10 * 8 + 6  # syslog's facility and severity, as one number
SEVERITY = {Outcome.SUCCESS: 3, Outcome.MINOR_FAILURE: 6, Outcome.SERIOUS_FAILURE: 9}

RECORD = AuditRecord.__table__


def relay() -> int:
    """Due work: send the next records, from the one at which this was switched on."""
    if not (settings().syslog and settings().syslog_records):
        return 0
    reached = db.session.get(Relayed, 1)
    if reached is None:
        db.session.add(Relayed(id=1, seq=chaining.head(db.session)[0]))
        db.session.commit()
        return 0
    rows = db.session.execute(
        select(RECORD).where(RECORD.c.seq > reached.seq).order_by(RECORD.c.seq).limit(BATCH)
    ).mappings()
    records = [dict(row) for row in rows]
    if not records or not _send([line_of(record) for record in records]):
        db.session.rollback()
        return 0
    reached.seq = records[-1]["seq"]
    db.session.commit()
    return len(records)


def line_of(record: Mapping[str, Any]) -> str:
    """One record as RFC 5424 wants it, with CEF in it."""
    at = chaining.moment(record["at"])
    return f"<{AUTHPRIV_INFO}>1 {at} {socket.gethostname()} wardboard - audit - {_cef(record)}"


def _cef(record: Mapping[str, Any]) -> str:
    action, outcome = record["action"], Outcome(record["outcome"])
    header = ["Wardboard", "board", _version(), action.upper(), action.replace("_", " ")]
    said = {
        "rt": str(int(record["at"].astimezone(UTC).timestamp() * 1000)),
        "suser": record["actor"],
        "src": record["address"],
        "act": action,
        "outcome": "success" if outcome is Outcome.SUCCESS else "failure",
        "cs1Label": "object",
        "cs1": f"{record['object_kind']}/{record['object_id'] or ''}",
        "cs2Label": "hash",
        "cs2": record["hash"],
        "cn1Label": "seq",
        "cn1": str(record["seq"]),
    }
    shown = " ".join(f"{name}={_value(value)}" for name, value in said.items() if value)
    return "|".join(["CEF:0", *map(_head, header), str(SEVERITY[outcome]), shown])


@cache
def _version() -> str:
    return version("wardboard")


def _head(text: str) -> str:
    return _value(text).replace("\\=", "=").replace("|", "\\|")


def _value(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("=", "\\=")
    return escaped.replace("\n", "\\n").replace("\r", "\\r")


def _send(lines: list[str]) -> bool:
    """Whether all of them left; UDP does not say whether they came."""
    host, _, port = settings().syslog.rpartition(":")
    family, where = (socket.AF_INET, (host, int(port))) if host else (
        socket.AF_UNIX, settings().syslog
    )  # fmt: skip
    try:
        with closing(socket.socket(family, socket.SOCK_DGRAM)) as sender:
            sender.connect(where)
            for line in lines:
                sender.send(line.encode())
    except OSError:
        return False
    return True
