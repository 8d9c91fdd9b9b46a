"""Founding a board: the tables, the board's id, and its first administrator."""

import secrets
from pathlib import Path

from sqlalchemy import exists, select

from board import config
from board.core.database import db
from board.core.errors import Refused
from board.people import joining
from board.people.models import CONSOLE, Person, Role
from board.posts import rescanning
from board.posts.models import Post
from board.signin import passwords
from board.upkeep import furnishing, schema
from board.upkeep.models import SiteFact


def found(folder: Path) -> None:
    """Make what a board needs in this folder and its database; what is there already is kept."""
    settings_file = folder / config.FILE
    if not settings_file.exists():
        settings_file.write_text(config.as_toml(), encoding="utf-8")
    schema.migrate()
    if db.session.get(SiteFact, "board_id") is None:
        db.session.add(SiteFact(name="board_id", value=secrets.token_hex(4)))
        rescanning.begin_with_nothing()
    db.session.commit()
    furnishing.furnish()


def add_first_administrator(handle: str, name: str, password: str) -> Person:
    """The first person of a board. Raises `Invalid`, or `Refused` where somebody is already."""
    if not is_empty():
        raise Refused("This board has people already. Add others with: board user add")
    hashed = passwords.Hash.of(password)
    person = joining.add(CONSOLE, handle, name=name, role=Role.ADMINISTRATOR)
    passwords.assign(CONSOLE, person, hashed, must_change=False)
    db.session.commit()
    return person


def is_empty() -> bool:
    """Whether nobody and nothing is on this board yet."""
    somebody = select(exists(select(Person.id)))
    something = select(exists(select(Post.id)))
    return not (db.session.scalar(somebody) or db.session.scalar(something))


def fact(name: str) -> str | None:
    """What the board knows of itself under this name."""
    found = db.session.get(SiteFact, name)
    return found.value if found else None
