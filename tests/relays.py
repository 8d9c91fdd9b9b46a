"""What the board talks to outside of itself: a mail relay and a receiver of webhooks, both real."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from servers import free_port

YES = "250 Taken"


class Relay:
    """An SMTP server. `answer` says what becomes of a mail, `to` of an address."""

    def __init__(self) -> None:
        self.port = free_port()
        self.seen: list[bytes] = []
        self.recipients: list[str] = []
        self.answer: Callable[[], str] = lambda: YES
        self.to: Callable[[str], str] = lambda address: YES
        self.controller: Controller | None = None

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        reply = self.to(address)
        if reply == YES:
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Seen is what arrived, whatever is answered."""
        self.seen.append(envelope.content)
        self.recipients += envelope.rcpt_tos
        return self.answer()

    def start(self, **options: Any) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, **options)
        self.controller.start()

    def stop(self) -> None:
        if self.controller is not None:
            self.controller.stop()
            self.controller = None

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(each, policy=default) for each in self.seen]

    @property
    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]

    def text(self) -> str:
        """Every byte of it, and what it says once decoded."""
        parts = [
            str(part.get_content()) for mail in self.mails for part in mail.walk() if _text(part)
        ]
        heads = [f"{name}: {value}" for mail in self.mails for name, value in mail.items()]
        raw = b"\n".join(self.seen).decode("utf-8", "replace")
        return "\n".join([raw, *heads, *parts])


def _text(part: Any) -> bool:
    return part.get_content_maintype() == "text"


@contextmanager
def relaying(**options: Any) -> Iterator[Relay]:
    """A relay that listens, and is gone afterwards; `options` are aiosmtpd's."""
    relay = Relay()
    relay.start(**options)
    try:
        yield relay
    finally:
        relay.stop()


@dataclass
class Received:
    """One POST as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """An HTTP server. `status` says what it answers next."""

    port: int
    seen: list[Received] = field(default_factory=list)
    status: Callable[[], int] = lambda: 204

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/board"

    @property
    def ids(self) -> list[str]:
        return [each.headers["X-Wardboard-Delivery"] for each in self.seen]


@contextmanager
def receiving(context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver that listens, over TLS if there is a context, and is gone afterwards."""
    receiver = Receiver(0)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.seen.append(Received(self.path, dict(self.headers), body))
            status = receiver.status()
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"{receiver.url}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.port = server.server_address[1]
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def settings_for(relay) -> dict[str, object]:
    """What a board is told of this relay."""
    return {
        "mail_host": "127.0.0.1",
        "mail_port": relay.port,
        "mail_sender": "board@hospital.example",
        "board_address": "https://board.hospital.example",
    }
