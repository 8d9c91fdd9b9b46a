"""The audit trail: what gets into it, when, and that it is only ever added to."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from board.activity.recording import note
from board.activity.verbs import Verb
from board.audit import chaining, checkpointing, circumstances, configuring
from board.audit.models import AuditRecord, Outcome
from board.core.clock import held_at, now
from board.core.database import apart, db
from board.core.errors import Invalid, TooMany
from board.people import appointing, leaving
from board.posts import accepting, answering, converting, editing, voting
from board.signin import signing_in, throttling


@pytest.fixture
def trail(world):
    """`trail()`: what it says of this test, after what it says of how the cast came in."""
    before, _ = chaining.head(db.session)
    db.session.commit()

    def read():
        records = select(AuditRecord).where(AuditRecord.seq > before)
        return db.session.scalars(records.order_by(AuditRecord.seq)).all()

    return read


def test_a_change_of_role_is_in_the_trail_with_its_commit(world, trail):
    appointing.appoint(world.tomasz, world.jonas, "moderator")
    assert trail() == []
    db.session.commit()
    [record] = trail()
    assert (record.action, record.actor) == ("role_changed", "tomasz")
    assert (record.object_kind, record.object_id) == ("person", world.jonas.id)
    assert record.detail == {"before": "member", "after": "moderator"}
    assert record.actor_role == "administrator"
    assert record.outcome == Outcome.SUCCESS


def test_what_was_rolled_back_is_not_in_the_trail(world, trail):
    leaving.deactivate(world.tomasz, world.jonas)
    db.session.rollback()
    db.session.commit()
    assert trail() == []


def test_what_a_savepoint_undid_is_told_with_the_rest_at_the_end_only(world, trail):
    with db.session.begin_nested():
        leaving.deactivate(world.tomasz, world.jonas)
    assert trail() == []
    db.session.commit()
    assert [record.action for record in trail()] == ["deactivated"]


def test_a_vote_does_not_matter_to_security(world, trail):
    voting.vote(world.priya, world.insulin)
    db.session.commit()
    assert trail() == []


def test_a_failed_sign_in_is_there_although_it_was_refused(world, trail):
    db.session.commit()
    with pytest.raises(Invalid):
        signing_in.check("amina", "wrong password", "10.1.2.3")
    [record] = trail()
    assert (record.action, record.outcome) == ("sign_in_failed", Outcome.MINOR_FAILURE)
    assert (record.actor, record.object_id) == ("unknown", world.amina.id)


@pytest.mark.parametrize("typed", ["nobody", "Mrs Smith", "my own password"])
def test_a_sign_in_under_an_unknown_name_is_there_without_the_name(world, trail, typed):
    db.session.commit()
    for _ in range(2):
        with pytest.raises(Invalid):
            signing_in.check(typed, "wrong password", "10.1.2.3")
    first, second = trail()
    assert (first.action, first.actor, first.object_id) == ("sign_in_failed", "unknown", None)
    assert first.detail["why"] == "unknown name"
    assert first.detail == second.detail, "the same name again"
    assert typed.lower() not in str(first.detail).lower()


def test_a_sign_in_that_has_to_wait_is_there(world, trail, configure):
    configure(ratelimit_enabled=True)
    db.session.commit()
    for _ in range(throttling.FREE_ATTEMPTS):
        with pytest.raises(Invalid):
            signing_in.check("amina", "wrong password", "10.1.2.3")
    with pytest.raises(TooMany):
        signing_in.check("amina", "wrong password", "10.1.2.3")
    assert trail()[-1].detail["why"] == "has to wait"


def test_a_sign_in_with_a_shared_account_is_there(world, trail, configure):
    configure(shared_accounts=["ward7b"])
    db.session.commit()
    with pytest.raises(Invalid):
        signing_in.check("WARD7B", "wrong password", "10.1.2.3")
    [record] = trail()
    assert record.detail["why"] == "shared account"
    assert "ward7b" not in str(record.detail).lower()


def test_what_a_moderator_does_to_what_others_wrote_is_there_and_nothing_else(world, trail):
    editing.edit(world.jonas, world.insulin_answer, 1, body="Four weeks, at room temperature.")
    editing.edit(world.ruth, world.gloves_answer, 1, body="Two pairs, as the new policy says.")
    accepting.accept(world.amina, world.insulin_answer)
    moved = answering.answer(world.amina, world.pump, "Same here.")
    db.session.commit()
    assert trail() == []
    editing.edit(world.ruth, world.insulin_answer, 2, body="Four weeks.")
    accepting.withdraw(world.amina, world.insulin_answer)
    accepting.accept(world.ruth, world.insulin_answer)
    converting.to_comment(world.ruth, moved)
    db.session.commit()
    done = [record.action for record in trail() if record.actor == "ruth"]
    assert done == ["edited", "accepted", "post_moved"]


def test_where_somebody_acted_from_is_in_the_trail(world, trail):
    circumstances.arrive("10.1.2.3", "abc")
    leaving.deactivate(world.tomasz, world.jonas)
    db.session.commit()
    circumstances.arrive(None)
    [record] = trail()
    assert (record.address, record.session) == ("10.1.2.3", "abc")


def test_records_of_two_transactions_follow_each_other(world, trail):
    leaving.deactivate(world.tomasz, world.jonas)
    db.session.commit()
    with apart() as session:
        note(session, Verb.EXPORTED, "board")
    leaving.reactivate(world.tomasz, world.jonas)
    db.session.commit()
    first, second, third = trail()
    assert [second.seq - first.seq, third.seq - second.seq] == [1, 1]
    assert second.prev_hash == first.hash
    assert third.prev_hash == second.hash


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_record SET actor = 'somebody else'", "DELETE FROM audit_record"],
)
def test_the_database_refuses_to_change_it(world, trail, statement):
    leaving.deactivate(world.tomasz, world.jonas)
    db.session.commit()
    with pytest.raises((IntegrityError, DatabaseError), match="only added to"):
        db.session.execute(text(statement))
    db.session.rollback()
    assert [record.actor for record in trail()] == ["tomasz"]


def another(column):
    """A record in the place of the newest, which has this column in common with it."""
    names = [each.name for each in AuditRecord.__table__.columns]
    new = {"seq": "seq + 1", "event_id": "'other'", "actor": "'mallory'"}
    values = [new.get(name, name) if name != column else name for name in names]
    newest = "(SELECT max(seq) FROM audit_record)"
    return f"({', '.join(names)}) SELECT {', '.join(values)} FROM audit_record WHERE seq = {newest}"


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("column", ["seq", "event_id"])
@pytest.mark.parametrize("how", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"])
def test_nor_to_put_another_record_in_its_place(world, trail, how, column):
    leaving.deactivate(world.tomasz, world.jonas)
    db.session.commit()
    with pytest.raises((IntegrityError, DatabaseError), match="only added to"):
        db.session.execute(text(f"{how} INTO audit_record {another(column)}"))
    db.session.rollback()
    assert [record.actor for record in trail()] == ["tomasz"]


@pytest.mark.only_on("postgres")
def test_nor_to_empty_it(world):
    with pytest.raises(DatabaseError, match="only added to"):
        db.session.execute(text("TRUNCATE audit_record"))
    db.session.rollback()


def test_settings_that_changed_are_in_the_trail_once_a_start(world, trail, configure):
    configure(site_name="Ward talk", secret_key="nobody may read this")
    assert configuring.note_changes() == 1
    assert configuring.note_changes() == 0
    [record] = trail()
    assert record.action == "settings_changed"
    assert {"site_name", "secret_key"} <= set(record.detail["changed"])
    assert record.detail["settings"]["site_name"] == "Ward talk"
    assert "nobody may read this" not in str(record.detail)
    configure(site_name="Ward board")
    assert configuring.note_changes() == 1
    assert trail()[-1].detail["changed"] == ["site_name"]


def test_the_same_settings_at_the_next_start_are_no_change(world, trail, configure):
    configure(site_name="Ward talk")
    configuring.note_changes()
    configure(site_name="Ward talk")
    assert configuring.note_changes() == 0
    assert len(trail()) == 1


def test_a_checkpoint_is_kept_when_the_board_is_stopped(world, configure, tmp_path):
    configure(audit_checkpoints=str(tmp_path))
    assert checkpointing.keep_due() == 1
    leaving.deactivate(world.tomasz, world.jonas)
    db.session.commit()
    assert [checkpointing.keep_last(), checkpointing.keep_last()] == [1, 0]
    kept = checkpointing.read(tmp_path).standing
    assert [each.why for each in kept] == ["hourly", "stopped"]
    assert kept[-1].seq == kept[0].seq + 1


def test_checkpoints_are_kept_hourly_while_something_is_written(world, configure, tmp_path):
    configure(audit_checkpoints=str(tmp_path))
    assert checkpointing.keep_due() == 1
    first = checkpointing.read(tmp_path).standing[0].seq
    leaving.deactivate(world.tomasz, world.jonas)
    leaving.reactivate(world.tomasz, world.jonas)
    db.session.commit()
    assert checkpointing.keep_due() == 0
    with held_at(now() + timedelta(hours=2)):
        assert checkpointing.keep_due() == 1
        assert checkpointing.keep_due() == 0
    with held_at(now() + timedelta(hours=9)):
        assert checkpointing.keep_due() == 0
    kept = checkpointing.read(tmp_path).standing
    assert [checkpoint.seq for checkpoint in kept] == [first, first + 2]
