"""Where somebody is signed in, on a page."""

import pytest
from world import PASSWORD

from board.core.database import db
from board.signin.models import Session

EDGE = "Mozilla/5.0 (Windows NT 10.0) Chrome/109.0 Safari/537.36 Edg/109.0"


def test_the_list_names_browser_and_address(stranger):
    browser = {"User-Agent": EDGE, "X-Forwarded-For": "10.9.9.9"}
    token = stranger.csrf_token()
    fields = {"csrf_token": token, "username": "amina", "password": PASSWORD}
    stranger.post("/sign-in", data=fields, headers=browser)
    page = stranger.get("/people/amina/sessions").text
    assert "Edge on Windows" in page
    assert "127.0.0.1" in page
    assert "10.9.9.9" not in page  # nobody has said that this proxy is to be believed
    assert "this browser" in page
    assert "End it" not in page


def test_one_elsewhere_is_ended_and_keeps_what_was_typed_there(signed_in, world):
    here, elsewhere = signed_in("amina"), signed_in("amina")
    assert "End it" in here.get("/people/amina/sessions").text
    [_, other] = db.session.query(Session).order_by(Session.id)
    reply = here.send(f"/people/amina/sessions/{other.id}/end")
    assert reply.location == "/people/amina/sessions"
    said = elsewhere.send("/drafts/question", part="draft", title="Precious", sequence="0")
    assert said.status_code == 401
    assert "Your text is kept for you" in said.text
    assert elsewhere.get("/tags").status_code == 303
    assert "Precious" in here.get("/questions/new").text


def test_all_others_at_once(signed_in):
    here, elsewhere = signed_in("amina"), signed_in("amina")
    here.send("/people/amina/sessions/end")
    assert here.get("/tags").status_code == 200
    assert elsewhere.get("/tags").status_code == 303


def test_an_administrator_ends_them_from_the_persons_page(signed_in):
    amina, tomasz = signed_in("amina"), signed_in("tomasz")
    assert "/people/amina/sessions" in tomasz.get("/people/amina/edit").text
    assert "End them all" in tomasz.get("/people/amina/sessions").text
    tomasz.send("/people/amina/sessions/end")
    assert amina.get("/tags").status_code == 303
    assert "Nowhere at present" in tomasz.get("/people/amina/sessions").text


@pytest.mark.parametrize("address", ["/people/nobody/sessions", "/people/amina/sessions/99"])
def test_what_there_is_not(signed_in, address):
    assert signed_in("tomasz").get(address).status_code in (404, 405)


def test_where_a_site_wants_one_session_the_older_keeps_its_text(stranger, signed_in, configure):
    older = signed_in("amina")
    configure(one_session=True)
    stranger.send("/sign-in", username="amina", password=PASSWORD)
    said = older.send("/drafts/question", part="draft", title="Precious", sequence="0")
    assert said.status_code == 401
    assert "Your text is kept for you" in said.text
    assert "Precious" in stranger.get("/questions/new").text
