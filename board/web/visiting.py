"""Who is asking, and whether they may come in. Closed by default: a view says if it is not."""

import re
from contextlib import suppress
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, g, redirect, render_template, session, url_for
from flask.sessions import SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from flask_wtf import CSRFProtect
from htmx_flask import request

from board.audit import circumstances
from board.config import settings
from board.core.database import db, glance
from board.core.errors import Invalid, Missing, Refused
from board.core.signing import fingerprint
from board.people.models import Person
from board.posts import drafting
from board.signin import locking, sessions
from board.signin.sessions import SignedIn
from board.web.pages import READING

AUTOSAVE = "drafts.update"
# What a locked session still answers; everything else leads to the lock.
AT_THE_LOCK = {f"locks.{view}" for view in ("show", "create", "delete", "state")} | {
    "sessions.create",
    "sessions.delete",
}
WITHOUT_SESSION = ("assets", "health")
PASSWORD_PAGES = ("passwords.edit", "passwords.update", "sessions.delete")

LOCKED = "board:locked"  # what a page hears when it asks by itself and its session is locked

_TITLED = re.compile(r"(/questions/[0-9]+)/(?!(?:experts|related)(?:[?#]|$))[^?#]*")

csrf = CSRFProtect()
login = LoginManager()


class Visitor:
    """Somebody who has not signed in."""

    id = None
    name = ""
    handle = ""
    profession = ""
    token = None
    is_authenticated = False
    is_active = False
    is_anonymous = True
    is_moderator = False
    is_administrator = False
    is_privacy_reviewer = False
    must_change_password = False
    warned_at = None
    suspended_until = None
    is_suspended = False
    announcement_id = None

    def get_id(self) -> None:
        return None


class Cookies(SecureCookieSessionInterface):
    """`__Host-` and Secure over https, plain over http, decided by each request."""

    def get_cookie_name(self, app: Flask) -> str:
        return "__Host-board" if request.is_secure else "board"

    def get_cookie_secure(self, app: Flask) -> bool:
        return bool(request.is_secure)

    def get_cookie_path(self, app: Flask) -> str:
        return "/"


def init_app(app: Flask) -> None:
    """Cookies, CSRF and the gate, in this order."""
    app.session_interface = Cookies()
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax", WTF_CSRF_TIME_LIMIT=None
    )
    csrf.init_app(app)
    login.init_app(app)
    login.session_protection = None
    login.anonymous_user = Visitor
    login.user_loader(_load)
    app.before_request(_admit)
    app.after_request(_note_activity)


def me() -> Person:
    """The person who acts, as a row of this transaction. Raises `Refused` if they just lost access.

    For deeds; what only reads uses `current_user`.
    """
    person = db.session.get(Person, current_user.id)
    if person is None or not person.is_active:
        raise Refused("Your account has been deactivated.")
    return person


def reader() -> SignedIn | Visitor:
    """Whoever reads: the row itself, not Flask-Login's proxy for it."""
    return cast("SignedIn | Visitor", current_user._get_current_object())


def signed_in() -> SignedIn:
    """Whoever reads a page that is closed to strangers."""
    return cast(SignedIn, current_user._get_current_object())


def locked() -> SignedIn | None:
    """Whose session rests locked in this browser. To everything else it is nobody's."""
    return None if current_user.is_authenticated else g.get("locked")


def is_local(address: str) -> bool:
    """Whether this address leads to a page of ours."""
    try:
        parts = urlsplit(address.replace("\\", "/"))
    except ValueError:  # such as `//[`
        return False
    return address.startswith("/") and not (parts.scheme or parts.netloc)


def to_sign_in() -> ResponseReturnValue:
    """Lead to the sign-in page or the lock, and back here afterwards. What was typed waits on the
    server.
    """
    view, door = _view(), "locks.show" if locked() else "sessions.new"
    news = {"HX-Trigger": LOCKED} if locked() else {}
    if getattr(view, "is_quiet", False):
        return "", 401, news  # the page asked by itself: nobody is led away from what they read
    if request.method not in READING:
        _park(view)
    back = request.full_path.rstrip("?") if request.method in READING else _page_of_form(view)
    if request.htmx:
        back = urlsplit(request.htmx.current_url or "").path or back
    address = url_for(door, next=without_words(back))
    if not request.htmx:
        return redirect(address, 303)
    if request.endpoint == AUTOSAVE:
        status = render_template(
            "drafts/_signed_out.html",
            address=address,
            is_locked=locked() is not None,
            **request.view_args,
        )
        return status, 401, news
    return "", 401, {"HX-Redirect": address}


def _load(token: str) -> SignedIn | None:
    """Called once a request by Flask-Login, with the token from the cookie. A locked session is
    nobody's: whatever asks who is there hears that nobody is.
    """
    if request.method in READING:
        found = sessions.find(db.session, token)
    else:
        with glance() as apart_from_the_change:
            found = sessions.find(apart_from_the_change, token)
    if found and locking.is_locked(found, request.remote_addr):
        locking.notice(found)
        g.locked = found
        return None
    return found


def _admit() -> ResponseReturnValue | None:
    token = session.get("_user_id")
    circumstances.arrive(request.remote_addr, fingerprint(token)[:16] if token else "")
    view = _view()
    if view is None or _needs_no_session():
        return None
    if locked() and request.endpoint not in AT_THE_LOCK:
        return to_sign_in()
    if getattr(view, "is_public", False):
        return None
    if current_user.is_authenticated:
        if current_user.must_change_password and request.endpoint not in PASSWORD_PAGES:
            return redirect(url_for("passwords.edit"), 303)
        return None
    if getattr(view, "is_readable", False) and settings().public_reading:
        return None
    return to_sign_in()


def _needs_no_session() -> bool:
    """Static files, the probes, and programs with a token of their own."""
    room = request.blueprint or ""
    return room in WITHOUT_SESSION or room.startswith("api_") or request.endpoint == "static"


def _note_activity(response: Any) -> Any:
    """A person used the board: their session goes on. Polls and saves by the page do not count."""
    view = _view()
    used = "_login_user" in g and isinstance(g._login_user, SignedIn)
    if used and view is not None and not getattr(view, "is_quiet", False):
        db.session.rollback()
        sessions.touch(g._login_user)
    return response


def _park(view: Any) -> None:
    """Keep the text for whoever's session it was."""
    arguments = request.view_args or {}
    target = arguments.get("target")
    if form := getattr(view, "draft", None):
        target = drafting.target(form, arguments.get("id"))
    token = session.get("_user_id")
    if target is None or token is None:
        return
    with glance() as before:
        owner = sessions.owner_of_ended(before, token)
    if owner is not None:
        with suppress(Missing, Invalid):  # there is no such form: nothing of a form's was sent
            drafting.park(owner, target, request.form)


def without_words(address: str) -> str:
    """A question's address without its title: the door shows nothing of what is behind it."""
    return _TITLED.sub(r"\1", address)


def _page_of_form(view: Any) -> str:
    again = getattr(view, "again", None)
    return url_for(again, **(request.view_args or {})) if again else url_for("questions.index")


def _view() -> Any:
    return current_app.view_functions.get(request.endpoint or "")
