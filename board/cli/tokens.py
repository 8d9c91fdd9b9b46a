"""Tokens for programs: `board token …`."""

import click

from board.cli.common import on_board
from board.core.database import db
from board.people.models import CONSOLE
from board.signin import tokens


@click.group()
def token() -> None:
    """Let programs read the board's JSON under /api/v1/."""


@token.command()
@click.argument("name")
@click.option(
    "--scope",
    type=click.Choice([scope.value for scope in tokens.Scope]),
    default=tokens.Scope.READ.value,
    show_default=True,
)
@on_board
def create(name: str, scope: str) -> None:
    """Make a token for the program NAME. It is shown once: keep it as you keep a password."""
    secret = tokens.create(CONSOLE, name, tokens.Scope(scope))
    db.session.commit()
    click.echo(f"Token of {name}: {secret}")


@token.command("list")
@on_board
def list_() -> None:
    """List the tokens in use, and when each was used last."""
    for each in tokens.standing():
        used = f"used {each.used_at:%Y-%m-%d %H:%M}" if each.used_at else "never used"
        click.echo(f"{each.name}: {each.scope}, made {each.created_at:%Y-%m-%d}, {used} (UTC)")


@token.command()
@click.argument("name")
@on_board
def end(name: str) -> None:
    """End the token of the program NAME; it reads nothing any more."""
    tokens.end(CONSOLE, name)
    db.session.commit()
    click.echo(f"The token of {name} is worthless now.")


COMMANDS = (token,)
