"""Making one's own account, as a browser meets it."""

import pytest

NOOR = {
    "handle": "noor",
    "name": "Noor Haddad",
    "profession": "Physiotherapist",
    "department": "Therapies",
    "password": "her own password",
}


def test_nobody_registers_where_the_site_does_not_say_so(stranger):
    assert stranger.get("/register").status_code == 404
    assert stranger.send("/register", **NOOR).status_code == 404


@pytest.fixture
def opened(configure):
    configure(self_registration=True)


def test_somebody_registers_and_is_signed_in_as_a_member(stranger, opened):
    assert "/register" in stranger.get("/sign-in").text
    assert stranger.get("/register").status_code == 200
    reply = stranger.send("/register", **(NOOR | {"role": "administrator"}))
    assert reply.status_code == 303
    assert "Welcome, Noor Haddad." in stranger.get("/").text
    assert stranger.get("/people/new").status_code == 403


@pytest.mark.parametrize(
    ("wrong", "message"),
    [({"handle": "amina"}, "taken"), ({"password": "short"}, "12 characters"), ({"name": ""}, "")],
)
def test_a_mistake_keeps_what_was_typed(stranger, opened, wrong, message):
    page = stranger.send("/register", **(NOOR | wrong))
    assert page.status_code in (303, 422)
    assert message in page.text


def test_one_address_registers_only_so_many(stranger, opened, configure, monkeypatch):
    from board.core.limits import Limit
    from board.web import registrations

    configure(ratelimit_enabled=True)
    monkeypatch.setattr(registrations, "FROM_ONE_ADDRESS", Limit("registration", 1, 3600))
    stranger.send("/register", **(NOOR | {"password": "short"}))
    assert stranger.send("/register", **NOOR).status_code == 429
    configure(trusted_networks=("127.0.0.0/8",))
    assert stranger.send("/register", **NOOR).status_code == 303
