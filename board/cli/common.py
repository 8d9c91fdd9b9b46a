"""What commands share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar

import click

from board import create_app
from board.core.database import db
from board.upkeep.schema import problem_with_schema

Command = TypeVar("Command", bound=Callable[..., Any])


@contextmanager
def opened() -> Iterator[None]:
    """Within the app of the data folder; its connections are closed at the end."""
    with create_app().app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def on_board(command: Command) -> Command:
    """Run the command within the board in the data folder; it has to have today's schema."""

    @wraps(command)
    def wrapper(*args: Any, **options: Any) -> Any:
        with opened():
            if problem := problem_with_schema():
                raise click.ClickException(problem)
            return command(*args, **options)

    return wrapper  # type: ignore[return-value]


def anyhow(command: Command) -> Command:
    """Run the command within the app, whatever state the database is in."""

    @wraps(command)
    def wrapper(*args: Any, **options: Any) -> Any:
        with opened():
            return command(*args, **options)

    return wrapper  # type: ignore[return-value]
