"""When something cannot be done: a clear message, and everything that was typed still there."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from flask import Flask, Response, current_app, g, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from htmx_flask import make_response, request
from markupsafe import escape
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from board.activity.recording import note
from board.activity.verbs import Verb
from board.core.database import apart, db, reading
from board.core.errors import Conflict, Invalid, Missing, Problem, Refused, TooMany
from board.core.limits import Limit
from board.posts import drafting
from board.posts.emergencies import Emergency
from board.privacy.guarding import Identifying
from board.web import emergencies, logs
from board.web.pages import READING
from board.web.visiting import reader

TITLES = {
    400: "That did not work",
    401: "Please sign in",
    403: "Not allowed",
    404: "Not found",
    405: "That address takes no such request",
    409: "Somebody else was quicker",
    410: "Removed",
    413: "Too much text",
    422: "Please look at this again",
    429: "Please wait a moment",
    500: "Something went wrong on our side",
    503: "The board cannot store anything just now",
}

WORDS = {
    400: "The request could not be understood. Go back, reload the page and try again.",
    404: "There is nothing at this address. It may have been mistyped, or moved.",
    405: "Go back and use the buttons of the page.",
    413: "That is more text than the board takes. It is still in the form: go back and shorten it.",
    500: "It has been noted. Nothing you sent was half stored: try again in a moment.",
    503: "This could not be stored just now. What you typed is below: try again in a moment.",
}

LOST_SESSION = (
    "Your browser's sign-in had changed when this was sent, so it was not stored. "
    "Your text is below: copy it, open the page again and send it once more."
)

REFUSALS = Limit("refused", 30, 600)

NOT_SHOWN = {"csrf_token", "submission_key", "password", "present", "repeated", "window"} | {
    "not_patient",
    "replace",
    "review",
    "seen_body",
    "seen_title",
}


def init_app(app: Flask) -> None:
    """Handle every refusal and every accident."""
    app.register_error_handler(Problem, _on_problem)
    app.register_error_handler(CSRFError, _on_csrf_error)
    app.register_error_handler(HTTPException, _on_http_exception)
    app.register_error_handler(IntegrityError, _on_same_moment)
    app.register_error_handler(OperationalError, _on_busy)
    app.register_error_handler(Exception, _on_accident)


def _on_problem(problem: Problem) -> ResponseReturnValue:
    """Show the form again with what was typed; HTMX gets the message beside the form."""
    headers = {"Retry-After": str(problem.seconds)} if isinstance(problem, TooMany) else {}
    db.session.rollback()
    if isinstance(problem, Refused):
        _note_refused()
    with reading():
        if request.htmx:
            return _beside_the_form(problem, headers)
        if request.method in READING:
            return _error_page(problem.status, problem.message), problem.status, headers
        page, leads_to = _page_again(problem)
    if page is None:
        is_kept = not isinstance(problem, Identifying) and _keep_draft()
        with reading():
            page = _page_with_texts(problem, leads_to, is_kept=is_kept)
    return page, problem.status, headers


def _note_refused() -> None:
    """Somebody signed in tried what they may not do: on record, and not more than needed."""
    if current_user.is_authenticated:
        with apart() as session, suppress(TooMany):
            REFUSALS.count(session, str(current_user.id))
            note(session, Verb.ACCESS_REFUSED, "page", actor=reader(), page=request.endpoint)


def _beside_the_form(problem: Problem, headers: Mapping[str, str]) -> ResponseReturnValue:
    """The message goes where the form that was sent keeps a place for it, else to the notice."""
    return _placed(problem), problem.status, headers


def _placed(problem: Problem) -> Response:
    form = request.htmx.trigger
    if form and isinstance(problem, Identifying) and _has_place_for_findings():
        g.problem_in_place = problem
        body = render_template("privacy/_refused.html", problem=problem, field=_field_of(form))
        found: Response = make_response(body, retarget=f"#{form}-findings", reswap="innerHTML")
        return found
    place = f"{form}-problem" if form and isinstance(problem, Invalid) else "notice"
    body = render_template("_problem.html", place=place, message=problem.message)
    response: Response = make_response(body, retarget=f"#{place}", reswap="outerHTML")
    return response


def _field_of(form: str) -> str:
    """The writing field of a form in place: `answer-body`, `comment-body-12`."""
    return "answer-body" if form == "answer" else form.replace("add-comment", "comment-body")


def _has_place_for_findings() -> bool:
    """Whether the form has a writing field: what is found is shown beside it."""
    return getattr(_view(), "draft", None) is not None


def _page_again(problem: Problem) -> tuple[str | None, str | None]:
    """The page the form stands on, rendered with `g.typed` and the problem; or where it leads."""
    again = getattr(_view(), "again", None)
    if again is None:
        return None, None
    g.typed, g.problem = request.form, problem
    if isinstance(problem, Emergency):
        return emergencies.warning(problem), None
    leads_to = None
    with suppress(Problem):  # the page is gone too
        shown = current_app.view_functions[again](**(request.view_args or {}))
        if isinstance(shown, str) and _has_what_was_typed(shown):
            return shown, None
        leads_to = getattr(shown, "location", None)
    del g.typed, g.problem
    return None, leads_to


def _has_what_was_typed(page: str) -> bool:
    """Whether its form is still on it: a page may have come to stand without."""
    longest = max(_texts().values(), key=len, default="")
    first_line = next(filter(None, map(str.strip, longest.splitlines())), "")
    return str(escape(first_line)) in page


def _page_with_texts(problem: Problem, leads_to: str | None, *, is_kept: bool) -> str:
    """There is no form to show it in, so the error page shows what was typed."""
    return render_template(
        "errors/problem.html",
        title=TITLES.get(problem.status, TITLES[400]),
        message=problem.message,
        texts=_texts(),
        leads_to=leads_to,
        is_kept=is_kept,
    )


def _keep_draft() -> bool:
    """Keep what was typed among its writer's drafts, where its form has any."""
    form, id = getattr(_view(), "draft", None), (request.view_args or {}).get("id")
    if form is None or current_user.id is None:
        return False
    with suppress(Missing, Invalid):  # there never was such a form
        drafting.park(current_user.id, drafting.target(form, id), request.form)
        return True
    return False


def _view() -> Any:
    return current_app.view_functions.get(request.endpoint or "")


def _on_csrf_error(error: CSRFError) -> ResponseReturnValue:
    """The sign-in behind the form is gone (signed out elsewhere): give the text back to copy."""
    logs.note("csrf refused", reason=type(error).__name__)
    if request.htmx:
        return _beside_the_form(Problem(LOST_SESSION), {})
    return render_template("errors/lost.html", message=LOST_SESSION, texts=_typed()), 400


def _on_http_exception(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    message = WORDS.get(error.code, error.description or "")
    if request.htmx:
        return _placed(Problem(message)), error.code
    headers = (
        {"Allow": ", ".join(allowed)} if (allowed := getattr(error, "valid_methods", None)) else {}
    )
    return _error_page(error.code, message), error.code, headers


def _on_same_moment(error: IntegrityError) -> ResponseReturnValue:
    """Two people made the same thing (a user name, say), and the other one was quicker."""
    logs.failure(error)
    return _on_problem(Conflict("Somebody did the same at this very moment. Look, and try again."))


def _on_busy(error: OperationalError) -> ResponseReturnValue:
    """The writer's lock was taken for five seconds, the disk is full, or Postgres is away."""
    logs.failure(error)
    db.session.rollback()
    return _plain_page(503), 503, {"Retry-After": "5"}


def _on_accident(error: Exception) -> ResponseReturnValue:
    logs.failure(error)
    db.session.rollback()
    return _plain_page(500), 500


def _typed() -> dict[str, str]:
    """What was sent, for the person to copy."""
    return {name: text for name, text in request.form.items() if name not in NOT_SHOWN and text}


def _texts() -> dict[str, str]:
    """The words among it."""
    names = getattr(_view(), "texts", ())
    return {name: text for name, text in _typed().items() if name in names}


def _error_page(status: int, message: str) -> str:
    title = TITLES.get(status, TITLES[400])
    return render_template("errors/problem.html", title=title, message=message, texts={})


def _plain_page(status: int) -> str:
    """A page that needs no database: it may be what has failed."""
    return render_template(
        "errors/plain.html",
        title=TITLES[status],
        message=WORDS[status],
        texts=_typed(),
        request_id=g.get("request_id", ""),
    )
