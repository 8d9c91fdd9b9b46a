"""Every route that takes text is looked through, and gives back all that was typed."""

import html

import pytest
from guarded import (
    CHOSEN,
    FIELDS,
    GUARDED,
    NOT_GUARDED,
    NOT_TEXT,
    NUMBER,
    STRONG,
    TOLD,
    ask,
    buttons,
    everything,
    recorded,
)
from test_access import CHANGES, rows
from werkzeug.datastructures import ImmutableMultiDict

pytestmark = pytest.mark.usefixtures("furnished")


def test_every_route_that_takes_text_is_looked_through(app):
    """A new POST route has to be thought about here."""
    excused = set().union(*NOT_GUARDED.values())
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods:
            continue
        texts = getattr(app.view_functions[rule.endpoint], "texts", ())
        told = TOLD.get(rule.endpoint, ())
        expected = GUARDED[rule.endpoint][1] if rule.endpoint in GUARDED else told
        assert texts == expected, rule.endpoint
        assert bool(texts) != (rule.endpoint in excused), f"{rule.endpoint} is in no table, or both"


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_no_write_can_skip_it(ruth, name, field):
    address, _, others = GUARDED[name]
    reply = ruth.send(address, **others | {field: STRONG})
    assert reply.status_code == 422
    assert NUMBER not in everything()
    assert recorded() == [("refused", "nhs_number", field)]


def test_why_a_request_was_declined_is_looked_through(ruth):
    reply = ruth.send("/requests/1/refusal", reason=STRONG)
    assert reply.status_code == 422
    assert "an NHS number" in reply.text
    assert NUMBER not in everything()


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_everything_typed_comes_back_with_three_ways_on(ruth, name, field):
    address, _, others = GUARDED[name]
    page = ruth.send(address, **others | {field: STRONG})
    if name == "acceptances.create":  # no form of ours sends a reason there
        assert "an NHS number" in page.text
        return
    assert "Looks like an NHS number" in page.text
    assert html.escape(STRONG) in page.text
    assert "Replace with “[NHS number]”" in page.text
    assert "Replace and post" in page.text
    assert 'id="mistakes"' in page.text
    assert "autofocus" in page.text


# What no text of theirs is stored from: a choice, or the number of something that exists.
CHOICES = {"csrf_token", "submission_key", "base_revision", "replace"} | {
    "likely",
    "original",
    "suggestion",
}


@pytest.mark.parametrize("name", list(GUARDED))
def test_a_view_reads_no_text_that_was_not_looked_through(app, ruth, monkeypatch, name):
    read = set()

    class Noting(ImmutableMultiDict):
        def get(self, key, *arguments, **options):
            read.add(key)
            return super().get(key, *arguments, **options)

        def __getitem__(self, key):
            read.add(key)
            return super().__getitem__(key)

    monkeypatch.setattr(app.request_class, "parameter_storage_class", Noting)
    address, fields, others = GUARDED[name]
    sent = dict.fromkeys(fields, "plain, words") | {"submission_key": "k"} | others
    assert ruth.send(address, **sent).status_code in (303, 403)
    assert read >= set(fields)
    own = {"csrf_token", "submission_key", "base_revision", "replace", "level", "emergency"}
    own.add("confidential")
    assert read <= {*fields, *others, *own, *CHOSEN, *CHOICES, *NOT_TEXT.get(name, ())}


@pytest.mark.parametrize(
    ("name", "field"), [each for each in FIELDS if each[1] not in ("tags", "name", "synonyms")]
)
def test_every_override_is_on_record(reviewer, name, field):
    address, fields, others = GUARDED[name]
    filled = {"body": "plain"} if "body" in fields else {}
    check = reviewer.send("/privacy-check", body=STRONG)
    sent = (
        filled
        | others
        | {field: f"NHS number {NUMBER}, pump", "not_patient": buttons(check)[NUMBER]}
    )
    assert reviewer.send(address, **sent).status_code in (303, 403)
    if name != "acceptances.create":
        assert recorded() == [("overridden", "nhs_number", field)]


def test_the_fields_of_the_forms_are_all_looked_through(app):
    """Every field that the table of rights sends is a choice, an account's, or looked through."""
    named = {field for _, fields, _ in GUARDED.values() for field in fields}
    named |= {field for fields in TOLD.values() for field in fields}
    sent = {pair.split("=")[0] for row in rows(CHANGES) for pair in row[1].split("&")}
    choices = {
        "-",
        "vote",
        "saved",
        "what",
        "kind",
        "target",
        "level",
        "base_revision",
        "into",
        "cap",
        "frequency",
        "url",
        "department",
        "networks",
        "urgency",
        "topic",
        "phone",
        "starts",
        "ends",
        "reviews",
        "passage",  # never a patient's
        "sample",  # stored nowhere
        "passages",  # kept sealed until they are removed
        "decision",
        "keys",
        "until",
        "to",
    }
    accounts = {"handle", "password", "role", "present", "shows"}
    counted = {"answer", "evidence", "used", "risk", "field"}
    assert sent - choices - accounts - CHOSEN - counted <= named


def test_a_title_over_two_lines_is_read_as_it_is_kept(amina):
    page = ask(amina, title="NHS number 999\n012\n3454?")
    assert page.status_code == 422


def test_the_deed_is_done_when_nothing_is_found(amina):
    assert ask(amina, body="How often is the filter changed?").status_code == 303
    assert recorded() == []


def test_a_site_can_do_without(amina, configure):
    configure(privacy_check=False)
    assert amina.send("/privacy-check", body=STRONG).status_code == 204
    assert ask(amina, body=STRONG).status_code == 303
