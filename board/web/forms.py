"""What was typed into a form."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from htmx_flask import request

from board.core import submissions
from board.core.errors import Invalid
from board.core.markup import Text
from board.core.text import tidy
from board.curation.describing import Described

EVIDENCE = ("setting", "site", "department", "source_kind", "source", "doi", "pmid", "grade")

View = TypeVar("View", bound=Callable[..., Any])


def typed(name: str) -> str:
    """A field of the form, tidied; empty when it was not sent."""
    return tidy(request.form.get(name, ""))


def number(name: str) -> int:
    """A whole number the form carries for us; 0 when it was tampered with."""
    digits = request.form.get(name, "")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else 0


def evidence() -> Described | None:
    """What an answer rests on, if the form asked for it."""
    if "evidence" not in request.form:
        return None
    return Described(
        applies_to=tuple(request.form.getlist("applies_to")),
        **{name: typed(name) for name in EVIDENCE},
    )


def pressed(name: str, message: str) -> bool:
    """Which state a button leads to, 1 or 0. Raises `Invalid` for anything else."""
    state = request.form.get(name)
    if state not in ("0", "1"):
        raise Invalid({name: message})
    return bool(state == "1")


def render_body() -> None:
    """Make the HTML of the text that was typed, before the writer's lock is taken."""
    g.body = Text.of(request.form.get("body", ""))


def body() -> Text:
    """The text that was typed, with its HTML."""
    text: Text = g.body
    return text


def once(view: View) -> View:
    """The same form sent twice does its work once; the second is led to what the first made."""

    @wraps(view)
    def wrapper(**arguments: Any) -> ResponseReturnValue:
        key = request.form.get("submission_key", "")
        if not key:
            return view(**arguments)  # type: ignore[no-any-return]
        if not submissions.claim(current_user.id, key):
            return _led_to(submissions.location_of(current_user.id, key))
        reply: ResponseReturnValue = view(**arguments)
        submissions.settle(current_user.id, key, g.get("made_at") or url_for("questions.index"))
        return reply

    return wrapper  # type: ignore[return-value]


def settle_key(person_id: int, key: str, location: str) -> None:
    """Whoever sends this form again is led here from now on."""
    if submissions.location_of(person_id, key) is not None:
        submissions.settle(person_id, key, location)


def _led_to(location: str | None) -> ResponseReturnValue:
    location = location or url_for("questions.index")
    if not request.htmx:
        return redirect(location, 303)
    if urlsplit(location).path == urlsplit(request.htmx.current_url or "").path:
        return "", 200, {"HX-Refresh": "true"}  # another anchor alone would fetch nothing
    return "", 200, {"HX-Redirect": location}
