"""Each record goes to syslog, once it is wanted, in order, and nothing that people wrote."""

import re
import socket
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from board.audit import relaying
from board.audit.models import AuditRecord, Relayed
from board.config import settings
from board.core.database import db
from board.people import leaving

RECORD = AuditRecord.__table__


@pytest.fixture
def siem(configure, world):
    """A syslog that listens; records go there from now on."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(5)
        configure(syslog=f"127.0.0.1:{receiver.getsockname()[1]}", syslog_records=True)
        assert relaying.relay() == 0
        yield receiver


def happens(world):
    leaving.deactivate(world.tomasz, world.jonas)
    leaving.reactivate(world.tomasz, world.jonas)
    db.session.commit()


def heard(siem, count):
    return [siem.recv(4096).decode() for _ in range(count)]


def test_what_happens_from_now_on_goes_there_in_order_and_once(world, siem):
    happens(world)
    assert relaying.relay() == 2
    assert relaying.relay() == 0
    first, second = heard(siem, 2)
    assert "|DEACTIVATED|deactivated|3|" in first
    assert "|REACTIVATED|reactivated|3|" in second
    last = db.session.scalars(select(RECORD.c.seq).order_by(RECORD.c.seq.desc())).first()
    assert f"cn1={last}" in second


def test_a_line_is_rfc_5424_with_cef(world, siem):
    happens(world)
    relaying.relay()
    line = heard(siem, 1)[0]
    begins = r"<86>1 \d{4}-\d\d-\d\dT[\d:.]+Z \S+ wardboard - audit - CEF:0\|Wardboard\|"
    assert re.match(begins, line)
    record = db.session.execute(select(RECORD).order_by(RECORD.c.seq.desc()).offset(1)).first()
    assert "suser=tomasz act=deactivated outcome=success" in line
    assert f"cs1=person/{world.jonas.id} " in line
    assert record.hash in line


def test_nothing_goes_unless_both_are_set(world, siem, configure):
    happens(world)
    configure(syslog_records=False)
    assert relaying.relay() == 0
    configure(syslog_records=True, syslog="")
    assert relaying.relay() == 0


def test_a_syslog_that_is_away_gets_it_later(world, siem, configure, tmp_path):
    there = settings().syslog
    happens(world)
    configure(syslog=str(tmp_path / "nobody.sock"))
    assert relaying.relay() == 0
    configure(syslog=there)
    assert relaying.relay() == 2
    assert len(heard(siem, 2)) == 2


def test_batches_make_no_difference(world, siem, monkeypatch):
    monkeypatch.setattr(relaying, "BATCH", 1)
    happens(world)
    assert [relaying.relay() for _ in range(3)] == [1, 1, 0]
    assert (
        db.session.get(Relayed, 1).seq
        == db.session.scalars(select(RECORD.c.seq).order_by(RECORD.c.seq.desc())).first()
    )


def test_what_a_siem_would_misread_is_escaped(world):
    record = {
        "seq": 7, "at": datetime(2026, 6, 5, 14, 2, 11, 123000, UTC), "actor": "a=b\\c\nd",
        "address": "", "action": "signed_in", "object_kind": "person", "object_id": None,
        "outcome": 4, "hash": "f",
    }  # fmt: skip
    line = relaying.line_of(record)
    assert "suser=a\\=b\\\\c\\nd" in line
    assert "\n" not in line
    assert "src=" not in line
    assert "|SIGNED_IN|signed in|6|rt=1780668131123 " in line
    assert "outcome=failure" in line
