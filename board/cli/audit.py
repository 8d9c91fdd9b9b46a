"""The audit trail: `board audit …`."""

from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TextIO

import click
from flask import current_app

from board.activity.recording import note
from board.activity.verbs import Verb
from board.audit import exporting, pruning, queries, verifying
from board.cli.common import on_board
from board.core.database import db

BROKEN = 2

DAY = click.DateTime(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"])
SINCE = click.option("--since", type=DAY, help="From this day or moment on (UTC).")


@click.group()
def audit() -> None:
    """The trail of who did what that matters to security."""


@audit.command()
@SINCE
@on_board
def verify(since: datetime | None) -> None:
    """Look whether the trail is whole, in order and unchanged. Status 2: it is not, and where."""
    verdict = verifying.verify(Path(current_app.instance_path), _utc(since))
    if not verdict.is_sound:
        click.echo(verdict.why, err=True)
        raise SystemExit(BROKEN)
    if verdict.note:
        click.echo(verdict.note)
    click.echo(f"{verdict.count:,} records: whole, in order and unchanged.")


@audit.command()
@click.argument("file", type=click.File("w", encoding="utf-8", lazy=False))
@SINCE
@click.option("--csv", "as_table", is_flag=True, help="A table, instead of lines of JSON.")
@on_board
def export(file: TextIO, since: datetime | None, as_table: bool) -> None:
    """Write the trail to FILE (- for standard output), latest record first."""
    write = exporting.as_csv if as_table else exporting.as_json
    for line in write(queries.all_of(queries.trail(since=_utc(since)))):
        file.write(line)
    note(db.session, Verb.AUDIT_EXPORTED, "audit_record")
    db.session.commit()


@audit.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@on_board
def prune(file: Path) -> None:
    """Write what is older than `audit_keep_years` to a new FILE, then let go of it."""
    folder = Path(current_app.instance_path)
    verdict = verifying.verify(folder)
    if not verdict.is_sound:
        click.echo(f"Nothing was pruned. {verdict.why}", err=True)
        raise SystemExit(BROKEN)
    try:
        gone = pruning.prune(file, folder)
    except OSError as problem:
        raise click.ClickException(f"{file} cannot be written: {problem.strerror}.") from None
    if not gone.count:
        click.echo("Nothing is older than what is kept.")
        return
    click.echo(f"{gone.count:,} records, up to number {gone.last}, went. Keep {file} safe.")


@audit.command()
@click.option("-n", "count", default=20, show_default=True, help="How many records.")
@on_board
def tail(count: int) -> None:
    """Show the last records, latest at the bottom."""
    for row in reversed(list(islice(queries.all_of(queries.trail()), count))):
        what = f"{row['action']} {row['object_kind']} {row['object_id'] or ''}".rstrip()
        click.echo(f"{row['seq']:>6} {row['at']:%Y-%m-%d %H:%M:%S} {row['actor']:<16} {what}")


def _utc(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None


COMMANDS = (audit,)
