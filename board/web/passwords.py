"""Changing one's own password."""

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from board.core.errors import Invalid
from board.signin import passwords, sessions, signing_in
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, signed_in

pages = Pages("passwords")


def check_and_hash() -> None:
    """Both are slow on purpose: before the writer's lock is taken."""
    new, repeated = request.form.get("password", ""), request.form.get("repeated", "")
    if new != repeated:
        raise Invalid({"repeated": "The two new passwords are not the same."})
    g.password = passwords.Hash.of(new)
    present = request.form.get("present", "")
    if present == new:
        raise Invalid({"password": "Choose a password that is not the one you have."})
    try:
        signing_in.check(signed_in().handle, present, request.remote_addr)
    except Invalid:
        raise Invalid({"present": "That is not your present password."}) from None


@pages.shown("/password")
def edit() -> str:
    return page("passwords/edit.html")


@pages.post("/password", again="passwords.edit", first=check_and_hash, while_suspended=True)
def update() -> ResponseReturnValue:
    """The new password ends every other session: whoever knew the old one is out."""
    passwords.choose(me(), g.password)
    sessions.end_others(signed_in().id, but=signed_in().session_id)
    return moved(url_for("questions.index"), "Your password was changed.")
