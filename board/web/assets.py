"""Style sheets, scripts and icons, each fetched once and then kept by the browser.

The style sheets are one file per component in `static/css`; browsers get them joined in the order
below, as they stand. htmx comes from its package. Every address carries a hash of the content.
"""

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

import js_lib_htmx
from flask import Blueprint, Flask, Response, abort, current_app, request

STYLES = (
    "layers",
    "tokens",
    "base",
    "frame",
    "buttons",
    "forms",
    "parts",
    "notices",
    "lock",
    "emergency",
    "lists",
    "search",
    "inbox",
    "thread",
    "editor",
    "findings",
    "quarantine",
    "people",
    "experts",
    "delivery",
    "departments",
    "curation",
    "moderation",
    "tags",
    "differences",
    "audit",
    "keeping",
    "prose",
    "print",
)
KEPT = "public, max-age=31536000, immutable"

assets = Blueprint("assets", __name__)


def init_app(app: Flask) -> None:
    """Serve them, and give templates `asset('board.js')`."""
    app.register_blueprint(assets)
    app.jinja_env.globals["asset"] = asset


def asset(name: str) -> str:
    """The address of a static file, with a hash of what is in it."""
    return f"{request.script_root}/static/{name}?v={_loaded(name)[1]}"


@assets.get("/static/<path:name>")
def show(name: str) -> Response:
    try:
        content, _hash, kind = _loaded(name)
    except FileNotFoundError:
        abort(404)
    response = current_app.response_class(content, mimetype=kind)
    response.headers["Cache-Control"] = KEPT if "v" in request.args else "no-cache"
    return response


show.is_public = True  # type: ignore[attr-defined]


@cache
def _loaded(name: str) -> tuple[bytes, str, str]:
    """A file's content, hash and type; raises FileNotFoundError for what we do not serve."""
    content = _read(name)
    kinds = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
    return content, hashlib.sha256(content).hexdigest()[:12], kinds[Path(name).suffix]


def _read(name: str) -> bytes:
    folder = Path(current_app.static_folder or "")
    if name == "board.css":
        return b"".join((folder / "css" / f"{style}.css").read_bytes() for style in STYLES)
    if name == "htmx.min.js":
        return (files(js_lib_htmx) / "static/htmx/htmx.min.js").read_bytes()
    if name not in {path.name for path in folder.iterdir() if path.is_file()}:
        raise FileNotFoundError(name)
    return (folder / name).read_bytes()
