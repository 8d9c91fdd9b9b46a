"""The log: one line a request, and nothing of what people wrote in any of them."""

import io
import json
import logging

import pytest

from board.web import logs, questions

PLANTED = ["Okonkwo-planted", "planted-password-1", "planted tag"]


@pytest.fixture
def lines():
    """Everything that is logged while the test runs, as it would be written."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Lines())
    before = logs.log.level
    logs.log.setLevel(logging.INFO)
    logging.getLogger("board").addHandler(handler)
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logs.log.setLevel(before)
    logging.getLogger("board").removeHandler(handler)
    logging.getLogger().removeHandler(handler)


def test_a_request_is_one_line(signed_in, lines):
    reply = signed_in("amina").get("/questions/1/how-long-does-a-started-insulin-pen-keep")
    [line] = lines()
    assert line["route"] == "/questions/<id:id>/<slug>"
    assert (line["method"], line["status"], line["person"]) == ("GET", 200, 1)
    assert line["request"] == reply.headers["X-Request-ID"]
    assert line["ms"] > 0


def test_nothing_that_people_wrote_is_in_any_line(signed_in, stranger, lines, monkeypatch):
    amina = signed_in("amina")
    name, password, tag = PLANTED
    amina.send("/questions", title=f"About {name}?", body=name, tags=tag)
    amina.get(f"/questions/7/about-{name.lower()}")
    amina.get(f"/search?q={name}")
    amina.get(f"/tags/{name}")
    amina.get(f"/people/{name}")
    amina.send("/questions", title="x" * 500, body=name)
    amina.send("/drafts/question", part="d", body=name)
    amina.post("/questions", data={"title": name})
    stranger.send("/sign-in", username=name, password=password)
    monkeypatch.setattr(questions.asking, "ask", failing(name))
    assert amina.send("/questions", title=name, body=name).status_code == 500
    written = json.dumps(lines()).lower()
    assert len(lines()) > 8
    for planted in PLANTED:
        assert planted.lower() not in written


def failing(words):
    def ask(*_arguments):
        raise RuntimeError(f"something about {words}")

    return ask


def test_an_accident_is_logged_with_its_place_and_shown_without_it(signed_in, lines, monkeypatch):
    monkeypatch.setattr(questions.asking, "ask", failing("Okonkwo"))
    page = signed_in("amina").send("/questions", title="x")
    assert page.status_code == 500
    assert "Something went wrong on our side" in page.text
    assert "Okonkwo" not in page.text
    [failure] = [line for line in lines() if line["event"] == "failure"]
    assert failure["error"] == "RuntimeError"
    assert any("test_logs.py" in place for place in failure["where"])
    assert failure["request"] in page.text


def test_a_busy_database_is_told_in_words(signed_in, lines, monkeypatch):
    from sqlalchemy.exc import OperationalError

    def locked(*_arguments):
        raise OperationalError("INSERT …", {}, Exception("database is locked"))

    monkeypatch.setattr(questions.asking, "ask", locked)
    page = signed_in("amina").send("/questions", title="x")
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "5"
    assert "could not be stored" in page.text
