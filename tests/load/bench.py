"""How quick the board is, side by side in one run: `make bench`.

Serves a board of 10,000 made-up questions with 1 and with 2 processes and asks for each page in
turn, several rounds over, from processes of its own. `hello` is a one-line view of the same app
behind the same hooks: what a page costs beyond that is the page's own.
"""

import argparse
import json
import multiprocessing
import os
import random
import socket
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask

from board import create_app
from board.core.database import db
from board.people import joining, queries
from board.people.models import CONSOLE
from board.posts import answering, asking, commenting
from board.signin import sessions
from board.upkeep import founding, importing, serving
from board.web.pages import Pages

QUESTIONS = 10_000
SECONDS = 2.0
ROUNDS = 5
CLIENTS = 4

WORDS = (  # noqa: SIM905 - a list would take fifty lines
    "insulin pump alarm dose fridge ward glove line infusion leaflet policy night weekend printer "
    "badge scan oxygen mask potassium sample label transfusion fluid chart handover bed rail "
    "catheter wound dressing syringe filter isolation cleaning room temperature storage signature "
    "midwife theatre discharge letter referral allergy antibiotic warfarin heparin paracetamol"
).split(" ")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=SECONDS, help="for each measurement")
    options.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="wardboard-bench-") as place:
        folder = Path(place)
        token, thread = furnish(folder)
        print(f"{QUESTIONS:,} questions on SQLite, {CLIENTS} connections, {os.cpu_count()} cores")
        for processes in (1, 2):
            measure_all(folder, processes, token, thread, chosen.seconds, chosen.rounds)


def make_app(folder: Path) -> Flask:
    app = create_app(folder, ratelimit_enabled=False, public_reading=True, log_level="warning")
    pages = Pages("bench")
    pages.shown("/hello", readable=True)(hello)
    app.register_blueprint(pages)
    return app


def hello() -> str:
    return "hello\n"


def furnish(folder: Path) -> tuple[str, str]:
    """Fill a board; returns a session token and the address of a thread of five posts."""
    app = make_app(folder)
    chance = random.Random(1)
    with app.app_context():
        founding.found(folder)
        amina = joining.add(CONSOLE, "amina", name="Amina Yusuf", profession="Staff nurse")
        jonas = joining.add(CONSOLE, "jonas", name="Jonas Weber", profession="Pharmacist")
        question = asking.ask(
            jonas, "How long does a started pen keep?", text(chance, 80), "insulin"
        )
        for _ in range(4):
            answer = answering.answer(jonas, question, text(chance, 120))
        commenting.comment(amina, answer, "Thank you, that helps.")
        address = f"/questions/{question.id}/how-long-does-a-started-pen-keep"
        db.session.commit()
        file = folder / "questions.jsonl"
        file.write_text("".join(json.dumps(line(chance, n)) + "\n" for n in range(QUESTIONS)))
        importing.import_file(file)
        amina = queries.person_called("amina")
        token = sessions.begin(amina, "bench")
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return token, address


def line(chance: random.Random, number: int) -> dict[str, Any]:
    return {
        "id": str(number),
        "title": " ".join(chance.choices(WORDS, k=8)).capitalize() + "?",
        "body": text(chance, 60),
        "tags": chance.sample(WORDS, 3),
        "author": "jonas",
    }


def text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def measure_all(
    folder: Path, processes: int, token: str, thread: str, seconds: float, rounds: int
) -> None:
    listening = serving.listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    server = multiprocessing.get_context("fork").Process(
        target=serving.serve, args=(lambda: make_app(folder), listening, processes, 4)
    )
    server.start()
    try:
        wait_for(port)
        cookie = signed_in_cookie(folder, token)
        requests = all_requests(thread, cookie)
        rates: dict[str, list[float]] = {name: [] for name in requests}
        for request in requests.values():
            load(port, request, 0.3)
        for _ in range(rounds):
            for name, request in requests.items():
                rates[name].append(load(port, request, seconds))
        report(processes, rates)
    finally:
        server.terminate()
        server.join(40)
        listening.close()


def all_requests(thread: str, cookie: str) -> dict[str, Callable[[], bytes]]:
    def get(address: str, cookie: str = "") -> Callable[[], bytes]:
        request = f"GET {address} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode()
        return lambda: request

    csrf, session = cookie.split("|")
    vote = 0

    def press() -> bytes:
        nonlocal vote
        vote = 1 - vote
        body = f"csrf_token={csrf}&vote={vote}"
        head = (
            f"POST /posts/1/vote HTTP/1.1\r\nHost: localhost\r\nCookie: {session}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return (head + body).encode()

    return {
        "hello, signed in": get("/hello", session),
        "thread of 5 posts, signed in": get(thread, session),
        "list, signed in": get("/questions", session),
        "search, signed in": get("/search?q=insulin+pump", session),
        "hello, anonymous": get("/hello"),
        "thread of 5 posts, anonymous": get(thread),
        "list, anonymous": get("/questions"),
        "vote": press,
    }


def signed_in_cookie(folder: Path, token: str) -> str:
    """A cookie as the board itself would set it, and the form token that goes with it."""
    from itsdangerous import URLSafeTimedSerializer

    app = make_app(folder)
    with app.test_request_context("/"):
        serializer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        cookie = serializer.dumps({"_user_id": token, "csrf_token": "bench"})
        csrf = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps("bench")
    return f"{csrf}|board={cookie}"


def load(port: int, request: Callable[[], bytes], seconds: float) -> float:
    """Requests a second, from CLIENTS processes that each keep one connection busy."""
    context = multiprocessing.get_context("fork")
    counts = context.Queue()
    barrier = context.Barrier(CLIENTS)
    clients = [
        context.Process(target=client, args=(port, request, seconds, barrier, counts))
        for _ in range(CLIENTS)
    ]
    for each in clients:
        each.start()
    total = sum(counts.get() for _ in clients)
    for each in clients:
        each.join()
    return total / seconds


def client(
    port: int, request: Callable[[], bytes], seconds: float, barrier: Any, counts: Any
) -> None:
    done = 0
    with socket.create_connection(("127.0.0.1", port)) as connection:
        barrier.wait()
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            connection.sendall(request())
            status = receive(connection)
            assert status in (200, 303), status
            done += 1
    counts.put(done)


def receive(connection: socket.socket) -> int:
    """Read one whole answer; returns its status."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length:")
    )
    left = length - len(body)
    while left > 0:
        left -= len(connection.recv(65536))
    return int(head.split(b" ", 2)[1])


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            load(port, lambda: b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", 0.05)
        except OSError:
            time.sleep(0.1)
        else:
            return


def report(processes: int, rates: dict[str, list[float]]) -> None:
    hello = statistics.median(rates["hello, signed in"])
    print(f"\n{processes} serving process(es)      requests/s (least - most)     to hello")
    for name, found in rates.items():
        middle = statistics.median(found)
        spread = f"({min(found):,.0f} - {max(found):,.0f})"
        print(f"{name:30} {middle:8,.0f} {spread:>17}   {middle / hello:5.2f}")


if __name__ == "__main__":
    main()
