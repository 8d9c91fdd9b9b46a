"""Secrets: tokens that only their holder knows, and what we keep to recognize them."""

import hashlib
import hmac
import secrets
from pathlib import Path

from flask import current_app

SECRET_FILE = "secret.key"


def new_token() -> str:
    """256 random bits, safe in an address or a cookie."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What the database keeps of a token: it recognizes the token and cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_fingerprint(value: str) -> str:
    """A fingerprint of something guessable (a name), worthless without the board's secret key."""
    key = str(current_app.secret_key).encode()
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


def secret_key(folder: Path) -> str:
    """The board's secret key, from its file in the data folder; made there the first time."""
    path = folder / SECRET_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_once(path, new_token())
    return path.read_text().strip()


def write_once(path: Path, secret: str) -> None:
    """Write a key unless another process was quicker; the file appears whole or not at all."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(secret)
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass  # the other process' key is the board's key
    finally:
        draft.unlink()
