"""Posting a question that had been put aside: the experts who were chosen are asked now.

Named in the wiring.
"""

from contextlib import suppress

from board.core.database import db
from board.core.errors import Problem
from board.experts import requesting
from board.experts.suggesting import MOST_WHILE_ASKING
from board.people.models import Person
from board.people.queries import person_called
from board.posts import releasing
from board.posts.models import Question
from board.privacy.elsewhere import Writing


def post(author: Person | None, held: Writing) -> int:
    """Post it as its author and ask whom they chose; who cannot be asked any more is left out."""
    id = releasing.post(author, held)
    chosen = filter(None, held.fields.get("ask", "").split(","))
    for handle in list(chosen)[:MOST_WHILE_ASKING]:
        with suppress(Problem):
            assert author is not None  # nothing is posted without one
            requesting.ask_expert(author, db.session.get_one(Question, id), person_called(handle))
    return id
