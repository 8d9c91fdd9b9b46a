"""A browser without a screen: signs in, sends forms with their tokens, checks what it is shown."""

from contextvars import copy_context
from typing import Any

from flask import Flask, has_app_context
from flask.globals import _cv_app
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from markup_checks import problems
from werkzeug.test import TestResponse

from board.core.database import db
from board.people.models import Person
from board.signin import sessions

PAGE = "text/html"
PARTS = ("/badge", "/changes", "/preview", "/privacy-check", "/suggestions", "/drafts/question")


class Browser(FlaskClient):
    """Each request runs in a context of its own, as it does when the board is served."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        if has_app_context():
            db.session.commit()  # a test's own open transaction would hold the writer's lock
        response: TestResponse = copy_context().run(self._open_apart, args, options)
        is_redirect = 300 <= response.status_code < 400
        if response.mimetype == PAGE and response.data and not is_redirect:
            is_whole = not (self._is_htmx(options) or response.request.path.endswith(PARTS))
            found = problems(response.text, whole=is_whole)
            assert not found, f"{response.request.path}: {found}"
        return response

    def _is_htmx(self, options: dict[str, Any]) -> bool:
        return "HX-Request" in (options.get("headers") or {})

    def _open_apart(self, args: tuple[Any, ...], options: dict[str, Any]) -> TestResponse:
        _cv_app.set(None)  # type: ignore[arg-type]
        return super().open(*args, **options)

    def sign_in(self, person: Person) -> "Browser":
        """Begin a session for them, without the slow password."""
        token = sessions.begin(person, "password")
        db.session.commit()
        with self.session_transaction() as cookie:
            cookie["_user_id"] = token
        return self

    def csrf_token(self) -> str:
        """What the forms of this browser's session carry."""
        with self.session_transaction() as cookie:
            seed = cookie.setdefault("csrf_token", "seed")
        return URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token").dumps(
            seed
        )

    def send(self, address: str, /, part: str | None = None, **fields: Any) -> TestResponse:
        """Send a form; with `part`, as HTMX does for the element of this id."""
        fields = {"csrf_token": self.csrf_token()} | fields
        return self.post(address, data=fields, headers=_htmx(part))

    def part(self, address: str, part: str) -> TestResponse:
        """Fetch what HTMX would for the element of this id."""
        return self.get(address, headers=_htmx(part))


def _htmx(part: str | None) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Target": part, "HX-Trigger": part} if part else {}


def browser(app: Flask) -> Browser:
    """A new browser, with nobody signed in."""
    app.test_client_class = Browser
    client = app.test_client()
    assert isinstance(client, Browser)
    return client
