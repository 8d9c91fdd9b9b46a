"""The moderators' queue: one item at a time, closed with one or two presses."""

from typing import Any

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue
from htmx_flask import request

from board.core.errors import Invalid, require
from board.core.queueing import kind_called, kinds
from board.moderation import queueing, suggesting, summing_up
from board.moderation.rules import may_moderate
from board.web.forms import typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

LESS_URGENT = "all"

UNDONE_UNVERIFIED = (
    "Undone: it waits again. The words are back, but the verified mark is not: somebody who knows "
    "the topic has to read them once more, and whoever had verified them was told."
)

pages = Pages("queue")


@pages.shown("/queue")
def index() -> str:
    require(may_moderate(reader()), queueing.REFUSAL)
    return page("queue/index.html", parts=["queue"], **_next())


@pages.shown("/queue/week")
def week() -> str:
    """The last seven days on one printable page."""
    return page("queue/week.html", week=summing_up.last_week(reader()))


@pages.shown("/queue/<kind>/<id:id>")
def show(kind: str, id: int) -> str:
    """One item, such as the one whose form was not taken."""
    return page("queue/index.html", **_with(queueing.item(reader(), kind, id)))


@pages.post("/queue/<kind>/<id:id>", again="queue.show", texts=("words",))
def decide(kind: str, id: int) -> ResponseReturnValue:
    """The next item comes by itself; whoever was second hears what the first decided."""
    if not typed("decision"):
        raise Invalid({"words": "Press one of the buttons: Enter alone decides nothing."})
    try:
        ruling = queueing.decide(me(), kind, id, typed("decision"), typed("words"), typed("shown"))
    except queueing.Decided as decided:
        return _shown(decided.message), decided.status
    decision = kind_called(kind).decision(ruling.decision)
    return _on(f"Done: {decision.done}.")


@pages.post("/queue/<kind>/<id:id>/later")
def set_aside(kind: str, id: int) -> ResponseReturnValue:
    queueing.set_aside(me(), kind, id)
    return _on("You see it again tomorrow.")


@pages.post("/queue/undo")
def undo() -> ResponseReturnValue:
    try:
        undone = queueing.undo(me())
    except queueing.Decided as late:
        return _shown(late.message), late.status
    is_unverified = suggesting.cost_a_mark(undone)
    return _on(UNDONE_UNVERIFIED if is_unverified else "Undone: it waits again.")


@pages.post("/queue/habits")
def keep_habits() -> ResponseReturnValue:
    keys = request.form.get("keys")
    queueing.keep_habits(
        me(),
        introduced="introduced" in request.form,
        uses_keys=None if keys is None else keys == "1",
    )
    return moved(_here(), "")


def _on(said: str) -> ResponseReturnValue:
    """The next item: as a part for HTMX, else on its page."""
    if request.htmx:
        return render_template("queue/_queue.html", said=said, **_next())
    return moved(_here(), said)


def _shown(said: str) -> str:
    template = "queue/_queue.html" if request.htmx else "queue/index.html"
    return render_template(template, said=said, **_next())


def _next() -> dict[str, Any]:
    person = reader()
    waiting = queueing.waiting(person)
    only_urgent = not _shows_all() and not waiting.urgent
    return _with(queueing.next_item(person, urgent_only=only_urgent), waiting)


def _with(item: queueing.Item | None, waiting: queueing.Waiting | None = None) -> dict[str, Any]:
    person = reader()
    waiting = waiting or queueing.waiting(person)
    kept = queueing.habits(person)
    g.waiting = waiting.total
    return {
        "item": item,
        "is_own": item is not None and queueing.is_alone_with(person, item.kind, item.id),
        "waiting": waiting,
        "kinds": kinds(),
        "is_first_visit": kept is None or kept.introduced_at is None,
        "uses_keys": kept is None or kept.uses_keys,
        "last": queueing.last_ruling(person),
        "shows_all": _shows_all(),
    }


def _shows_all() -> bool:
    asked: str | None = request.form.get("show") or request.args.get("show")
    return asked == LESS_URGENT


def _here() -> str:
    return url_for("queue.index", show=LESS_URGENT if _shows_all() else None)
