"""What is on record about somebody's conduct: open to moderators and to the person."""

from flask import url_for
from flask.typing import ResponseReturnValue

from board.core.errors import require
from board.moderation import sanctioning
from board.moderation.rules import may_sanction, may_see_conduct
from board.people.queries import person_called
from board.web.forms import typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

pages = Pages("conduct")


@pages.shown("/people/<handle>/conduct")
def show(handle: str) -> str:
    person = person_called(handle)
    require(may_see_conduct(reader(), person), "Only they themselves and moderators see this.")
    return page(
        "conduct/show.html",
        person=person,
        history=sanctioning.history(person.id),
        sanctions=sanctioning.given_to(person.id),
        removed=sanctioning.removed_of(person.id),
        may_sanction=may_sanction(reader(), person),
    )


@pages.post("/people/<handle>/warnings", again="conduct.show", texts=("words",))
def warn(handle: str) -> ResponseReturnValue:
    sanctioning.warn(me(), person_called(handle), typed("words"))
    return moved(_back(handle), "They read it at their next visit.")


@pages.post("/people/<handle>/suspension", again="conduct.show", texts=("words",))
def suspend(handle: str) -> ResponseReturnValue:
    sanctioning.suspend(me(), person_called(handle), typed("until"), typed("words"))
    return moved(_back(handle), "They read, and do not write, until then.")


@pages.post("/people/<handle>/suspension/end")
def end_suspension(handle: str) -> ResponseReturnValue:
    sanctioning.end_suspension(me(), person_called(handle))
    return moved(_back(handle), "They may write again.")


@pages.post("/warnings/<id:id>/acknowledgement", while_suspended=True)
def acknowledge(id: int) -> ResponseReturnValue:
    person = me()
    sanctioning.acknowledge(person, sanctioning.sanction_with_id(id))
    return moved(_back(person.handle), "Noted: you have read it.")


def _back(handle: str) -> str:
    return url_for("conduct.show", handle=handle)
