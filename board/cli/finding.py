"""Searching: `search rebuild` and `import-synonyms`."""

from pathlib import Path

import click

from board.cli.common import on_board
from board.core.database import db
from board.people.models import CONSOLE
from board.search import rebuilding, synonyms
from board.upkeep import progress


@click.group()
def search() -> None:
    """Look after what is searched."""


@search.command()
@on_board
def rebuild() -> None:
    """Make everything that is searched anew, in batches, while people go on working."""
    done = rebuilding.rebuild(progress.line("questions indexed"))
    click.echo(f"{done:,} questions were indexed anew.")


@click.command("import-synonyms")
@click.argument("file", type=click.Path(path_type=Path))
@on_board
def import_synonyms(file: Path) -> None:
    """Take synonyms from FILE: a group a line, terms with commas between them, # for comments.

    A line that shares a term with a group joins it, so a second import changes nothing.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException(f"{file} is no text in UTF-8. Save it as UTF-8.") from None
    new, added_to = synonyms.bring_in(CONSOLE, text.splitlines())
    db.session.commit()
    click.echo(f"{new:,} groups are new, {added_to:,} got more terms.")


COMMANDS = (search, import_synonyms)
