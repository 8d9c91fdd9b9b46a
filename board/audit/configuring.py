"""Changes of settings, which are made in a file: noticed when the board starts with others."""

from dataclasses import asdict, fields
from typing import Any

from flask import current_app
from sqlalchemy import select

from board.activity.recording import note
from board.activity.verbs import Verb
from board.audit.models import AuditRecord
from board.config import Settings, settings
from board.core.database import db
from board.core.signing import keyed_fingerprint

SECRET = ("key", "password", "secret", "token", "url")

_SEEN = "board.audit.settings"


def note_changes() -> int:
    """A due task: put on record which settings differ from those the trail knows. Once a start."""
    if current_app.extensions.get(_SEEN) is settings():
        return 0
    present, before = _chosen(settings()), _known()
    changed = sorted(name for name in {*present, *before} if present.get(name) != before.get(name))
    if changed:
        note(db.session, Verb.SETTINGS_CHANGED, "board", changed=changed, settings=present)
    db.session.commit()
    current_app.extensions[_SEEN] = settings()
    return 1 if changed else 0


def _chosen(present: Settings) -> dict[str, Any]:
    """What the site set otherwise than it comes; of a secret, only enough to see it change."""
    defaults = {field.name: field.default for field in fields(Settings)}
    return {
        name: keyed_fingerprint(str(value))[:12] if any(word in name for word in SECRET) else value
        for name, value in asdict(present).items()
        if value != defaults[name]
    }


def _known() -> dict[str, Any]:
    """The settings that the trail spoke of last."""
    detail = db.session.scalar(
        select(AuditRecord.detail)
        .where(AuditRecord.action == Verb.SETTINGS_CHANGED)
        .order_by(AuditRecord.seq.desc())
        .limit(1)
    )
    return dict(detail["settings"]) if detail else {}
