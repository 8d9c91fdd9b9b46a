"""The lock of a session nobody uses: how soon, now, and opening it again."""

from flask import g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from board.core.database import db
from board.core.errors import Invalid
from board.people.models import Person
from board.signin import locking, pins, sessions, signing_in
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import is_local, locked, me, signed_in, without_words

WRONG = "That is not the password of whoever is named here."

pages = Pages("locks")


def check_password() -> None:
    """Slow on purpose, and throttled as signing in is: before the writer's lock is taken."""
    person = locked()
    if person is None:
        return  # opened in another window already, or signed out: `delete` leads on
    password = request.form.get("password", "")
    if not password and "pin" in request.form:
        pins.check(person, request.form["pin"])
        g.is_opened_by_pin = True
        return
    try:
        g.proof = signing_in.check(person.handle, password, request.remote_addr)
    except Invalid:
        raise Invalid({"password": WRONG}) from None


@pages.shown("/lock", public=True)
def show() -> ResponseReturnValue:
    person = locked()
    if person is None:
        return redirect(_next(), 303)
    has_pin = pins.is_usable(person)
    return page("locks/show.html", person=person, has_pin=has_pin, next=_next())


@pages.shown("/lock/state", public=True, quiet=True)
def state() -> ResponseReturnValue:
    """What a page asks before it warns: another window may have been used meanwhile."""
    if current_user.is_authenticated:
        return jsonify(seconds=locking.seconds_left(signed_in(), request.remote_addr))
    return jsonify(seconds=0)


@pages.post("/lock", limit=None, public=True)
def create() -> ResponseReturnValue:
    """Lock now. Who is locked or signed out already is only led to the door."""
    if current_user.is_authenticated:
        locking.lock(me(), signed_in().session_id)
    return moved(url_for("locks.show", next=_next()))


@pages.post("/lock/postponement", limit=None, while_suspended=True)
def postpone() -> ResponseReturnValue:
    """A key was pressed: the person is there."""
    sessions.postpone(signed_in())
    return "", 204


@pages.post("/lock/end", again="locks.show", first=check_password, public=True, limit=None)
def delete() -> ResponseReturnValue:
    if person := locked():
        unlock = locking.unlock_by_pin if g.get("is_opened_by_pin") else locking.unlock
        unlock(db.session.get_one(Person, person.id), person.session_id)
    return moved(_next())


def _next() -> str:
    """Where the person was; never another site, and never the lock itself."""
    wanted = request.values.get("next", "")
    is_page = is_local(wanted) and not wanted.startswith(url_for("locks.show"))
    return without_words(wanted) if is_page else url_for("questions.index")
