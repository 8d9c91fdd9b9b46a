"""Making one's own account, where the site allows it."""

from flask import g, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user

from board.config import settings
from board.core import limits
from board.core.database import apart, db
from board.core.errors import Missing
from board.core.limits import Limit
from board.people import joining, queries
from board.signin import passwords, sessions, signing_in
from board.web.forms import typed
from board.web.pages import Pages
from board.web.people import hash_password
from board.web.responding import moved, page
from board.web.sessions import here

FROM_ONE_ADDRESS = Limit("registration", 30, 3600)

pages = Pages("registrations")


def count_and_hash() -> None:
    """Nobody is signed in yet, so it is the address that is counted."""
    address = request.remote_addr
    is_trusted = limits.is_within(address, settings().trusted_networks)
    if settings().ratelimit_enabled and not is_trusted:
        with apart() as count:
            FROM_ONE_ADDRESS.count(count, address or "unknown")
    hash_password()


@pages.shown("/register", public=True)
def new() -> str:
    _require_open()
    return page(
        "registrations/new.html", departments=db.session.execute(queries.departments()).all()
    )


@pages.post("/register", again="registrations.new", first=count_and_hash, public=True, limit=None)
def create() -> ResponseReturnValue:
    _require_open()
    person = joining.register(
        typed("handle"),
        name=typed("name"),
        profession=typed("profession"),
        department=typed("department"),
    )
    passwords.choose(person, g.password)
    token = signing_in.begin(person, here())
    session.clear()
    login_user(sessions.find(db.session, token))
    return moved(url_for("questions.index"), f"Welcome, {person.name}.")


def _require_open() -> None:
    if not settings().self_registration:
        raise Missing("Accounts are made by an administrator here. Ask the IT service desk.")
