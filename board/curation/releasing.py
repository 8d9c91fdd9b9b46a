"""Posting an answer that had been put aside, with what it rests on. Named in the wiring."""

from board.core.database import db
from board.curation import describing
from board.curation.describing import Described
from board.people.models import Person
from board.posts import releasing
from board.posts.models import Answer
from board.privacy.elsewhere import Writing

FIELDS = ("setting", "site", "department", "source_kind", "source", "doi", "pmid", "grade")


def check(author: Person, held: Writing) -> None:
    """Raise what posting it would raise."""
    releasing.check(author, held)
    describing.checked(_described(held))


def post(author: Person | None, held: Writing) -> int:
    """Post it as its author; returns its id."""
    id = releasing.post(author, held)
    if "evidence" in held.fields:
        assert author is not None  # nothing is posted without one
        describing.describe(author, db.session.get_one(Answer, id), _described(held))
    return id


def _described(held: Writing) -> Described:
    if "evidence" not in held.fields:
        return Described()
    return Described(
        applies_to=tuple(filter(None, held.fields.get("applies_to", "").split(","))),
        **{name: held.fields.get(name, "") for name in FIELDS},
    )
