"""One structured line for each request and each accident; never what people wrote.

A line has the route (`/questions/<id>/<slug>`), not the address, and of an exception its type and
the lines of code it passed through, not its message: both can carry a question's words.
"""

import json
import logging
import re
import sys
import time
import traceback
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from flask import Flask, Response, g, has_request_context, request

from board.config import settings

log = logging.getLogger("board")

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class Lines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage() if record.name == "board" else record.name,
            **getattr(record, "facts", {}),
        }
        if has_request_context():
            line["request"] = g.get("request_id")
        return json.dumps(line, ensure_ascii=False, default=str)


def init_app(app: Flask) -> None:
    """Log to stderr, where systemd and its like collect it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    for logger in (log, logging.getLogger("waitress"), app.logger):
        logger.handlers = [handler]
        logger.propagate = False
    with app.app_context():
        log.setLevel(settings().log_level.upper())
    logging.getLogger("waitress").setLevel(logging.ERROR)
    app.before_request(_begin)
    app.after_request(_end)


def note(event: str, **facts: Any) -> None:
    """A line about something unusual; the facts must not be anything people wrote."""
    log.warning(event, extra={"facts": facts})


def failure(error: BaseException) -> None:
    """A line about an accident: what kind of error, and where in the code."""
    places = traceback.extract_tb(error.__traceback__)
    where = [f"{place.filename}:{place.lineno}" for place in places[-12:]]
    log.error("failure", extra={"facts": {"error": type(error).__name__, "where": where}})


def _begin() -> None:
    sent = request.headers.get("X-Request-ID", "")
    g.request_id = sent if _REQUEST_ID.fullmatch(sent) else token_hex(8)
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.request_id
    if log.isEnabledFor(logging.INFO) and not request.path.startswith("/static/"):
        facts = {
            "method": request.method,
            "route": request.url_rule.rule if request.url_rule else None,
            "status": response.status_code,
            "ms": round((time.perf_counter() - g.began) * 1000, 1),
            "person": getattr(g.get("_login_user"), "id", None),
        }
        log.info("request", extra={"facts": facts})
    return response
