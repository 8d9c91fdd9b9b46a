"""What every resource shares: who may ask, and errors as JSON."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed

from board.core.database import db
from board.core.errors import Missing, Problem
from board.signin import tokens

View = TypeVar("View", bound=Callable[..., Any])

HINT = 'Send the header "Authorization: Bearer <token>"; board token create makes one.'


class Unauthorized(Problem):
    """No token, or none that is worth anything."""

    status = 401


class Resources(Blueprint):
    """A blueprint whose views answer programs in JSON."""

    def __init__(self, noun: str) -> None:
        super().__init__(f"api_{noun}", f"board.api.{noun}", url_prefix="/api/v1")
        self.register_error_handler(Problem, _on_problem)
        self.register_error_handler(HTTPException, _on_http_exception)
        self.register_error_handler(Exception, _on_accident)

    def shown(self, rule: str) -> Callable[[View], View]:
        """Something a program with a read token may fetch; the view returns what becomes JSON."""

        def register(view: View) -> View:
            @wraps(view)
            def wrapper(**arguments: Any) -> ResponseReturnValue:
                _require_token()
                return jsonify(view(**arguments))

            # The gate of the pages asks for a session; here the token is asked for instead.
            vars(wrapper).update(is_public=True)
            self.add_url_rule(rule, view.__name__, wrapper, methods=["GET"])
            return view

        return register


def number(name: str, default: int, most: int) -> int:
    """A whole number of the address; raises `Problem` for one that is none or too large."""
    given = request.args.get(name, str(default))
    if not (given.isascii() and given.isdecimal() and 0 < int(given[:9]) <= most):
        raise Problem(f"“{name}” has to be a number from 1 to {most}.")
    return int(given)


def _require_token() -> None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized(f"A token is missing. {HINT}")
    if not tokens.may(token.strip(), tokens.Scope.READ):
        raise Unauthorized(f"This token is not valid. {HINT}")


def _on_problem(problem: Problem) -> ResponseReturnValue:
    db.session.rollback()
    headers = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else {}
    return _told(problem.message), problem.status, headers


def _on_http_exception(error: HTTPException) -> ResponseReturnValue:
    allowed = getattr(error, "valid_methods", None)
    headers = {"Allow": ", ".join(allowed)} if allowed else {}
    return _told(error.description or error.name), error.code or 500, headers


def _on_accident(_error: Exception) -> ResponseReturnValue:
    """Logged as a page's accident is, and told without what was asked."""
    db.session.rollback()
    current_app.log_exception(sys.exc_info())
    return _told(InternalServerError.description), 500


def _told(message: str) -> Any:
    return jsonify({"error": message})


unknown = Resources("unknown")


@unknown.route("/", defaults={"rest": ""}, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
@unknown.route("/<path:rest>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def nothing(rest: str) -> ResponseReturnValue:
    """Every other address, so that a program never gets a page."""
    if request.method != "GET":
        raise MethodNotAllowed(["GET"], "Programs may only read, by GET.")
    raise Missing(f"There is no /api/v1/{rest[:80]}.")


vars(nothing).update(is_public=True)
