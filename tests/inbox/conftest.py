"""Everybody has read what the cast did before the test begins."""

import pytest
from sqlalchemy import delete

from board.core.database import db
from board.inbox.models import Notification, Telling


@pytest.fixture(autouse=True)
def quiet(world):
    for table in (Notification, Telling):
        db.session.execute(delete(table))
    db.session.commit()
