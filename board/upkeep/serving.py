"""Serving the board: waitress, in one process or in several that share one listening socket.

Two processes nearly double what one does, because the threads of one fight over Python's lock.
On SIGTERM the socket is closed and requests in flight get 30 seconds to finish; waitress by itself
would drop them. Everything with threads or connections is made after the fork.
"""

import gc
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from waitress import wasyncore
from waitress.server import create_server

from board.audit import checkpointing
from board.config import settings
from board.core.errors import Refused
from board.core.working import Background

DRAIN_SECONDS = 30
LARGEST_REQUEST = 16 * 1024 * 1024
QUICK_DEATH = 1.0
LONGEST_PAUSE = 30.0

SIGNALS = (signal.SIGTERM, signal.SIGINT)

MakeApp = Callable[[], Flask]


def listen(host: str, port: int) -> socket.socket:
    """The socket people connect to. Raises `Refused` for a port or address that cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise Refused(_why_not(host, port, error)) from None
    listening.listen(1024)
    return listening


def serve(
    make_app: MakeApp,
    listening: socket.socket,
    processes: int,
    threads: int,
    *,
    with_worker: bool = True,
) -> None:
    """Serve until SIGTERM or Ctrl-C, and do due work. Raises `Refused` where it cannot fork."""
    if processes == 1:
        Worker(make_app(), listening, threads, with_worker=with_worker).run()
        return
    if not hasattr(os, "fork"):
        raise Refused("This system serves with one process only. Leave out --processes.")
    Supervisor(make_app, listening, processes, threads, with_worker).run()


class Worker:
    """One process that answers requests."""

    def __init__(
        self,
        app: Flask,
        listening: socket.socket,
        threads: int,
        parent: int | None = None,
        *,
        with_worker: bool = True,
    ) -> None:
        self.app = app
        self.background = Background(app) if with_worker else None
        with app.app_context():
            proxy = settings().trusted_proxy
        self.server: Any = create_server(
            app,
            sockets=[listening],
            threads=threads,
            ident=None,
            max_request_body_size=LARGEST_REQUEST,
            asyncore_use_poll=True,
            connection_limit=1000,
            trusted_proxy=proxy or None,
            trusted_proxy_headers={"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}
            if proxy
            else None,
            clear_untrusted_proxy_headers=True,
        )
        self.parent = parent
        self.is_stopping = False

    def run(self) -> None:
        """Answer requests until told to stop, then let those under way finish."""
        gc.freeze()  # what is loaded by now stays: the collector need not look at it again
        gc.set_threshold(20_000, 20, 50)
        for number in SIGNALS:
            signal.signal(number, self._stop)
        if self.background:
            self.background.start()
        while not (self.is_stopping or self._is_orphan()):
            self._turn(timeout=1.0)
        self._drain()
        if self.background:
            self.background.stop()
            with self.app.app_context(), suppress(SQLAlchemyError, OSError):
                checkpointing.keep_last()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.is_stopping = True
        self.server.pull_trigger()

    def _is_orphan(self) -> bool:
        return self.parent is not None and os.getppid() != self.parent

    def _turn(self, timeout: float) -> None:
        wasyncore.loop(timeout=timeout, map=self.server._map, count=1, use_poll=True)

    def _drain(self) -> None:
        """Take no new connection; close each one that is waiting for nothing."""
        deadline = time.monotonic() + DRAIN_SECONDS
        self.server.accepting = False
        self.server.del_channel()
        self.server.socket.close()
        while self.server.active_channels and time.monotonic() < deadline:
            for channel in list(self.server.active_channels.values()):
                if _is_idle(channel):
                    channel.handle_close()
            self._turn(timeout=0.05)
        left = max(0.1, deadline - time.monotonic())
        self.server.task_dispatcher.shutdown(cancel_pending=True, timeout=left)


class Supervisor:
    """The parent: it answers nothing, and starts again whoever dies."""

    def __init__(
        self,
        make_app: MakeApp,
        listening: socket.socket,
        processes: int,
        threads: int,
        with_worker: bool,
    ) -> None:
        self.with_worker = with_worker
        self.make_app = make_app
        self.listening = listening
        self.processes = processes
        self.threads = threads
        self.started: dict[int, float] = {}
        self.is_stopping = False
        self.pause = 0.0

    def run(self) -> None:
        """Keep the processes running until told to stop; then wait for all of them."""
        for number in SIGNALS:
            signal.signal(number, self._stop)
        for _ in range(self.processes):
            self._start()
        while self.started:
            self._wait_for_one()
        self.listening.close()

    def _start(self) -> None:
        """Fork with signals held back: the child must not answer one with the parent's handler."""
        parent = os.getpid()
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        child = os.fork()
        if child == 0:
            for number in SIGNALS:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
            self._work(parent)
        self.started[child] = time.monotonic()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)

    def _work(self, parent: int) -> None:
        """The child's whole life. It never returns into the parent's code."""
        status = 1
        try:
            app = self.make_app()
            Worker(app, self.listening, self.threads, parent, with_worker=self.with_worker).run()
            status = 0
        except BaseException as error:
            print(f"A serving process failed: {type(error).__name__}.", file=sys.stderr)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    def _wait_for_one(self) -> None:
        try:
            child, _status = os.wait()
        except ChildProcessError:
            self.started.clear()
            return
        lived = time.monotonic() - self.started.pop(child, 0.0)
        if self.is_stopping:
            return
        print(f"Serving process {child} ended; starting another one.", file=sys.stderr)
        self.pause = min(self.pause * 2 + 0.5, LONGEST_PAUSE) if lived < QUICK_DEATH else 0.0
        self._sleep(self.pause)
        if not self.is_stopping:
            self._start()

    def _sleep(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not self.is_stopping and time.monotonic() < deadline:
            time.sleep(0.1)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        """Tell all children; whoever has not ended after the drain is killed."""
        if not self.is_stopping:
            self.is_stopping = True
            signal.signal(signal.SIGALRM, self._kill)
            signal.alarm(DRAIN_SECONDS + 5)
        for child in self.started:
            self._end(child, signal.SIGTERM)

    def _kill(self, _number: int, _frame: FrameType | None) -> None:
        for child in self.started:
            self._end(child, signal.SIGKILL)

    @staticmethod
    def _end(child: int, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(child, number)


def _is_idle(channel: Any) -> bool:
    """Whether nothing is being received, worked on or sent on this connection."""
    with channel.requests_lock:
        return not (channel.requests or channel.request or channel.total_outbufs_len)


def _why_not(host: str, port: int, error: Exception) -> str:
    if isinstance(error, PermissionError):
        return f"Port {port} is for the system's own programs. Choose one above 1023 with --port."
    if isinstance(error, OSError) and error.errno in (48, 98, 10048):
        return (
            f"Port {port} is taken by another program. "
            f"Choose another one: board serve --port {port + 1}"
        )
    return f"The board cannot be served at {host} port {port}: {error}."
