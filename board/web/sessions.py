"""Signing in and out."""

from contextlib import suppress

from flask import g, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user

from board.config import settings
from board.core.database import db
from board.core.errors import Invalid, Missing
from board.posts import drafting
from board.signin import sessions, signing_in
from board.signin.sessions import Place, SignedIn
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import is_local, locked, signed_in

# Each mark is looked for in this order: Edge says that it is Chrome too, Android that it is Linux.
PROGRAMS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)

pages = Pages("sessions")


def check_password() -> None:
    """Comparing a password is slow on purpose: before the writer's lock is taken."""
    username, password = request.form.get("username", ""), request.form.get("password", "")
    g.proof = signing_in.check(username[:200], password, request.remote_addr)


@pages.shown("/sign-in", public=True)
def new() -> ResponseReturnValue:
    if current_user.is_authenticated and "problem" not in g:
        return redirect(_next(), 303)
    return page("sessions/new.html", next=request.values.get("next", ""))


@pages.post("/sign-in", again="sessions.new", first=check_password, public=True, limit=None)
def create() -> ResponseReturnValue:
    """A new session in a new cookie: whatever was in the old one is not carried over."""
    if before := locked() or (signed_in() if current_user.is_authenticated else None):
        sessions.end(before.session_id)
    token = signing_in.sign_in(g.proof, here())
    person = sessions.find(db.session, token)
    session.clear()
    login_user(person)
    return moved(_next())


@pages.post("/sign-out", limit=None, public=True, while_suspended=True)
def delete() -> ResponseReturnValue:
    """Sign out, or make way for somebody else: an empty form, and nothing of whoever was here."""
    if leaving := locked() or (signed_in() if current_user.is_authenticated else None):
        _keep_typed(leaving)
        if "switch" in request.form or "keep" in request.form:
            signing_in.switch(leaving)
        else:
            signing_in.sign_out(leaving)
    session.clear()
    response = make_response(moved(url_for("sessions.new")))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@pages.shown("/forgotten-password", public=True)
def forgotten() -> str:
    return page("sessions/forgotten.html", text=settings().forgotten_password_text)


def here() -> Place:
    """Where this browser is, for its person to recognize it in the list of their sessions."""
    return Place(request.remote_addr or "", browser_name(request.user_agent.string))


def browser_name(agent: str) -> str:
    """`Edge on Windows`, of what a browser says about itself; empty when it says nothing known."""
    program = next((name for mark, name in PROGRAMS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return " on ".join(filter(None, [program, system]))


def _keep_typed(person: SignedIn) -> None:
    """What stood in the form beside "Not you?" waits for the person it belongs to."""
    if target := request.form.get("keep"):
        with suppress(Missing, Invalid):
            drafting.keep(person.id, target, request.form)


def _next() -> str:
    """Where somebody wanted to go; never to another site."""
    wanted = request.values.get("next", "")
    return wanted if is_local(wanted) else url_for("questions.index")
