"""Wall screens: what one shows, and where an administrator makes and ends their tokens.

A token in an address ends up in proxies' logs, so it stands there only once: `/wall/<token>` puts
it into a cookie that goes nowhere but to `/wall`, and leads there. That address the screen asks
every minute, and whoever reads it over its shoulder reads no secret.
"""

from datetime import timedelta

from flask import make_response, redirect, request
from flask import url_for as address_of
from flask.typing import ResponseReturnValue

from board.core.clock import now
from board.core.database import db
from board.core.errors import Refused, require
from board.people import queries
from board.posts import overview
from board.signin import displays
from board.signin.displays import Display
from board.web.displaying import link as url_for
from board.web.forms import typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

COOKIE = "wall"
KEPT = timedelta(days=400)
PERIOD = timedelta(hours=24)
SHOWN = 3
SECONDS = 60

pages = Pages("walls")


@pages.shown("/wall/<token>", public=True, quiet=True)
def begin(token: str) -> ResponseReturnValue:
    """Where a screen starts: its token moves from the address into a cookie."""
    try:
        displays.opened(token, request.remote_addr)
    except Refused as refusal:
        return _wall(None, refusal.message)
    response = make_response(redirect(url_for("walls.show"), 303))
    response.set_cookie(
        COOKIE,
        token,
        max_age=KEPT,
        path=url_for("walls.show"),
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )
    return response


@pages.shown("/wall", public=True, quiet=True)
def show() -> ResponseReturnValue:
    try:
        display = displays.opened(request.cookies.get(COOKIE, ""), request.remote_addr)
    except Refused as refusal:
        return _wall(None, refusal.message)
    return _wall(display, "")


@pages.shown("/walls")
def index() -> str:
    require(displays.may_manage_displays(reader()), displays.REFUSAL)
    return page(
        "walls/index.html",
        displays=displays.displays(),
        departments=db.session.execute(queries.departments()).all(),
    )


@pages.post("/walls", again="walls.index")
def create() -> ResponseReturnValue:
    """The address is shown once, in the answer itself: nothing keeps it."""
    networks = typed("networks").replace(",", " ").split()
    name = typed("name")
    secret = displays.create(me(), name, typed("department"), networks)
    address = address_of("walls.begin", token=secret, _external=True)
    return page("walls/made.html", name=name, address=address)


@pages.post("/walls/<id:id>/end")
def end(id: int) -> ResponseReturnValue:
    displays.end(me(), id)
    return moved(url_for("walls.index"), "The screen shows nothing any more.")


def _wall(display: Display | None, refusal: str) -> ResponseReturnValue:
    found = None
    if display is not None:
        found = overview.overview(display.department_id, now() - PERIOD, SHOWN)
    shown = page(
        "walls/show.html",
        parts=["wall"],
        display=display,
        found=found,
        refusal=refusal,
        refreshed_at=now(),
        seconds=SECONDS,
    )
    return shown, 403 if display is None else 200, {"X-Robots-Tag": "noindex, nofollow"}
