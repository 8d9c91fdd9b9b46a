"""Whose name it goes under, beside every post button; and making way for somebody else."""

import pytest
from world import PASSWORD

FORMS = [
    ("/questions/new", "question"),
    ("/questions/4", "answer-4"),
    ("/posts/2/comments/new", "comment-2"),
    ("/posts/1/edit", "edit-1"),
    ("/posts/1/hiding", ""),
    ("/tags/insulin/edit", ""),
    ("/synonyms/new", ""),
    ("/experts/me", ""),
]


@pytest.mark.parametrize(("address", "kept_as"), FORMS)
def test_the_name_and_the_way_out_stand_beside_the_button(ruth, address, kept_as):
    page = ruth.get(address, follow_redirects=True).text
    beside = page[page.index('class="poster"') :].partition("</p>")[0]
    assert "Ruth Okafor" in beside
    assert "Clinical educator" in beside
    assert f'name="keep" value="{kept_as}" formaction="/sign-out" formnovalidate' in beside
    assert "Not you? Switch user" in beside


@pytest.mark.parametrize("address", ["/", "/tags", "/people", "/help", "/inbox"])
def test_on_every_page_the_name_and_the_way_out_are_in_sight(ruth, address):
    page = ruth.get(address).text
    assert '<span class="me-name">Ruth Okafor</span>' in page
    assert '<form class="switch"' in page


@pytest.mark.parametrize(
    ("keep", "page"),
    [
        ("question", "/questions/new"),
        ("answer-4", "/questions/4"),
        ("comment-2", "/posts/2/comments/new"),
    ],
)
def test_what_stands_in_the_form_waits_for_whoever_was_named(signed_in, keep, page):
    here = signed_in("amina")
    reply = here.send("/sign-out", keep=keep, title="Precious", body="Precious words")
    assert reply.location == "/sign-in"
    here.send("/sign-in", username="jonas", password=PASSWORD)
    assert "Precious" not in here.get(page, follow_redirects=True).text
    here.send("/sign-out", switch="1")
    here.send("/sign-in", username="amina", password=PASSWORD)
    assert "Precious" in here.get(page, follow_redirects=True).text


@pytest.mark.parametrize("keep", ["", "answer-99", "nonsense"])
def test_a_form_that_keeps_nothing_makes_way_all_the_same(signed_in, keep):
    here = signed_in("amina")
    assert here.send("/sign-out", keep=keep, body="x").location == "/sign-in"
    assert here.get("/drafts").status_code == 303


def test_htmx_is_led_to_the_door(signed_in):
    reply = signed_in("amina").send("/sign-out", part="answer", keep="answer-4", body="x")
    assert reply.headers["HX-Redirect"] == "/sign-in"
    assert reply.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_nobody_can_switch_too(stranger):
    assert stranger.send("/sign-out", switch="1").location == "/sign-in"
