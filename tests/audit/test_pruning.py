"""What is older than the site keeps goes, month by month, and nobody can use that to forge."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DatabaseError, IntegrityError

from board.activity.recording import note
from board.activity.verbs import Verb
from board.audit import checkpointing, pruning, verifying
from board.audit.models import AuditRecord
from board.core.clock import held_at
from board.core.database import db, is_sqlite
from board.people import leaving

RECORD = AuditRecord.__table__
LATER = datetime(2040, 5, 17, 9, tzinfo=UTC)


def numbers():
    return list(db.session.scalars(select(RECORD.c.seq).order_by(RECORD.c.seq)))


def happens(world):
    leaving.deactivate(world.tomasz, world.jonas)
    leaving.reactivate(world.tomasz, world.jonas)
    db.session.commit()


@pytest.fixture
def folder(configure, tmp_path):
    configure(audit_checkpoints=str(tmp_path), audit_keep_years=6)
    return tmp_path


@pytest.fixture
def aged(world, folder):
    """Some records of today, two of the month before the first kept, two of the first kept."""
    happens(world)
    for moment in (datetime(2034, 4, 30, 23, 59), datetime(2034, 5, 1, 0, 1)):
        with held_at(moment.replace(tzinfo=UTC)):
            happens(world)
    with held_at(LATER):
        checkpointing.keep_now(folder)
        yield numbers()


def test_whole_months_go_and_the_rest_is_sound(aged, folder):
    gone = pruning.prune(folder / "old.jsonl", folder)
    assert gone == pruning.Pruned(len(aged) - 2, aged[-3])
    assert numbers() == [*aged[-2:], aged[-1] + 1]
    verdict = verifying.verify(folder)
    assert (verdict.is_sound, verdict.count) == (True, 3)


def test_what_went_is_in_the_file_with_its_fingerprint_in_the_trail(aged, folder):
    pruning.prune(folder / "old.jsonl", folder)
    content = (folder / "old.jsonl").read_bytes()
    assert [json.loads(line)["seq"] for line in content.splitlines()] == aged[:-2]
    detail = db.session.scalars(
        select(RECORD.c.detail).where(RECORD.c.action == Verb.AUDIT_PRUNED)
    ).one()
    assert detail["sha256"] == hashlib.sha256(content).hexdigest()
    assert (detail["first"], detail["last"]) == (1, aged[-3])
    assert json.loads(content.splitlines()[-1])["hash"] == detail["hash"]


def test_a_second_time_there_is_nothing_to_do_and_no_file(aged, folder):
    pruning.prune(folder / "old.jsonl", folder)
    assert pruning.prune(folder / "again.jsonl", folder).count == 0
    assert not (folder / "again.jsonl").exists()


def test_years_later_the_next_months_go(world, aged, folder):
    pruning.prune(folder / "old.jsonl", folder)
    with held_at(LATER + timedelta(days=366 * 7)):
        happens(world)
        assert pruning.prune(folder / "next.jsonl", folder).count == 3
        assert verifying.verify(folder).count == 3


def test_where_the_site_keeps_it_for_ever_nothing_goes(aged, folder, configure):
    configure(audit_checkpoints=str(folder), audit_keep_years=0)
    assert pruning.prune(folder / "old.jsonl", folder).count == 0
    assert numbers() == aged


def test_nothing_is_written_over(aged, folder):
    (folder / "old.jsonl").write_text("precious")
    with pytest.raises(FileExistsError):
        pruning.prune(folder / "old.jsonl", folder)
    assert numbers() == aged


def test_batches_make_no_difference(aged, folder, monkeypatch):
    monkeypatch.setattr(pruning, "BATCH", 2)
    assert pruning.prune(folder / "old.jsonl", folder).count == len(aged) - 2
    assert len((folder / "old.jsonl").read_text().splitlines()) == len(aged) - 2


def test_a_standstill_half_way_leaves_a_sound_trail_that_is_finished_next_time(
    aged, folder, monkeypatch
):
    monkeypatch.setattr(pruning, "_remove_batch", lambda: 0)
    pruning.prune(folder / "old.jsonl", folder)
    monkeypatch.undo()
    assert verifying.verify(folder).is_sound
    assert pruning.prune(folder / "again.jsonl", folder).count == len(aged) - 2
    assert verifying.verify(folder).count == 3


def test_the_database_lets_go_of_nothing_that_is_kept(aged, folder):
    pruning.prune(folder / "old.jsonl", folder)
    for statement in ("UPDATE audit_record SET actor = 'x'", "DELETE FROM audit_record"):
        with pytest.raises((IntegrityError, DatabaseError), match="only added to"):
            db.session.execute(text(statement))
        db.session.rollback()
    assert len(numbers()) == 3


def forge(last, hash):
    """A record that says what was never pruned, as somebody without the key would write it."""
    said = {"first": 1, "last": last, "hash": hash, "sha256": "0", "signature": "0" * 64}
    note(db.session, Verb.AUDIT_PRUNED, "audit_record", **said)
    db.session.commit()
    db.session.execute(RECORD.delete().where(RECORD.c.seq <= last))
    db.session.commit()


def test_a_beginning_that_somebody_else_cut_off_is_found(aged, folder):
    hash = db.session.scalar(select(RECORD.c.hash).where(RECORD.c.seq == 2))
    forge(2, hash)
    verdict = verifying.verify(folder)
    assert verdict.broken == aged[-1] + 1
    assert "not with our key" in verdict.why


def test_more_gone_than_was_said_is_found(aged, folder):
    pruning.prune(folder / "old.jsonl", folder)
    open_the_table()
    db.session.execute(RECORD.delete().where(RECORD.c.seq == aged[-2]))
    assert verifying.verify(folder).broken == aged[-2]


@pytest.mark.parametrize("lie", [{"last": 1}, {"hash": "0" * 64}, {"sha256": "0" * 64}], ids=str)
def test_another_story_of_what_was_pruned_is_found(aged, folder, lie):
    pruning.prune(folder / "old.jsonl", folder)
    open_the_table()
    record = RECORD.c.action == Verb.AUDIT_PRUNED
    detail = db.session.scalars(select(RECORD.c.detail).where(record)).one()
    db.session.execute(update(RECORD).where(record).values(detail=detail | lie))
    assert not verifying.verify(folder).is_sound


def test_the_record_of_the_pruning_itself_is_missed(aged, folder):
    pruning.prune(folder / "old.jsonl", folder)
    open_the_table()
    db.session.execute(RECORD.delete().where(RECORD.c.action == Verb.AUDIT_PRUNED))
    assert not verifying.verify(folder).is_sound


def test_with_a_new_key_the_checkpoint_vouches(app, aged, folder):
    pruning.prune(folder / "old.jsonl", folder)
    app.secret_key, before = "a new one", app.secret_key
    try:
        assert verifying.verify(folder).is_sound
    finally:
        app.secret_key = before


def test_from_a_moment_on_it_is_read_as_before(aged, folder):
    pruning.prune(folder / "old.jsonl", folder)
    assert verifying.verify(folder, since=LATER).count == 1


def test_a_trail_of_old_records_only_goes_whole(world, folder):
    happens(world)
    total = db.session.scalar(select(func.count()).select_from(RECORD))
    with held_at(LATER):
        assert pruning.prune(folder / "old.jsonl", folder).count == total
        assert verifying.verify(folder).count == 1


def open_the_table():
    if is_sqlite():
        for name in ("audit_record_no_update", "audit_record_no_delete"):
            db.session.execute(text(f"DROP TRIGGER {name}"))
    else:
        db.session.execute(text("ALTER TABLE audit_record DISABLE TRIGGER ALL"))
