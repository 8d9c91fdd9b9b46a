"""Announcements: writing them for everybody, and putting one away."""

from urllib.parse import urlsplit

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from board.announcements import announcing, queries
from board.announcements.announcing import Typed
from board.announcements.models import Announcement
from board.announcements.rules import REFUSAL, may_announce
from board.config import settings
from board.core import clock
from board.core.errors import Invalid, require
from board.core.text import one_line
from board.web.forms import once, typed
from board.web.pages import Pages
from board.web.responding import changed, moved, page
from board.web.visiting import is_local, me, reader

NO_SUCH_PAGE = "That is no page of this board. Paste its address, or the number of a question."

pages = Pages("announcements")


@pages.shown("/announcements")
def index() -> str:
    require(may_announce(reader()), REFUSAL)
    return page("announcements/index.html", to_come=queries.to_come(), past=queries.past())


@pages.shown("/announcements/new")
def new() -> str:
    require(may_announce(reader()), REFUSAL)
    return page("announcements/edit.html", announcement=None, starts="", ends="")


@pages.post("/announcements", again="announcements.new", texts=("words",))
@once
def create() -> ResponseReturnValue:
    require(may_announce(reader()), REFUSAL)
    announcing.announce(me(), _typed())
    return moved(url_for("announcements.index"), "Everybody who is signed in sees it, until then.")


@pages.shown("/announcements/<id:id>/edit")
def edit(id: int) -> str:
    require(may_announce(reader()), REFUSAL)
    announcement = queries.announcement_with_id(id)
    return page("announcements/edit.html", announcement=announcement, **_span(announcement))


@pages.post("/announcements/<id:id>/edit", again="announcements.edit", texts=("words",))
def update(id: int) -> ResponseReturnValue:
    require(may_announce(reader()), REFUSAL)
    announcing.change(me(), queries.announcement_with_id(id), _typed())
    said = "Changed. Who has put it away already does not see it again."
    return moved(url_for("announcements.index"), said)


@pages.post("/announcements/<id:id>/end")
def end(id: int) -> ResponseReturnValue:
    announcing.end(me(), queries.announcement_with_id(id))
    return moved(url_for("announcements.index"), "Ended. Nobody sees it any more.")


@pages.post("/announcements/<id:id>/dismissal", while_suspended=True)
def dismiss(id: int) -> ResponseReturnValue:
    announcing.put_away(me(), queries.announcement_with_id(id))
    back = request.form.get("next", "")
    to = back if is_local(back) else url_for("questions.index")
    return changed("announcements/_put_away.html", back_to=to)


def _typed() -> Typed:
    return Typed(
        words=typed("words"),
        level=typed("level"),
        ends=typed("ends"),
        starts=typed("starts"),
        path=_path_of(one_line(typed("link"))),
    )


def _path_of(link: str) -> str:
    """The page somebody named, by its address here or as a question's number; without the title
    that an address carries. Raises `Invalid` for what is none.
    """
    if not link:
        return ""
    number = link.lstrip("#")
    try:
        parts = urlsplit(f"/questions/{number}" if number.isdecimal() else link)
    except ValueError:
        raise Invalid({"link": NO_SUCH_PAGE}) from None
    ours = {"", urlsplit(request.host_url).netloc, urlsplit(settings().board_address).netloc}
    path = parts.path.removeprefix(request.script_root)
    if parts.netloc not in ours or not path.startswith("/") or not _is_page(path):
        raise Invalid({"link": NO_SUCH_PAGE})
    place = path.split("/")
    return "/".join(place[:3]) if place[1] == "questions" and len(place) == 4 else path


def _is_page(path: str) -> bool:
    """Whether somebody who reads can open it."""
    try:
        endpoint, _ = current_app.url_map.bind("board").match(path, "GET")
    except (HTTPException, RequestRedirect):
        return False
    return getattr(current_app.view_functions[endpoint], "is_quiet", None) is False


def _span(announcement: Announcement) -> dict[str, str]:
    """From when to when, as a field for a moment takes it."""
    zone = settings().time_zone
    moments = {"starts": announcement.starts_at, "ends": announcement.ends_at}
    return {name: f"{clock.local(each, zone):%Y-%m-%dT%H:%M}" for name, each in moments.items()}
