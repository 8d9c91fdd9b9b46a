"""A board that is really served, in its own processes, and people who talk to it by wire."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

START_SECONDS = 30


class Server:
    """`board serve` with its data in a folder."""

    def __init__(self, folder: Path, database_url: str, processes: int = 1) -> None:
        self.folder = folder
        self.port = free_port()
        self.environment = os.environ | {
            "BOARD_INSTANCE": str(folder),
            "BOARD_DATABASE_URL": database_url,
            "BOARD_RATELIMIT_ENABLED": "false",
            "PYTHONUNBUFFERED": "1",
        }
        self.processes = processes
        self.log = folder / "serve.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Server":
        command = [sys.executable, "-m", "board", "serve", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--processes", str(self.processes)],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_until_answering()
        return self

    def wait_until_answering(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                if Visitor(self.port).get("/healthz").status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"the board does not answer: {self.log.read_text()[-2000:]}")

    def children(self) -> list[int]:
        assert self.process is not None
        listed = subprocess.run(
            ["ps", "--ppid", str(self.process.pid), "-o", "pid="], capture_output=True, text=True
        )
        return [int(pid) for pid in listed.stdout.split()]

    def stop(self) -> int:
        """SIGTERM, as systemd does it; returns the exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(45)

    def kill(self) -> None:
        """As if the power had gone: every process at once."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def run(self, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Another command on the same board."""
        return subprocess.run(
            [sys.executable, "-m", "board", *words],
            input=stdin,
            env=self.environment,
            capture_output=True,
            text=True,
        )


@contextmanager
def serving(folder: Path, database_url: str, processes: int = 1) -> Iterator[Server]:
    """A served board that is gone afterwards."""
    server = Server(folder, database_url, processes).start()
    try:
        yield server
    finally:
        if server.process is not None and server.process.poll() is None:
            server.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Reply:
    """What came back over the wire."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.text = response.read().decode("utf-8", "replace")

    @property
    def location(self) -> str:
        return self.headers["Location"] or ""


class Visitor:
    """Somebody with a browser of their own: cookies, forms, one connection."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=40)
        self.cookies: dict[str, str] = {}
        self.token = ""

    def __del__(self) -> None:
        self.connection.close()

    def sign_in(self, username: str, password: str) -> "Visitor":
        reply = self.send("/sign-in", username=username, password=password)
        assert reply.status == 303, reply.text
        self.token = ""
        return self

    def get(self, address: str) -> Reply:
        return self._request("GET", address, None)

    def send(self, address: str, /, **fields: object) -> Reply:
        if not self.token:
            page = self.get("/password").text if self.cookies else ""
            page = page if 'name="csrf_token"' in page else self.get("/sign-in").text
            found = re.search(r'name="csrf_token" value="([^"]+)"', page)
            assert found, page[:500]
            self.token = unescape(found[1])
        return self._request("POST", address, urlencode({"csrf_token": self.token, **fields}))

    def _request(self, method: str, address: str, body: str | None) -> Reply:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, address, body, headers)
        response = self.connection.getresponse()
        for line in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return Reply(response)
