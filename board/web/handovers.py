"""Hand-over: what waits with people who are not here."""

from collections.abc import Sequence
from itertools import groupby

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from board.core.database import AnyRow, db
from board.core.errors import require
from board.experts import requesting, suggesting
from board.experts.suggesting import Suggestion
from board.people.queries import person_called
from board.posts.models import Question
from board.routing import handing
from board.web.forms import typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

MOST_WITH_SUGGESTIONS = 10
MOST_NAMED = 2

pages = Pages("handovers")


@pages.shown("/experts/handover")
def index() -> str:
    require(handing.may_look(reader()), handing.REFUSAL)
    requests, seats = handing.requests(reader()), handing.seats(reader())
    people = {row.handle: row for row in (*requests, *seats)}
    return page(
        "handovers/index.html",
        fitting=_fitting(requests),
        people=sorted(people.values(), key=lambda row: (row.name, row.handle)),
        requests={key: list(rows) for key, rows in groupby(requests, lambda row: row.handle)},
        seats={key: list(rows) for key, rows in groupby(seats, lambda row: row.handle)},
    )


def _fitting(requests: Sequence[AnyRow]) -> dict[int, list[Suggestion]]:
    """Who could take each of the first few, for one press; the others are handed over by name."""
    ids = list(dict.fromkeys(row.question_id for row in requests))[:MOST_WITH_SUGGESTIONS]
    questions = db.session.scalars(select(Question).where(Question.id.in_(ids)))
    return {each.id: suggesting.suggest(each)[:MOST_NAMED] for each in questions}


@pages.post("/requests/<id:id>/handover")
def create(id: int) -> ResponseReturnValue:
    """To somebody else, or, without a name, back to the ladder of the question."""
    request, handle = requesting.request_with_id(id), typed("handle").strip().lstrip("@")
    if not handle:
        handing.give_back(me(), request)
        return moved(url_for("handovers.index"), "The board looks for somebody who knows.")
    made = handing.hand_over(me(), request, person_called(handle))
    return moved(url_for("handovers.index"), f"{made.person.name} has it now.")


@pages.post("/experts/handover/<name>")
def create_all(name: str) -> ResponseReturnValue:
    person, handle = person_called(name), typed("handle").strip().lstrip("@")
    to = person_called(handle) if handle else None
    handed, returned = handing.hand_over_all(me(), person, to)
    said = f"{handed} handed over, {returned} looked for anew."
    return moved(url_for("handovers.index"), said)
