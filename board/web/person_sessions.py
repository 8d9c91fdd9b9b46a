"""Where somebody is signed in: for themselves, and for administrators."""

from flask import url_for
from flask.typing import ResponseReturnValue

from board.people import queries
from board.signin import ending
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, signed_in

pages = Pages("person_sessions")


@pages.shown("/people/<handle>/sessions")
def index(handle: str) -> str:
    person = queries.person_called(handle)
    return page(
        "people/sessions.html",
        person=person,
        sessions=ending.standing(me(), person),
        here=signed_in().session_id,
    )


@pages.post("/people/<handle>/sessions/<id:id>/end", while_suspended=True)
def delete(handle: str, id: int) -> ResponseReturnValue:
    ending.end(me(), queries.person_called(handle), id)
    return moved(url_for("person_sessions.index", handle=handle), "That session is over.")


@pages.post("/people/<handle>/sessions/end", while_suspended=True)
def clear(handle: str) -> ResponseReturnValue:
    """All of them, but not the one this is asked from."""
    ending.end_all(me(), queries.person_called(handle), but=signed_in().session_id)
    return moved(url_for("person_sessions.index", handle=handle), "Those sessions are over.")
