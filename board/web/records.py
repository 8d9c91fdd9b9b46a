"""What the board records about whoever asks, on a page and as a file."""

import json
from datetime import date
from typing import Any

from flask import Response

from board.activity.recording import record
from board.activity.verbs import Verb
from board.core import clock, disclosing
from board.web.displaying import when
from board.web.pages import Pages
from board.web.responding import page
from board.web.visiting import me, signed_in

SHOWN = 10

pages = Pages("records")


@pages.shown("/records")
def index() -> str:
    records = disclosing.everything(signed_in().id)
    return page("records/index.html", records=records, shown=SHOWN, words=words)


@pages.post("/records/export", while_suspended=True)
def create() -> Response:
    """All of it as JSON; that it was taken is on record too."""
    person = me()
    record(person, Verb.EXPORTED, person)
    everything = {each.name: list(each.rows) for each in disclosing.everything(person.id)}
    content = {"person": person.handle, "made_at": clock.now(), **everything}
    text = json.dumps(content, default=_as_text, ensure_ascii=False, indent=1)
    response = Response(text, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="records-{person.handle}.json"'
    return response


def words(value: Any) -> Any:
    """A value as people read it."""
    if hasattr(value, "hour"):
        return when(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ") if value not in (None, "") else "-"


def _as_text(value: date) -> str:
    return value.isoformat()
