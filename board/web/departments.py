"""A page for each department: what to look at together at a handover, on screen or printed."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import request

from board.core import shifts
from board.core.clock import now
from board.core.database import db
from board.inbox import watching
from board.inbox.models import Watched
from board.people import queries
from board.posts import overview
from board.web.pages import Pages
from board.web.responding import page
from board.web.visiting import reader

PERIODS: dict[str, Callable[[], datetime]] = {
    "shift": shifts.began,
    "day": lambda: now() - timedelta(hours=24),
    "week": lambda: now() - timedelta(days=7),
}

pages = Pages("departments")


@pages.shown("/departments", readable=True)
def index() -> str:
    rows = db.session.execute(queries.departments()).all()
    return page("departments/index.html", departments=rows)


@pages.shown("/departments/<slug>", readable=True)
def show(slug: str) -> str:
    department = queries.department_called(slug)
    period = request.args.get("period", "shift")
    period = period if period in PERIODS else "shift"
    since = PERIODS[period]()
    person = reader()
    level = watching.level_of(person.id, Watched.DEPARTMENT, department.id) if person.id else None
    return page(
        "departments/show.html",
        department=department,
        found=overview.overview(department.id, since),
        since=since,
        period=period,
        level=level,
    )
