"""Replies: a whole page, or the one part of it that HTMX asked for."""

from collections.abc import Iterable
from typing import Any

from flask import Flask, Response, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from htmx_flask import request

SENT_BY_PAGE = "Board-Sends"  # sent by static/sending.js, which notices when nothing comes back
LEADS_TO = "Board-Location"


def init_app(app: Flask) -> None:
    """A form that the page sends by itself hears where to go, and goes there as a browser would."""
    app.after_request(_lead)


def _lead(response: Response) -> Response:
    if SENT_BY_PAGE in request.headers and response.location is not None:
        response.headers[LEADS_TO] = response.headers.pop("Location")
        response.status_code, response.data = 200, b""
    return response


def page(template: str, *, parts: Iterable[str] = (), **context: Any) -> str:
    """The page, or the named part of it if that is the element HTMX wants to replace.

    A part's name is the id of its element and the name of its file: part `more` of
    `questions/index.html` is `questions/_more.html`.
    """
    if request.htmx and request.htmx.target in parts:
        folder = template.rpartition("/")[0]
        template = f"{folder}/_{request.htmx.target}.html"
    return render_template(template, **context)


def changed(part: str, *, back_to: str, said: str = "", **context: Any) -> ResponseReturnValue:
    """After a deed: the part that changed for HTMX, else the page it stands on, with a word."""
    g.made_at = back_to
    if request.htmx:
        return render_template(part, said=said, **context)
    return moved(back_to, said)


def moved(location: str, said: str = "") -> ResponseReturnValue:
    """After a deed that leads somewhere else."""
    g.made_at = location
    if said:
        flash(said)
    if request.htmx:
        return "", 200, {"HX-Redirect": location}
    return redirect(location, 303)
