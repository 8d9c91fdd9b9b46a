"""Searching, as a program meets it."""

import pytest
from clients import browser

from board.core.database import db
from board.people.models import CONSOLE
from board.posts import asking, hiding
from board.search.models import MissedSearch
from board.signin import tokens
from board.upkeep.importing import import_file

SEARCH, SIMILAR = "/api/v1/search", "/api/v1/similar"
KEYS = {"id", "external_id", "title", "url", "state", "score", "excerpt", "tags", "urgency"}


@pytest.fixture
def secret(world):
    made = tokens.create(CONSOLE, "intranet", tokens.Scope.READ)
    db.session.commit()
    return made


@pytest.fixture
def fetch(app, secret):
    """`fetch("/api/v1/search", q="insulin")`: what a program with a token is told."""

    def do(address, method="GET", **asked):
        headers = {"Authorization": f"Bearer {secret}"}
        return browser(app).open(address, method=method, query_string=asked, headers=headers)

    return do


def ids(answer):
    assert answer.status_code == 200
    return [result["id"] for result in answer.json["results"]]


def told(answer, status):
    """The error, which is JSON with this status and nothing else."""
    assert (answer.status_code, answer.mimetype) == (status, "application/json")
    assert list(answer.json) == ["error"]
    assert "Set-Cookie" not in answer.headers
    return answer.json["error"]


def test_a_search_is_answered(fetch, world):
    answer = fetch(SEARCH, q="started insulin pen")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert set(answer.json) == {"query", "total", "results"}
    assert (answer.json["query"], answer.json["total"]) == ("started insulin pen", 1)
    [result] = answer.json["results"]
    assert set(result) == KEYS
    assert result["id"] == world.insulin.id
    assert result["external_id"] is None
    assert result["title"] == "How long does a started insulin pen keep?"
    assert result["url"] == (
        "http://localhost/questions/1/how-long-does-a-started-insulin-pen-keep"
    )
    assert result["state"] == "answered"
    assert result["score"] > 0
    assert result["tags"] == ["insulin", "storage"]


def test_the_address_leads_to_the_question(fetch, signed_in):
    [result] = fetch(SEARCH, q="gloves").json["results"]
    assert signed_in("amina").get(result["url"]).status_code == 200


@pytest.mark.parametrize(
    ("query", "state"), [("insulin", "answered"), ("pump", "unanswered"), ("gloves", "accepted")]
)
def test_the_state_of_a_question(fetch, query, state):
    assert fetch(SEARCH, q=query).json["results"][0]["state"] == state


def test_a_passage_is_plain_text(fetch, world):
    asking.ask(world.amina, "Is zinc <b>safe</b>?", "If zinc & copper < 5 mg?")
    db.session.commit()
    [result] = fetch(SEARCH, q="zinc").json["results"]
    assert result["excerpt"] == "If zinc & copper < 5 mg?"
    assert result["title"] == "Is zinc <b>safe</b>?"
    assert result["tags"] == []


def test_the_best_comes_first(fetch, world):
    asking.ask(world.amina, "Where is the fridge?", "For insulin, perhaps.")
    asking.ask(world.amina, "Insulin?")
    db.session.commit()
    results = fetch(SEARCH, q="insulin").json["results"]
    scores = [result["score"] for result in results]
    assert len(results) == 3
    assert scores == sorted(scores, reverse=True)
    assert results[-1]["id"] == 7


def test_the_query_language_is_understood(fetch, world):
    assert ids(fetch(SEARCH, q="is:unanswered")) == [world.pump.id]
    assert ids(fetch(SEARCH, q="tag:gloves")) == [world.gloves.id]
    assert ids(fetch(SEARCH, q="inuslin")) == [world.insulin.id]


def test_an_imported_question_tells_its_own_id(fetch, world, tmp_path):
    file = tmp_path / "in.jsonl"
    file.write_text('{"id": "trust/42", "title": "What is zinc for?"}\n')
    import_file(file)
    [result] = fetch(SEARCH, q="zinc").json["results"]
    assert result["external_id"] == "trust/42"


def test_a_title_without_latin_letters_has_an_address(fetch, world):
    asking.ask(world.amina, "日本語 ですか ですか", "")
    db.session.commit()
    [result] = fetch(SEARCH, q="日本語").json["results"]
    assert result["url"] == "http://localhost/questions/7/question"


def test_nothing_found_is_no_error(fetch):
    answer = fetch(SEARCH, q="zzzz")
    assert (answer.status_code, answer.json) == (
        200,
        {"query": "zzzz", "total": 0, "results": []},
    )


def test_the_limit(fetch, world):
    for number in range(12):
        asking.ask(world.amina, f"Zinc number {number}?")
    db.session.commit()
    assert len(ids(fetch(SEARCH, q="zinc"))) == 10
    assert len(ids(fetch(SEARCH, q="zinc", limit=3))) == 3
    assert len(ids(fetch(SEARCH, q="zinc", limit=100))) == 12
    assert fetch(SEARCH, q="zinc", limit=3).json["total"] == 12
    assert len(ids(fetch(SIMILAR, title="zinc"))) == 5
    assert len(ids(fetch(SIMILAR, title="zinc", limit=7))) == 7


@pytest.mark.parametrize("address", [SEARCH, SIMILAR])
@pytest.mark.parametrize("limit", ["0", "-1", "101", "x", "", "1.5", "²", "1" * 30, "1e2"])
def test_a_limit_that_is_none_is_told(fetch, address, limit):
    error = told(fetch(address, q="zinc", title="zinc", limit=limit), 400)
    assert "limit" in error
    assert "100" in error


@pytest.mark.parametrize("address", [SEARCH, SIMILAR])
@pytest.mark.parametrize("typed", [None, "", "  "])
def test_a_missing_query_is_told(fetch, address, typed):
    asked = {} if typed is None else {"q": typed, "title": typed}
    assert "missing" in told(fetch(address, **asked), 400)


@pytest.mark.parametrize("query", ['"', "-", "tag:", "\x00", "?!", "x" * 5000, "since:9999-12-31"])
def test_no_query_is_an_error(fetch, query):
    assert fetch(SEARCH, q=query).status_code == 200
    assert fetch(SIMILAR, title=query).status_code == 200


def test_similar_questions(fetch, world):
    answer = fetch(SIMILAR, title="How long will an insulin pen keep?")
    assert set(answer.json) == {"query", "total", "results"}
    assert (answer.json["query"], answer.json["total"]) == ("How long will an insulin pen keep?", 1)
    [result] = answer.json["results"]
    assert set(result) == KEYS
    assert result["id"] == world.insulin.id


def test_details_are_compared_too(fetch, world):
    assert ids(fetch(SIMILAR, title="Something else", body="The pump alarm: occlusion")) == [
        world.pump.id
    ]


def test_what_is_hidden_is_not_told(fetch, world):
    hiding.hide(world.jonas, world.insulin_answer)
    hiding.hide(world.ruth, world.gloves, "test")
    db.session.commit()
    for address in (SEARCH, SIMILAR):
        for words in ("leaflet", "gloves", "cytotoxic drugs", "policy", "tag:gloves"):
            answer = fetch(address, q=words, title=words)
            assert (answer.json["total"], ids(answer)) == (0, [])
    [result] = fetch(SEARCH, q="insulin").json["results"]
    assert (result["state"], "leaflet" in result["excerpt"]) == ("unanswered", False)


def test_no_cookie_is_set(fetch):
    for address in (SEARCH, SIMILAR):
        answer = fetch(address, q="insulin", title="insulin")
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers


def test_a_programs_search_is_not_kept(fetch, world):
    for number in range(3):
        asking.ask(world.amina, f"Wound {number}?")
    db.session.commit()
    fetch(SEARCH, q="wound insulin gloves pump alarm")
    assert db.session.query(MissedSearch).all() == []


@pytest.mark.parametrize("address", [SEARCH, SIMILAR])
@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        "Bearer ' OR 1=1 --",
        "Basic {secret}",
        "{secret}",
        "Bearer {secret}x",
        "Token {secret}",
    ],
)
def test_without_a_token_nothing_is_told(app, secret, address, given):
    headers = {} if given is None else {"Authorization": given.format(secret=secret)}
    answer = browser(app).get(f"{address}?q=insulin&title=insulin", headers=headers)
    assert "board token create" in told(answer, 401)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_in_the_address_is_none(app, secret):
    answer = browser(app).get(f"{SEARCH}?q=insulin&token={secret}&access_token={secret}")
    told(answer, 401)


def test_the_scheme_is_read_in_any_letters(app, secret):
    answer = browser(app).get(f"{SEARCH}?q=zinc", headers={"Authorization": f"bearer  {secret}"})
    assert answer.status_code == 200


def test_an_ended_token_is_worth_nothing(fetch):
    assert fetch(SEARCH, q="insulin").status_code == 200
    tokens.end(CONSOLE, "intranet")
    db.session.commit()
    assert "not valid" in told(fetch(SEARCH, q="insulin"), 401)


def test_a_session_is_no_token(signed_in):
    for name in ("amina", "tomasz"):
        told(signed_in(name).get(f"{SEARCH}?q=insulin"), 401)


def test_public_reading_is_for_people(stranger, configure):
    configure(public_reading=True)
    told(stranger.get(f"{SEARCH}?q=insulin"), 401)


def test_a_token_opens_no_page(app, secret):
    answer = browser(app).get("/questions/1", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code in (302, 303, 401)


@pytest.mark.parametrize(
    "address",
    ["/api/v1/nothing", "/api/v1/search/", "/api/v1/search/1", "/api/v1/<b>", "/api/v1/"],
)
def test_an_unknown_address_is_told_in_json(fetch, address):
    assert "There is no" in told(fetch(address), 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("address", [SEARCH, SIMILAR, "/api/v1/nothing"])
def test_programs_only_read(fetch, address, method):
    answer = fetch(address, method, q="insulin", title="insulin")
    assert "GET" in told(answer, 405)
    assert "GET" in answer.headers["Allow"]


def test_an_accident_is_told_in_json_without_details(fetch, app, monkeypatch, caplog):
    def broken(*_arguments, **_options):
        raise RuntimeError("the patient's name")

    monkeypatch.setattr("board.api.search.find", broken)
    error = told(fetch(SEARCH, q="insulin"), 500)
    assert "patient" not in error


def test_the_use_of_a_token_is_noted(fetch):
    assert tokens.standing()[0].used_at is None
    fetch(SEARCH, q="insulin")
    db.session.rollback()
    assert tokens.standing()[0].used_at is not None
