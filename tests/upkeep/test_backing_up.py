"""Backups: made while people work, looked at before they are trusted, put back."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from board.core.database import db
from board.core.errors import Refused
from board.posts import asking
from board.upkeep import backing_up

sqlite = pytest.mark.only_on("sqlite")


@pytest.fixture
def folder(world, tmp_path):
    db.session.commit()
    return tmp_path


def questions(file):
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT count(*) FROM post WHERE kind='question'").fetchone()[0]


@pytest.mark.only_on("postgres")
def test_postgres_has_its_own_tools(folder):
    with pytest.raises(Refused, match="pg_dump"):
        backing_up.back_up(folder)


@sqlite
def test_a_backup_holds_everything_and_is_whole(folder, world):
    copy = backing_up.back_up(folder)
    assert copy.parent == folder / "backups"
    assert questions(copy) == 3


@sqlite
def test_a_backup_while_somebody_writes(folder, world):
    asking.ask(world.amina, "Not committed yet?")
    copy = backing_up.back_up(folder)
    db.session.commit()
    assert questions(copy) == 3
    assert questions(backing_up.back_up(folder)) == 4


@sqlite
def test_two_backups_in_one_second_are_two_files(folder, world):
    assert backing_up.back_up(folder) != backing_up.back_up(folder)


@sqlite
def test_a_backup_is_put_back_and_what_was_there_is_kept(folder, world):
    copy = backing_up.back_up(folder)
    asking.ask(world.amina, "Asked after the backup?")
    db.session.commit()
    aside = backing_up.restore(copy)
    assert world.insulin.title
    assert db.session.query(type(world.insulin)).count() == 3
    assert questions(aside) == 4
    db.session.remove()
    db.engine.dispose()
    aside.unlink()


@sqlite
def test_nothing_is_put_back_under_people_who_work(folder, world):
    copy = backing_up.back_up(folder)
    with closing(sqlite3.connect(db.engine.url.database)) as somebody:
        somebody.execute("SELECT count(*) FROM post").fetchone()
        with pytest.raises(Refused, match="Stop it first"):
            backing_up.restore(copy)


def damage(file):
    content = bytearray(file.read_bytes())
    content[4096:40960] = b"\x5a" * 36864
    file.write_bytes(content)


def truncate(file):
    file.write_bytes(file.read_bytes()[:50_000])


def replace(file):
    file.write_text("This is a letter.")


def empty(file):
    file.write_bytes(b"")


def from_the_future(file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num='9999'")
        connection.commit()


@sqlite
@pytest.mark.parametrize("harm", [damage, truncate, replace, empty, from_the_future])
def test_what_is_no_sound_board_is_not_put_back(folder, world, harm):
    copy = backing_up.back_up(folder)
    harm(copy)
    before = Path(db.engine.url.database).stat().st_size
    with pytest.raises(Refused):
        backing_up.restore(copy)
    assert Path(db.engine.url.database).stat().st_size == before
    assert db.session.query(type(world.insulin)).count() == 3


@sqlite
def test_a_file_that_is_not_there(folder, world):
    with pytest.raises(Refused, match="no file"):
        backing_up.restore(folder / "nothing.db")


@sqlite
def test_a_full_disk_leaves_no_half_backup(folder, world, monkeypatch):

    def full(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backing_up, "_sync", full)
    with pytest.raises(OSError, match="No space"):
        backing_up.back_up(folder)
    assert list((folder / "backups").iterdir()) == []
