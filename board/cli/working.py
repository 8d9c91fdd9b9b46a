"""Due work: `board worker`."""

import signal
import time
from types import FrameType

import click

from board.audit import checkpointing
from board.cli.common import on_board
from board.core import working


@click.command()
@click.option("--once", is_flag=True, help="Do what is due, and end.")
@on_board
def worker(once: bool) -> None:
    """Do what is due: tell people of what they watch, send mail, call webhooks.

    Several nodes may run one; one works. `board serve` starts one by itself.
    """
    holder = working.new_holder()
    if once:
        click.echo(f"{working.work(holder):,} pieces of work were due.")
        working.let_go(holder)
        return
    is_stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal is_stopping
        is_stopping = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    while not is_stopping:
        working.attempt(holder)
        time.sleep(working.PAUSE)
    working.let_go(holder)
    checkpointing.keep_last()


COMMANDS = (worker,)
