"""The way in for browsers: one module a noun of the addresses.

A view finds, calls one deed or query, and replies; what it shows is a whole page, or the one part
that HTMX asked for. Reading and writing, refusals, limits and headers are settled once, around
the views (`application`, `visiting`, `failing`, `headers`), so no view can forget them.
"""

from flask import Flask

from board.web import assets, displaying, failing, headers, logs, responding, visiting
from board.web.nouns import NOUNS


def init_app(app: Flask) -> None:
    """Everything a browser needs, in the order in which a request meets it."""
    logs.init_app(app)
    visiting.init_app(app)
    headers.init_app(app)
    responding.init_app(app)
    failing.init_app(app)
    assets.init_app(app)
    displaying.init_app(app)
    for noun in NOUNS:
        app.register_blueprint(noun.pages)
