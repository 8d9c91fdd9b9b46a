"""Signing in and out."""

from flask import g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user

from board.config import settings
from board.core.database import db
from board.signin import sessions, signing_in
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import is_local, signed_in

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
    if current_user.is_authenticated:
        sessions.end(current_user.session_id)
    token = signing_in.sign_in(g.proof)
    signed_in = sessions.find(db.session, token)
    session.clear()
    login_user(signed_in)
    return moved(_next())


@pages.post("/sign-out", limit=None, while_suspended=True)
def delete() -> ResponseReturnValue:
    signing_in.sign_out(signed_in())
    session.clear()
    response = redirect(url_for("sessions.new"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@pages.shown("/forgotten-password", public=True)
def forgotten() -> str:
    return page("sessions/forgotten.html", text=settings().forgotten_password_text)


def _next() -> str:
    """Where somebody wanted to go; never to another site."""
    wanted = request.values.get("next", "")
    return wanted if is_local(wanted) else url_for("questions.index")
