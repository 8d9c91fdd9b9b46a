"""What monitoring asks: is the process alive, and can it work?"""

from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from board.core.database import db
from board.upkeep.schema import problem_with_schema
from board.web.pages import Pages

pages = Pages("health")


@pages.shown("/healthz", public=True, quiet=True)
def alive() -> ResponseReturnValue:
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@pages.shown("/readyz", public=True, quiet=True)
def ready() -> ResponseReturnValue:
    """Whether the database answers and has the schema that this version needs."""
    plain = {"Content-Type": "text/plain; charset=utf-8"}
    try:
        db.session.execute(text("SELECT 1"))
        problem = problem_with_schema()
    except SQLAlchemyError:
        problem = "The database does not answer."
    return (f"{problem}\n", 503, plain) if problem else ("ready\n", 200, plain)
