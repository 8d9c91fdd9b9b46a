"""Sealed text: encrypted with a key that is not in the database, so that a copy tells nothing.

The key is a file of the data folder beside the secret key. Whoever copies the database alone, or
finds an old backup of it, cannot read what was sealed.
"""

from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from flask import Flask, current_app

from board.core.errors import Gone
from board.core.signing import write_once

KEY_FILE = "quarantine.key"
UNREADABLE = (
    "This was sealed with another key than the one in the data folder, so nobody can read it."
)


def init_app(app: Flask, folder: Path) -> None:
    """Say where the key is; it is made when something is sealed for the first time."""
    app.extensions["board.sealing"] = folder / KEY_FILE


def seal(text: str) -> str:
    """The text, unreadable without the key."""
    return _fernet().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again. Raises `Gone` when the key is another one."""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Gone(UNREADABLE) from None


def _fernet() -> Fernet:
    path: Path = current_app.extensions["board.sealing"]
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_once(path, Fernet.generate_key().decode())
    return Fernet(path.read_text().strip())
