"""Serving: `board serve`."""

from ipaddress import ip_address

import click

from board import create_app
from board.cli.common import opened
from board.upkeep import serving
from board.upkeep.demonstrating import is_demonstration
from board.upkeep.schema import problem_with_schema


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535))
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option(
    "--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="In each process."
)
@click.option("--no-worker", is_flag=True, help="Another `board worker` does the due work.")
def serve(host: str, port: int, processes: int, threads: int, no_worker: bool) -> None:
    """Serve the board until it is stopped with Ctrl-C or SIGTERM.

    Put a reverse proxy with TLS in front of it for more than this computer: see deploy/nginx.conf.
    """
    _require_ready(host)
    listening = serving.listen(host, port)
    address = f"[{host}]" if ":" in host else host
    click.echo(
        f"The board is at http://{address}:{listening.getsockname()[1]} (stop it with Ctrl-C)"
    )
    serving.serve(create_app, listening, processes, threads, with_worker=not no_worker)


def _require_ready(host: str) -> None:
    """Refuse an outdated schema, and a demonstration for anybody but this computer.

    Its connections are closed again: none may be carried over the fork.
    """
    with opened():
        problem = problem_with_schema()
        if problem is None and is_demonstration() and not _is_loopback(host):
            problem = (
                "This is the demonstration board, whose passwords are public. "
                "It is served to this computer only: use --host 127.0.0.1"
            )
    if problem:
        raise click.ClickException(problem)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


COMMANDS = (serve,)
