"""Founding a board."""

import tomllib
from pathlib import Path

import pytest
from sqlalchemy import func, select

from board.core.database import db
from board.core.errors import Invalid, Refused
from board.people.models import Person
from board.upkeep import founding


def test_a_founded_board_is_empty_and_knows_itself(empty):
    assert founding.is_empty()
    assert len(founding.fact("board_id")) == 8
    assert founding.fact("nothing") is None


def test_founding_again_changes_nothing(world, tmp_path):
    before = founding.fact("board_id")
    (tmp_path / "board.toml").write_text('site_name = "Ours"')
    db.session.commit()
    founding.found(tmp_path)
    assert founding.fact("board_id") == before
    assert (tmp_path / "board.toml").read_text() == 'site_name = "Ours"'
    assert not founding.is_empty()


def test_the_settings_file_explains_every_setting(empty, tmp_path):
    founding.found(tmp_path)
    text = (Path(tmp_path) / "board.toml").read_text()
    assert tomllib.loads(text) == {}
    for name in ("site_name", "public_reading", "trusted_networks", "idle_minutes"):
        assert f"# {name} = " in text


def test_the_first_administrator(empty):
    person = founding.add_first_administrator("tomasz", "Tomasz Z", "a good long password")
    assert person.is_administrator
    with pytest.raises(Refused, match="people already"):
        founding.add_first_administrator("second", "Second", "a good long password")


def test_a_first_administrator_needs_a_password(empty):
    with pytest.raises(Invalid):
        founding.add_first_administrator("tomasz", "Tomasz Z", "short")
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0
