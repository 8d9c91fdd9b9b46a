"""Replies: a whole page, or the one part of it that HTMX asked for."""

from collections.abc import Iterable
from typing import Any

from flask import flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from htmx_flask import request


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
