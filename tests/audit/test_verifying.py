"""Whoever changes the trail behind the board's back is found out, record by record."""

import socket
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, text, update

from board.audit import chaining, checkpointing, verifying
from board.audit.models import AuditRecord
from board.core.clock import held_at, now
from board.core.database import db, is_sqlite
from board.people import leaving

RECORD = AuditRecord.__table__
MANY = 12


def total():
    return db.session.scalar(select(func.count()).select_from(RECORD))


@pytest.fixture
def folder(configure, tmp_path):
    configure(audit_checkpoints=str(tmp_path))
    return tmp_path


@pytest.fixture
def written(world, folder):
    """Twelve records after those of the cast, and nothing keeps anybody from changing them."""
    for _ in range(MANY // 2):
        leaving.deactivate(world.tomasz, world.jonas)
        leaving.reactivate(world.tomasz, world.jonas)
        db.session.commit()
    if is_sqlite():
        for name in ("audit_record_no_update", "audit_record_no_delete"):
            db.session.execute(text(f"DROP TRIGGER {name}"))
    else:
        db.session.execute(text("ALTER TABLE audit_record DISABLE TRIGGER ALL"))
    db.session.commit()


def change(seq, **values):
    db.session.execute(update(RECORD).where(RECORD.c.seq == seq).values(**values))


def broken(folder, **options):
    verdict = verifying.verify(folder, **options)
    assert verdict.is_sound == (not verdict.broken)
    return verdict.broken


def test_a_trail_in_use_is_sound(world, folder):
    checkpointing.keep_now(folder)
    assert verifying.verify(folder).is_sound
    assert verifying.verify(folder, since=now() + timedelta(days=1)).count == 0


def test_a_trail_as_it_was_written_is_sound(written, folder):
    assert verifying.verify(folder) == verifying.Verdict(total())


@pytest.mark.parametrize(
    "lie",
    [
        {"actor": "ruth"},
        {"actor_id": 1},
        {"action": "signed_in"},
        {"object_id": 77},
        {"outcome": 8},
        {"detail": {"nothing": "happened"}},
        {"address": "10.9.9.9"},
        {"hash": "0" * 64},
    ],
    ids=str,
)
def test_a_changed_record_is_found(written, folder, lie):
    change(5, **lie)
    assert broken(folder) == 5


def test_a_changed_moment_is_found(written, folder):
    at = db.session.scalar(select(RECORD.c.at).where(RECORD.c.seq == 5))
    change(5, at=at - timedelta(seconds=1))
    assert broken(folder) == 5


def test_a_changed_record_with_a_new_hash_breaks_the_next(written, folder):
    record = dict(db.session.execute(select(RECORD).where(RECORD.c.seq == 5)).mappings().one())
    record["actor"] = "ruth"
    change(5, actor="ruth", hash=chaining.hash_of(record))
    assert broken(folder) == 6


@pytest.mark.parametrize("seq", [1, 5])
def test_a_deleted_record_is_found(written, folder, seq):
    db.session.execute(RECORD.delete().where(RECORD.c.seq == seq))
    assert broken(folder) == seq


def test_records_in_another_order_are_found(written, folder):
    for old, new in ((5, 1005), (6, 5), (1005, 6)):
        db.session.execute(update(RECORD).where(RECORD.c.seq == old).values({"seq": new}))
    assert broken(folder) == 5


def test_an_inserted_record_is_found(written, folder):
    last = total()
    record = dict(db.session.execute(select(RECORD).where(RECORD.c.seq == last)).mappings().one())
    db.session.execute(insert(RECORD), record | {"seq": last + 1, "event_id": "new"})
    assert broken(folder) == last + 1


def test_a_trail_that_was_cut_off_is_found_by_its_checkpoint(written, folder):
    checkpointing.keep_now(folder)
    db.session.execute(RECORD.delete().where(RECORD.c.seq > 9))
    assert broken(folder) == 10
    db.session.execute(RECORD.delete())
    assert broken(folder) == 1


def test_a_trail_written_anew_is_found_by_its_checkpoint(written, folder):
    checkpointing.keep_now(folder)
    kept = db.session.execute(select(RECORD).order_by(RECORD.c.seq)).mappings().all()
    db.session.execute(RECORD.delete())
    entries = [
        {name: value for name, value in row.items() if name not in ("seq", "hash", "prev_hash")}
        for row in kept
    ]
    entries[4]["actor"] = "ruth"
    chaining.append(db.session, entries)
    assert broken(folder) == total()


def test_from_a_moment_on_only_what_came_later_is_read(world, written, folder):
    with held_at(now() + timedelta(days=1)):
        leaving.deactivate(world.tomasz, world.jonas)
        db.session.commit()
    change(2, actor="ruth")
    assert broken(folder) == 2
    verdict = verifying.verify(folder, since=now() + timedelta(hours=1))
    assert verdict == verifying.Verdict(1)


def test_a_backup_that_was_put_back_is_said_and_is_no_breach(written, folder):
    checkpointing.keep_now(folder)
    later = total() - 9
    db.session.execute(RECORD.delete().where(RECORD.c.seq > 9))
    checkpointing.keep_now(folder, checkpointing.RESTORED)
    verdict = verifying.verify(folder)
    assert verdict.is_sound
    assert "backup was put back" in verdict.note
    assert f"{later} later ones" in verdict.note


def test_batches_make_no_difference(written, folder, monkeypatch):
    monkeypatch.setattr(verifying, "BATCH", 5)
    assert verifying.verify(folder).count == total()
    change(11, actor="ruth")
    assert broken(folder) == 11


def test_checkpoints_go_to_syslog_too(written, folder, configure):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        receiver.settimeout(5)
        configure(syslog=f"127.0.0.1:{receiver.getsockname()[1]}", audit_checkpoints=str(folder))
        checkpointing.keep_now(folder)
        said = receiver.recv(4096).decode()
    assert f'"seq": {total()}' in said
    assert "wardboard audit" in said
