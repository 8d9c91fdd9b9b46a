"""Beginning: `init` and `demo`."""

import sys
from pathlib import Path

import click
from flask import current_app

from board.cli.common import anyhow
from board.core.database import db
from board.upkeep import demonstrating, founding


@click.command()
@anyhow
def init() -> None:
    """Make the data folder, the database and, asked at a terminal, the first administrator.

    Running it again changes nothing that is there.
    """
    founding.found(Path(current_app.instance_path))
    click.echo(f"The board is in {_where()}.")
    if not founding.is_empty():
        return
    if not sys.stdin.isatty():
        click.echo("Add the first administrator: board user add NAME --role administrator")
        return
    handle = click.prompt("User name of the first administrator")
    name = click.prompt("Name that colleagues read", default=handle)
    password = click.prompt("Password (12 characters or more)", hide_input=True)
    founding.add_first_administrator(handle, name, password)
    click.echo(f"{name} is the administrator. Start the board: board serve")


@click.command()
@click.option("--if-empty", is_flag=True, help="Do nothing, and say nothing, on a board in use.")
@anyhow
def demo(if_empty: bool) -> None:
    """Fill an empty board with the demonstration hospital and print its accounts.

    The questions are made up and no clinical advice. The passwords are public: such a board is
    served to this computer only.
    """
    folder = Path(current_app.instance_path)
    founding.found(folder)
    if if_empty and not founding.is_empty():
        return
    people = demonstrating.demonstrate(folder)
    click.echo("The demonstration hospital is ready. Everything in it is made up.\n")
    for person in people:
        where = person.department.name if person.department else ""
        click.echo(f"  {person.handle:<8} {person.role:<14} {person.profession}, {where}")
    click.echo(f"\nThe password of all of them: {demonstrating.PASSWORD}\n")


def _where() -> str:
    return str(db.engine.url.render_as_string(hide_password=True))


COMMANDS = (init, demo)
