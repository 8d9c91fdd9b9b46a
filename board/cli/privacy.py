"""Patients' details from the console: `board privacy …`."""

import click

from board.cli.common import on_board
from board.posts import rescanning
from board.upkeep import progress

OTHER_RULES = (
    "The board that runs has other rules than this console, and has begun to look by itself. "
    "Restart it, so that it looks with these."
)


@click.group()
def privacy() -> None:
    """Look for patients' details in what is on the board."""


@privacy.command()
@on_board
def rescan() -> None:
    """Look at every post with today's rules; privacy reviewers see what would be held today.

    The board does this by itself after its rules have changed. People can work meanwhile, and
    nothing is hidden by it. What somebody has spoken about is left alone, so it can be run again.
    """
    look = rescanning.rescan(progress.line("posts"))
    if look is None:
        raise click.ClickException(OTHER_RULES)
    click.echo(f"Posts looked at: {look.looked:,}. New to the privacy reviewers: {look.found:,}.")


COMMANDS = (privacy,)
