"""The way in for the server's command line: `board`.

An error is one plain sentence on stderr and exit status 1; 0 means that everything asked was done.
"""

import sys

import click
from sqlalchemy.exc import DatabaseError

from board.cli import (
    audit,
    finding,
    keeping,
    moving,
    privacy,
    rota,
    serving,
    starting,
    tokens,
    users,
    working,
)
from board.config import SettingError
from board.core.errors import Problem


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="wardboard", prog_name="Wardboard")
def board() -> None:
    """Wardboard, the question-and-answer board of a hospital.

    The data folder is BOARD_INSTANCE (default: instance/), the settings are in board.toml there.
    """


MODULES = (
    starting,
    serving,
    moving,
    rota,
    finding,
    users,
    tokens,
    privacy,
    working,
    keeping,
    audit,
)
for module in MODULES:
    for command in module.COMMANDS:
        board.add_command(command)


def main() -> None:
    """Run the command that was typed."""
    try:
        board(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit("Stopped.")
    except (Problem, SettingError) as error:
        sys.exit(str(error))
    except DatabaseError as error:
        sys.exit(_about_database(error))
    except OSError as error:
        sys.exit(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "))


def _about_database(error: DatabaseError) -> str:
    """What a database error means to the person at the console, without what was in the rows."""
    reason = str(error.orig).splitlines()[0]
    if "no such table" in reason or "does not exist" in reason:
        return "There is no board in this database yet. Run: board init"
    return f"The database cannot be used: {reason}"
