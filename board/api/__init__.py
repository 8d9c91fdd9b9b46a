"""The way in for programs: JSON under `/api/v1/`, read with a token made by `board token create`.

A program sees what every member sees, never what is hidden. Errors are JSON with HTTP's status.
"""

from flask import Flask

from board.api import answering, search


def init_app(app: Flask) -> None:
    """Register every resource."""
    for resources in (search.resources, answering.unknown):
        app.register_blueprint(resources)
        app.extensions["csrf"].exempt(resources)  # no cookie speaks for a program
