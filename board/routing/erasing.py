"""What a purge does to the ladder: lines taken from the rota that hold a passage."""

from collections.abc import Sequence

from sqlalchemy import select

from board.core.database import db
from board.privacy.passages import pattern_of
from board.privacy.sweeping import sweep_rows
from board.routing.models import Step


def sweep(passages: Sequence[str], cursor: int) -> tuple[int | None, int]:
    """Remove the passages from the steps that were done."""
    del cursor
    with_line = db.session.scalars(select(Step).where(Step.line != "")).all()
    return None, sweep_rows(with_line, pattern_of(passages))
