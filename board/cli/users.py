"""People from the console: `board user …`."""

import sys

import click

from board.cli.common import on_board
from board.core.database import db
from board.people import appointing, joining, leaving, queries
from board.people.models import CONSOLE, Role
from board.signin import passwords, sessions

ROLES = click.Choice([role.value for role in Role])


@click.group()
def user() -> None:
    """Add people, change their role or password, take their access away."""


@user.command()
@click.argument("name")
@click.option("--role", type=ROLES, default="member", show_default=True)
@click.option("--full-name", default="", help="The name colleagues read (default: NAME).")
@click.option("--profession", default="", help="Such as 'Staff nurse'.")
@click.option("--department", default="", help="Made if there is none of this name.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--must-change", is_flag=True, help="Ask for another password at first sign-in.")
@on_board
def add(
    name: str,
    role: str,
    full_name: str,
    profession: str,
    department: str,
    password_stdin: bool,
    must_change: bool,
) -> None:
    """Add the person who signs in as NAME."""
    password = passwords.Hash.of(_password(password_stdin))
    person = joining.add(
        CONSOLE, name, name=full_name, profession=profession, department=department, role=role
    )
    passwords.assign(CONSOLE, person, password, must_change=must_change)
    db.session.commit()
    click.echo(f"{person.name} may sign in as {person.handle} ({person.role}).")


@user.command()
@click.argument("name")
@click.argument("role", type=ROLES)
@on_board
def role(name: str, role: str) -> None:
    """Give the person who signs in as NAME another role."""
    person = queries.person_called(name)
    appointing.appoint(CONSOLE, person, role)
    db.session.commit()
    click.echo(f"{person.name} is {person.role} now.")


@user.command()
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--must-change", is_flag=True, help="Ask for another password at next sign-in.")
@on_board
def password(name: str, password_stdin: bool, must_change: bool) -> None:
    """Set the password of NAME and end all their sessions."""
    hashed = passwords.Hash.of(_password(password_stdin))
    person = queries.person_called(name)
    passwords.assign(CONSOLE, person, hashed, must_change=must_change)
    sessions.end_others(person.id)
    db.session.commit()
    click.echo(f"{person.name} has a new password.")


@user.command()
@click.argument("name")
@on_board
def deactivate(name: str) -> None:
    """Take all access away from NAME at once; what they wrote stays."""
    person = queries.person_called(name)
    leaving.deactivate(CONSOLE, person)
    sessions.end_others(person.id)
    db.session.commit()
    click.echo(f"{person.name} has no access any more.")


@user.command()
@click.argument("name")
@click.argument("state", type=click.Choice(["on", "off"]))
@on_board
def reviewer(name: str, state: str) -> None:
    """Let NAME look through what may hold patients' details, or not any more."""
    person = queries.person_called(name)
    appointing.let_review(CONSOLE, person, reviews=state == "on")
    db.session.commit()
    is_one = "is a privacy reviewer now" if state == "on" else "is no privacy reviewer"
    click.echo(f"{person.name} {is_one}.")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise click.ClickException("There is no terminal to ask on. Use --password-stdin.")
    entered: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return entered


COMMANDS = (user,)
