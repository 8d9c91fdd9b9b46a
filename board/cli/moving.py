"""Questions in and out: `import` and `export`."""

from pathlib import Path

import click

from board.cli.common import on_board
from board.privacy.findings import Kind
from board.privacy.guarding import NAMES
from board.upkeep import exporting, importing, lines, progress

SHOWN = 20


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Bring in nothing if there is a single bad line.")
@click.option("--hold", is_flag=True, help="Put lines with patients' details aside for review.")
@on_board
def import_(file: Path, strict: bool, hold: bool) -> None:
    """Bring in questions from FILE: JSON Lines, gzipped or not.

    A question whose id the board knows is left out whole, so a second import changes nothing.
    A bad line is reported and the rest goes in. How many lines hold what looks like a patient's
    details is told by kind; they go in as they are. With --hold, those that a member could not
    have posted wait for a privacy reviewer for 7 days.
    """
    report = importing.import_file(
        file, strict=strict, hold=hold, say=progress.line("questions", _count(file))
    )
    for number, why in report.bad[:SHOWN]:
        click.echo(f"Line {number}: {why}.", err=True)
    if len(report.bad) > SHOWN:
        click.echo(f"… and {len(report.bad) - SHOWN:,} more bad lines.", err=True)
    if report.repeated:
        click.echo(
            f"{len(report.repeated):,} lines repeat the id of an earlier line and were left out, "
            f"the first is line {report.repeated[0]}.",
            err=True,
        )
    click.echo(f"{report.imported:,} questions imported, {report.known:,} were known already.")
    if report.held:
        click.echo(f"{report.held:,} lines wait for a privacy reviewer.")
    for kind, count in sorted(report.identifying.items()):
        lines_hold = "line holds" if count == 1 else "lines hold"
        click.echo(f"{count:,} {lines_hold} what looks like {NAMES[Kind(kind)]}.")
    if report.bad:
        raise click.ClickException(f"{len(report.bad):,} lines were bad and are not in.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@on_board
def export(file: Path) -> None:
    """Write every visible question to FILE, gzipped if its name ends in .gz.

    Accounts, votes, revisions and the trail of activity travel by `board backup`.
    """
    count = exporting.export_file(file, progress.line("questions"))
    click.echo(f"{count:,} questions are in {file}.")


def _count(file: Path) -> int:
    with lines.opened(file) as source:
        return sum(1 for _ in source)


COMMANDS = (import_, export)
