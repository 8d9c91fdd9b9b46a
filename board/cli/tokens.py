"""Tokens for programs: `board token …`."""

import click

from board.cli.common import on_board
from board.core import text
from board.core.database import db
from board.people.models import CONSOLE
from board.signin import displays, tokens


@click.group()
def token() -> None:
    """Let programs read the board's JSON under /api/v1/, and wall screens show a department."""


@token.command()
@click.argument("name")
@click.option(
    "--scope",
    type=click.Choice([scope.value for scope in tokens.Scope]),
    default=tokens.Scope.READ.value,
    show_default=True,
)
@click.option("--department", default="", help="Whose page a wall screen shows: its address.")
@click.option("--network", "networks", multiple=True, help="Where the screen stands: 10.1.0.0/16.")
@on_board
def create(name: str, scope: str, department: str, networks: tuple[str, ...]) -> None:
    """Make a token for the program or screen NAME. It is shown once: keep it as a password.

    A wall screen (--scope display) begins at /wall/TOKEN.
    """
    if scope == tokens.Scope.DISPLAY:
        secret = displays.create(CONSOLE, name, text.slug(department), networks)
    elif department or networks:
        raise click.ClickException("--department and --network belong to --scope display.")
    else:
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
