"""Keeping the data: `backup`, `restore`, `upgrade`, `check`."""

from pathlib import Path

import click
from flask import current_app

from board.activity.recording import note
from board.activity.verbs import Verb
from board.cli.common import anyhow, on_board
from board.config import settings
from board.core.database import db, is_sqlite
from board.delivery import queries
from board.upkeep import backing_up, checking, furnishing, progress, schema


@click.command()
@on_board
def backup() -> None:
    """Copy the database into the data folder's backups/, verified, while people go on working."""
    click.echo(f"Backed up to {backing_up.back_up(_folder())}")
    note(db.session, Verb.BACKED_UP, "board")
    db.session.commit()


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.confirmation_option(
    prompt="Put this backup in the place of the present database?", help="Do not ask."
)
@anyhow
def restore(file: Path) -> None:
    """Put the backup FILE in the place of the database; the present one is kept beside it."""
    aside = backing_up.restore(file)
    click.echo(f"Restored from {file}.")
    if aside:
        click.echo(f"What was there before is in {aside}.")
    if schema.problem_with_schema():
        click.echo("It is from an older version. Run: board upgrade")


@click.command()
@anyhow
def upgrade() -> None:
    """Bring the database to the schema of this version, after a backup. No row is lost."""
    problem = schema.problem_with_schema()
    if problem is None:
        click.echo("The database is up to date.")
        return
    if problem not in (schema.OUTDATED, schema.UNFURNISHED):
        raise click.ClickException(problem)
    if is_sqlite():
        click.echo(f"Backed up to {backing_up.back_up(_folder())}")
    before = schema.present_revision()
    schema.migrate()
    furnishing.furnish(progress.line("questions indexed"))
    note(db.session, Verb.UPGRADED, "board", before=before, after=schema.newest_revision())
    db.session.commit()
    click.echo(f"Upgraded from schema {before} to {schema.newest_revision()}.")


@click.command()
@click.option("--repair", is_flag=True, help="Put right what can be computed again.")
@on_board
def check(repair: bool) -> None:
    """Look for what is wrong: files, database, counters, search. Status 1 if anything is left."""
    left = 0
    for finding in checking.findings(_folder()):
        click.echo(finding.message)
        if repair and finding.repair:
            finding.repair()
            click.echo("  repaired")
        else:
            left += 1
    click.echo(
        "Note: over plain http cookies are not Secure. Put TLS in front (deploy/nginx.conf)."
    )
    if not settings().ratelimit_enabled:
        click.echo("Note: limits are switched off (ratelimit_enabled).")
    if said := queries.in_a_line():
        click.echo(f"Note: {said} (/deliveries).")
    if left:
        raise click.ClickException(f"{left} problems. Try: board check --repair")
    click.echo("The board is sound.")


def _folder() -> Path:
    return Path(current_app.instance_path)


COMMANDS = (backup, restore, upgrade, check)
