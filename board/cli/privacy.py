"""Patients' details from the console: `board privacy …`."""

import click

from board.cli.common import on_board
from board.posts import rescanning
from board.upkeep import progress


@click.group()
def privacy() -> None:
    """Look for patients' details in what is on the board."""


@privacy.command()
@on_board
def rescan() -> None:
    """Look at every post with today's rules; privacy reviewers see what would be held today.

    People can work meanwhile, and nothing is hidden by it. What reviewers have looked at before is
    left alone, so it can be run again.
    """
    looked, raised = rescanning.rescan(progress.line("posts"))
    click.echo(f"{looked:,} posts were looked at; {raised:,} wait for a privacy reviewer.")


COMMANDS = (privacy,)
