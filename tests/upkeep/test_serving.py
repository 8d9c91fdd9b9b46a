"""Serving: several processes on one socket, none of them missed, nothing dropped at the end."""

import os
import signal
import socket
import threading
import time

import pytest
from servers import Visitor, free_port
from sqlalchemy import text
from world import PASSWORD

from board.core.database import db, writing
from board.core.errors import Refused
from board.upkeep import serving

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def wait_for(condition, seconds=15):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_a_port_that_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match=f"Port {port} is taken .* --port {port + 1}"):
            serving.listen("127.0.0.1", port)


@pytest.mark.parametrize("host", ["no.such.host.invalid", "203.0.113.7", "999.1.1.1"])
def test_an_address_that_is_not_ours(host):
    with pytest.raises(Refused, match="cannot be served"):
        serving.listen(host, free_port())


@pytest.mark.parametrize("processes", [1, 2])
def test_it_serves_and_ends_cleanly(serve, processes):
    server = serve(processes)
    assert Visitor(server.port).get("/sign-in").status == 200
    assert len(server.children()) == (0 if processes == 1 else processes)
    assert server.stop() == 0
    with pytest.raises(OSError, match="refused"):
        Visitor(server.port).get("/healthz")


def test_connections_that_wait_for_nothing_do_not_hold_up_the_end(serve):
    server = serve()
    visitors = [Visitor(server.port) for _ in range(5)]
    for visitor in visitors:
        visitor.get("/healthz")
    began = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - began < 10


def test_a_process_that_dies_is_replaced(serve):
    server = serve(2)
    before = server.children()
    os.kill(before[0], signal.SIGKILL)
    assert wait_for(lambda: len(server.children()) == 2 and before[0] not in server.children())
    for _ in range(10):
        assert Visitor(server.port).get("/healthz").status == 200


def test_the_children_do_not_outlive_their_parent(serve):
    server = serve(2)
    children = server.children()
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    assert wait_for(lambda: not any(is_running(child) for child in children))


def is_running(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{process}/stat") as stat:
        return stat.read().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("whom", ["parent", "everybody"])
def test_a_request_in_flight_is_finished(serve, app, processes, whom):
    """A vote waits for a lock the test holds; the board is told to stop; the lock comes free."""
    server = serve(processes)
    amina = Visitor(server.port).sign_in("amina", PASSWORD)
    amina.get("/password")
    replies = []
    with app.app_context(), writing():
        db.session.execute(text("UPDATE post SET score = score WHERE id = 2"))
        request = threading.Thread(
            target=lambda: replies.append(amina.send("/posts/2/vote", vote=1))
        )
        request.start()
        time.sleep(1)
        if whom == "parent":
            server.process.send_signal(signal.SIGTERM)
        else:
            os.killpg(server.process.pid, signal.SIGTERM)
        time.sleep(1)
        db.session.commit()
    request.join(20)
    assert [reply.status for reply in replies] == [303]
    assert server.process.wait(20) == 0
    with app.app_context():
        assert db.session.execute(text("SELECT score FROM post WHERE id = 2")).scalar() == 1


def test_a_large_request_is_refused_and_the_next_one_is_served(serve):
    server = serve()
    visitor = Visitor(server.port)
    with pytest.raises(OSError):  # noqa: PT012 - the server may close before all is sent
        reply = visitor.send("/sign-in", username="x" * 20_000_000, password="x")
        assert reply.status == 413
        raise OSError
    assert Visitor(server.port).get("/healthz").status == 200
