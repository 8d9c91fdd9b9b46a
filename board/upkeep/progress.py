"""Telling somebody at a terminal how far a long work has come."""

import sys
import time
from collections.abc import Callable

Progress = Callable[[int], None]


def silent(_done: int) -> None:
    """Say nothing."""


def line(what: str, total: int | None = None) -> Progress:
    """Say `12,000 of 47,441 questions` on stderr, once a second; on a log, every ten seconds."""
    is_terminal = sys.stderr.isatty()
    pause = 1.0 if is_terminal else 10.0
    last = time.monotonic()

    def say(done: int) -> None:
        nonlocal last
        if time.monotonic() - last < pause:
            return
        last = time.monotonic()
        of = f" of {total:,}" if total else ""
        print(f"{done:,}{of} {what}", end="\r" if is_terminal else "\n", file=sys.stderr)

    return say
