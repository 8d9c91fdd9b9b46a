"""The PIN that opens one's own locked page."""

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from board.core.errors import Invalid, Missing
from board.signin import pins, signing_in
from board.signin.pins import PinHash
from board.signin.rules import may_have_pin
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, signed_in

pages = Pages("pins")


def check_and_hash() -> None:
    """Both are slow on purpose: before the writer's lock is taken."""
    _require_pins()
    new, repeated = request.form.get("pin", "").strip(), request.form.get("repeated", "").strip()
    if new != repeated:
        raise Invalid({"repeated": "The two PINs are not the same."})
    g.pin = PinHash.of(new)
    try:
        present = request.form.get("present", "")
        signing_in.check(signed_in().handle, present, request.remote_addr)
    except Invalid:
        raise Invalid({"present": "That is not your password."}) from None


@pages.shown("/pin")
def edit() -> str:
    _require_pins()
    return page("pins/edit.html", pin=pins.pin_of(signed_in().id))


@pages.post("/pin", again="pins.edit", first=check_and_hash, while_suspended=True)
def update() -> ResponseReturnValue:
    pins.choose(me(), g.pin)
    return moved(url_for("pins.edit"), "Your PIN opens this page from the next lock on.")


@pages.post("/pin/removal", while_suspended=True)
def delete() -> ResponseReturnValue:
    pins.remove(me())
    return moved(url_for("questions.index"), "The lock asks for your password again.")


def _require_pins() -> None:
    if not may_have_pin(signed_in()):
        raise Missing("There is no PIN for the lock here, or none for you.")
