"""The on-call rota from the console: `import-rota`."""

from pathlib import Path

import click

from board.cli.common import on_board
from board.core.database import db
from board.experts import rota_files
from board.people.models import CONSOLE


@click.command("import-rota")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@on_board
def import_rota(file: Path) -> None:
    """Bring in who is on call from FILE: comma separated, its first line names the columns topic,
    who, role, phone, from, to.

    Times such as 2026-06-05 19:00 are on the clock of the hospital. An entry the board knows is
    left as it is, so a second import changes nothing. A bad line is reported and the rest goes in.
    """
    report = rota_files.bring_in(CONSOLE, file.read_bytes())
    db.session.commit()
    for number, why in report.bad:
        click.echo(f"Line {number}: {why}", err=True)
    click.echo(f"{report.added:,} entries are new, {report.known:,} were known already.")
    if report.bad:
        raise click.ClickException(f"{len(report.bad):,} lines were bad and are not in.")


COMMANDS = (import_rota,)
