"""Changing one's own password, as a browser meets it."""

import pytest
from clients import browser
from world import PASSWORD

NEW = "a quite new password"


def change(client, **fields):
    return client.send(
        "/password", **({"present": PASSWORD, "password": NEW, "repeated": NEW} | fields)
    )


def test_the_page_works(signed_in):
    assert signed_in("amina").get("/password").status_code == 200


def test_a_new_password_ends_the_other_sessions(app, signed_in):
    here, elsewhere = signed_in("amina"), signed_in("amina")
    assert change(here).status_code == 303
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 303
    assert browser(app).send("/sign-in", username="amina", password=NEW).status_code == 303


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"present": "not mine at all"}, "not your present password"),
        ({"repeated": "something else"}, "not the same"),
        ({"password": "short", "repeated": "short"}, "12 characters"),
        ({"password": PASSWORD, "repeated": PASSWORD}, "not the one you have"),
    ],
)
def test_a_mistake_is_told_beside_its_field(signed_in, wrong, message):
    page = change(signed_in("amina"), **wrong)
    assert page.status_code == 422
    assert message in page.text


def test_guessing_the_present_password_is_slowed_down(signed_in, configure):
    amina = signed_in("amina")
    configure(ratelimit_enabled=True)
    for _ in range(3):
        assert change(amina, present="a wrong guess").status_code == 422
    assert change(amina).status_code == 429
