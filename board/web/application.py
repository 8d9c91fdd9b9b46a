"""The application: one request, one transaction, and the commit in one place."""

from collections.abc import Callable
from contextlib import nullcontext, suppress
from typing import Any

from flask import Flask, Response, request
from flask_login import current_user
from werkzeug.routing import IntegerConverter

from board.config import settings
from board.core.database import apart, db, reading
from board.core.errors import Problem, TooMany
from board.core.limits import Limit
from board.moderation import sanctioning
from board.posts.emergencies import Emergency
from board.privacy.guarding import Identifying
from board.web import emergencies, guarding, logs, quarantine
from board.web.pages import READING

LARGEST_ID = 2**31 - 1


class IdConverter(IntegerConverter):
    """An id in an address; what no table can hold is not found."""

    def __init__(self, map: Any) -> None:
        super().__init__(map, min=1, max=LARGEST_ID)


class Board(Flask):
    """Flask, with our transactions around every view."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.url_map.converters["id"] = IdConverter

    def log_exception(self, exc_info: Any) -> None:
        """One line without what people wrote, instead of Flask's traceback."""
        logs.failure(exc_info[1])

    def full_dispatch_request(self) -> Response:
        """GET and HEAD only read, whatever happens on the way."""
        with reading() if request.method in READING else nullcontext():
            return super().full_dispatch_request()

    def dispatch_request(self) -> Any:
        """Call the view. Any other method than GET and HEAD is a transaction around it: what is
        slow (looking for patients' details, Markdown), then the limit (which takes the writer's
        lock), the view, the commit. Whatever is raised on the way, a failing commit included,
        undoes it all and reaches the handlers.
        """
        view = self.view_functions.get(request.endpoint or "")
        if request.method in READING or view is None:
            return super().dispatch_request()
        try:
            return self._change(view)
        except Problem as problem:
            db.session.rollback()
            _note_refusal(view, problem)
            raise
        except BaseException:
            db.session.rollback()
            raise

    def _change(self, view: Callable[..., Any]) -> Response:
        if not getattr(view, "is_for_suspended", False):
            sanctioning.require_not_suspended(current_user)
        if before := getattr(view, "before", None):
            before()
        with guarding.guarded(view) as spotted:
            if spotted:
                return self._change_unhindered(view, lambda: quarantine.hold(view, spotted))
            if quarantine.is_screened(view):
                return self._change_unhindered(view, lambda: quarantine.screen(view))
            return self._change_unhindered(view, super().dispatch_request)

    def _change_unhindered(self, view: Callable[..., Any], answer: Callable[[], Any]) -> Response:
        if first := getattr(view, "first", None):
            first()
        if limit := _limit_of(view):
            limit.count(db.session, str(current_user.id))
        response = self.make_response(answer())
        db.session.commit()
        return response


def _limit_of(view: Callable[..., Any]) -> Limit | None:
    """What whoever is signed in may do how often; None where nothing counts."""
    counts = current_user.id is not None and settings().ratelimit_enabled
    return getattr(view, "limit", None) if counts else None


def _note_refusal(view: Callable[..., Any], problem: Problem) -> None:
    """A refused request was undone together with its count: count it once more, apart."""
    if isinstance(problem, TooMany):
        return
    limit = _limit_of(view)
    if limit or isinstance(problem, Identifying | Emergency):
        # Over the limit by now? The refusal is the better answer; the next request will hear it.
        with apart() as session, suppress(TooMany):
            if limit:
                limit.count(session, str(current_user.id))
            if isinstance(problem, Identifying):
                guarding.note(session, problem)
            elif isinstance(problem, Emergency):
                emergencies.note(session, problem)
