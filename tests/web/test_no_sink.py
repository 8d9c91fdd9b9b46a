"""Matched text never leaves: not in logs, tables, other people's pages or the database file."""

import html
import logging

import pytest
from guarded import GUARDED, NUMBER, STRONG, TOLD, ask, everything
from sqlalchemy import text
from werkzeug.routing import IntegerConverter

from board.core.database import db
from board.web import logs

pytestmark = pytest.mark.usefixtures("furnished")


PLANTED = {
    "nhs": ("Patient with NHS number 999 012 3454.", "999 012 3454"),
    "name": ("Mrs Okonkwo fell again, who knows the new bed rails?", "Okonkwo"),
    "dob": ("The patient's dob 12/05/1931 is wrong in the record.", "12/05/1931"),
    "phone": ("Her daughter is on 07700 900123, mobile.", "07700 900123"),
}


# What a form may say beside its text: nothing more, three ways on, a moderator's word for it.
PRESSED = ({}, {"review": "1"}, {"replace": "all"}, {"not_patient": "0" * 32})


TOLD_AT = {
    "requests.decline": "/requests/1/refusal",
    "quarantine.give_back": "/privacy/held/1/return",
    "concerns.clear": "/privacy/concerns/1/clearance",
    "queue.decide": "/queue/flagged/2",
    "suggestions.create": "/posts/2/suggestions",
    "suggestions.decline": "/suggestions/1/refusal",
}


def press_everything(browser, sentence):
    """Send the sentence in every field of every form, by every way on."""
    assert TOLD_AT.keys() == TOLD.keys()
    for endpoint, fields in TOLD.items():
        browser.send(TOLD_AT[endpoint], **dict.fromkeys(fields, sentence))
    for address, fields, others in GUARDED.values():
        for pressed in PRESSED:
            browser.send(address, **others | dict.fromkeys(fields, sentence) | pressed)
        for field in fields:
            for part in (None, "answer"):
                browser.send(address, part=part, **others | {field: sentence})
                browser.post(address, data=others | {field: sentence})  # no token: refused too


@pytest.mark.walk
@pytest.mark.parametrize("name", list(PLANTED))
@pytest.mark.parametrize("who", ["amina", "ruth"])
def test_what_was_planted_is_found_in_no_sink(signed_in, caplog, monkeypatch, who, name):
    """Every form, by every way on; then every route with it in every field: logs, every table."""
    sentence, planted = PLANTED[name]
    amina = signed_in(who)
    monkeypatch.setattr(logs.log, "propagate", True)
    caplog.set_level(logging.DEBUG, logger="board")
    with caplog.at_level(logging.DEBUG):
        press_everything(amina, sentence)
        for address in ("/preview", "/similar", "/privacy-check"):
            amina.send(address, title=sentence, body=sentence)
        amina.get("/search", query_string={"q": sentence})
        amina.get("/search", query_string={"q": planted})
        amina.get("/search/suggestions", query_string={"q": sentence})
        amina.send("/nothing/at/all", body=sentence)
    written = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert "request" in written
    assert planted.lower() not in written.lower()
    assert planted.lower() not in everything(but=()).lower()
    other = signed_in("tomasz")
    pages = ("/questions", "/search/missed", "/privacy/rules", "/nothing", "/posts/1/edit")
    for address in (*pages, "/privacy/held", "/inbox", "/drafts", "/people/amina", "/healthz"):
        assert planted.lower() not in other.get(address).text.lower()


NUMBERED = ("id", "number")


@pytest.mark.walk
def test_no_route_of_any_kind_logs_or_keeps_it(app, ruth, caplog, monkeypatch):
    """Whatever route a later feature adds: it is walked here by itself."""
    planted = "Zyxqvulbert 999 012 3454"
    monkeypatch.setattr(logs.log, "propagate", True)
    caplog.set_level(logging.DEBUG, logger="board")
    fields = {field for _, texts, others in GUARDED.values() for field in (*texts, *others)}
    fields |= {"message", "passages", "what", "kind", "q", "description", "line"}
    sent = dict.fromkeys(fields, f"Mrs {planted}, NHS number {planted}")
    adapter = app.url_map.bind("localhost")
    ours = {"people", "passwords", "sessions", "registrations", "drafts", "experts", "health"}
    with caplog.at_level(logging.DEBUG):
        for rule in app.url_map.iter_rules():
            if "POST" in rule.methods and rule.endpoint.partition(".")[0] not in ours:
                numbers = [isinstance(each, IntegerConverter) for each in rule._converters.values()]
                arguments = {
                    name: 1 if is_number else "x"
                    for name, is_number in zip(rule._converters, numbers, strict=True)
                }
                ruth.send(adapter.build(rule.endpoint, arguments, method="POST"), **sent)
    written = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert "request" in written
    assert "zyxqvulbert" not in written.lower()
    assert "zyxqvulbert" not in everything().lower()


def test_an_accident_while_looking_logs_nothing_of_the_text(amina, caplog, monkeypatch):
    def fail(*_arguments):
        raise ValueError(f"cannot read {NUMBER}")

    monkeypatch.setattr(logs.log, "propagate", True)
    monkeypatch.setattr("board.privacy.guarding.find", fail)
    with caplog.at_level(logging.DEBUG):
        page = ask(amina, body=STRONG)
    assert page.status_code == 500
    assert NUMBER not in "\n".join(str(vars(record)) for record in caplog.records)
    assert NUMBER not in everything()
    assert STRONG in html.unescape(page.text)  # hers to copy


def test_the_database_file_holds_nothing(amina, database):
    ask(amina, body=STRONG)
    if database == "sqlite":
        path = db.session.execute(text("PRAGMA database_list")).first()[2]
        if path:
            with open(path, "rb") as file:
                assert NUMBER.encode() not in file.read()
