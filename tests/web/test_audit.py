"""The page of the audit trail."""

import csv
import io

import pytest
from sqlalchemy import select

from board.audit.models import AuditRecord
from board.core.database import db
from board.people import appointing, leaving


@pytest.fixture
def tomasz(signed_in, world, configure, tmp_path):
    configure(audit_checkpoints=str(tmp_path))
    appointing.appoint(world.tomasz, world.jonas, "moderator")
    leaving.deactivate(world.tomasz, world.jonas)
    db.session.commit()
    return signed_in("tomasz")


def actions():
    db.session.rollback()
    return list(db.session.scalars(select(AuditRecord.action).order_by(AuditRecord.seq)))


def test_it_shows_what_was_done(tomasz):
    page = tomasz.get("/audit").text
    assert "Role changed" in page
    assert "Deactivated" in page
    assert "tomasz" in page


def test_reading_it_is_in_it(tomasz):
    tomasz.get("/audit?actor=tomasz")
    tomasz.get("/audit.csv")
    assert actions()[-2:] == ["audit_read", "audit_exported"]


def test_it_is_narrowed_down(tomasz):
    table = tomasz.get("/audit?action=deactivated").text.partition("<tbody>")[2]
    assert "Deactivated" in table
    assert "Role changed" not in table
    assert "Nothing found" in tomasz.get("/audit?actor=amina").text
    assert "Nothing found" in tomasz.get("/audit?since=2999-01-01").text
    assert "Role changed" in tomasz.get("/audit?until=2999-01-01&since=nonsense").text


def test_earlier_pages(tomasz, monkeypatch):
    monkeypatch.setattr("board.audit.queries.PAGE", 1)
    assert "Earlier records" not in tomasz.get("/audit?action=role_changed").text
    assert "Earlier records" in tomasz.get("/audit").text
    assert "Joined" in tomasz.get("/audit?before=2").text.partition("<tbody>")[2]


def test_as_a_table(tomasz):
    reply = tomasz.get("/audit.csv?actor=tomasz")
    assert reply.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(reply.text)))
    assert {"deactivated", "role_changed"} <= {row["action"] for row in rows}


def test_checking_it_says_how_it_is_and_is_recorded(tomasz):
    assert tomasz.send("/audit/verification").status_code == 303
    assert "whole and unchanged" in tomasz.get("/audit").text
    assert "audit_verified" in actions()


def test_who_is_no_administrator_is_refused_and_that_is_recorded(signed_in, world):
    assert signed_in("ruth").get("/audit").status_code == 403
    assert actions()[-1] == "access_refused"
    assert signed_in("ruth").get("/audit.csv").status_code == 403
    assert signed_in("ruth").send("/audit/verification").status_code == 403


def test_a_spreadsheet_takes_nothing_for_a_formula(world):
    from board.audit import exporting

    assert exporting._harmless("=1+1") == "'=1+1"
    assert exporting._harmless("tomasz") == "tomasz"
