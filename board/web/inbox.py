"""The inbox: what is new for somebody, and what they watch."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from board.curation import recalling
from board.inbox import reading, saving, watching
from board.inbox.models import Watched
from board.web.forms import number
from board.web.pages import Pages
from board.web.responding import changed, moved, page
from board.web.visiting import is_local, me, signed_in

pages = Pages("inbox")

SAID = {
    "read": "Marked as read.",
    "unread": "Marked as unread.",
    "done": "Done.",
    "later": "It comes back next shift.",
}


@pages.shown("/inbox")
def index() -> str:
    reader = signed_in()
    return page(
        "inbox/index.html",
        inbox=reading.inbox(reader.id, reader.session_id),
        recalled=recalling.out_of_sight(reader.id),
    )


@pages.shown("/inbox/badge", quiet=True)
def badge() -> ResponseReturnValue:
    """What every open page asks now and then: nothing changed (204), or the new number."""
    count = reading.unread(signed_in().id)
    if str(count) == request.args.get("shown"):
        return "", 204
    return page("inbox/_badge.html", unread=count)


@pages.post("/inbox/<id:id>", while_suspended=True)
def update(id: int) -> ResponseReturnValue:
    """Set the news about this question, tag or search aside."""
    what, about = request.form.get("what", ""), request.form.get("about", Watched.QUESTION)
    person = me()
    reading.set_aside(person.id, about, id, what)
    return changed(
        "inbox/_list.html",
        back_to=url_for("inbox.index"),
        said=SAID[what],
        inbox=reading.inbox(person.id, signed_in().session_id),
    )


@pages.post("/inbox/all", while_suspended=True)
def clear() -> ResponseReturnValue:
    reading.set_all_aside(me().id)
    return moved(url_for("inbox.index"), "Everything is done.")


@pages.shown("/watching")
def watched() -> str:
    person = signed_in()
    return page(
        "inbox/watching.html",
        watched=watching.watched_by(person.id),
        searches=saving.searches_of(person.id),
    )


@pages.post("/watching", while_suspended=True)
def watch() -> ResponseReturnValue:
    kind, target, level = request.form.get("kind", ""), number("target"), request.form.get("level")
    watching.watch(me().id, kind, target, level or "")
    if request.form.get("from") == "list":
        return moved(url_for("inbox.watched"), "Saved.")
    address = request.form.get("back", "")
    return changed(
        "inbox/_watch.html",
        back_to=address if is_local(address) else url_for("inbox.watched"),
        said="Saved.",
        kind=kind,
        target=target,
        level=level,
        back=address,
    )
