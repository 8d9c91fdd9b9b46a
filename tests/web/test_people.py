"""People, as a browser meets them."""

import pytest
from clients import browser
from world import PASSWORD

from board.core.database import db
from board.posts import accepting, voting

NOOR = {
    "handle": "noor",
    "name": "Noor Haddad",
    "profession": "Physiotherapist",
    "department": "Therapies",
    "role": "member",
    "password": "a first password",
}


def test_the_list_of_people(amina):
    page = amina.get("/people").text
    assert "Jonas Weber" in page
    assert "Lena Holm" not in page
    assert "Add a person" not in page
    assert "Nobody found" in amina.get("/people?q=zzz").text


def test_an_administrator_sees_who_left(tomasz):
    assert "Lena Holm" in tomasz.get("/people").text


def test_a_profile_shows_questions_and_answers(amina):
    assert "insulin pen" in amina.get("/people/amina").text
    page = amina.get("/people/jonas?show=answers").text
    assert "Four weeks" in page
    assert "insulin pen" in page


def test_how_many_were_helped_is_private_until_shown(amina, signed_in, world):
    voting.vote(world.priya, world.insulin_answer)
    accepting.accept(world.amina, world.insulin_answer)
    jonas = signed_in("jonas")
    assert "2 colleagues" in jonas.get("/people/jonas").text
    assert "Helped" not in amina.get("/people/jonas").text
    jonas.send("/people/jonas/privacy", shows=1)
    assert "2 colleagues" in amina.get("/people/jonas").text


def test_a_site_can_switch_that_off(signed_in, configure):
    configure(show_helped=False)
    assert "You have helped" not in signed_in("jonas").get("/people/jonas").text


def test_nobody_decides_that_for_others(amina):
    assert amina.send("/people/jonas/privacy", shows=1).status_code == 403


def test_a_person_who_is_not_there(amina):
    assert amina.get("/people/nobody").status_code == 404


def test_an_administrator_adds_a_person_who_has_to_change_the_password(tomasz, app):
    assert tomasz.get("/people/new").status_code == 200
    assert tomasz.send("/people", **NOOR).location.endswith("/people/noor")
    noor = browser(app)
    noor.send("/sign-in", username="noor", password="a first password")
    assert noor.get("/").location.endswith("/password")
    assert noor.send("/questions", title="x").location.endswith("/password")
    reply = noor.send(
        "/password",
        present="a first password",
        password="four other words",
        repeated="four other words",
    )
    assert reply.status_code == 303
    assert noor.get("/").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"handle": "amina"}, "taken"),
        ({"handle": "a b"}, "user name"),
        ({"password": "short"}, "12 characters"),
        ({"role": "king"}, "role"),
    ],
)
def test_a_mistake_keeps_what_was_typed_but_not_the_password(tomasz, wrong, message):
    page = tomasz.send("/people", **(NOOR | wrong))
    assert page.status_code == 422
    assert message in page.text
    assert 'value="Physiotherapist"' in page.text
    assert "a first password" not in page.text


def test_an_administrator_changes_a_person(tomasz, world):
    assert tomasz.get("/people/amina/edit").status_code == 200
    tomasz.send(
        "/people/amina/edit",
        name="Amina Bell",
        profession="Sister",
        department="ICU",
        role="moderator",
    )
    db.session.expire_all()
    assert (world.amina.name, world.amina.role, world.amina.department.name) == (
        "Amina Bell",
        "moderator",
        "ICU",
    )


def test_a_new_password_ends_the_sessions(tomasz, amina, app):
    tomasz.send("/people/amina/password", password="a new password here")
    assert amina.get("/").status_code == 303
    fresh = browser(app)
    assert fresh.send("/sign-in", username="amina", password=PASSWORD).status_code == 422
    assert (
        fresh.send("/sign-in", username="amina", password="a new password here").status_code == 303
    )


def test_somebody_who_leaves_is_out_at_the_next_request(tomasz, amina, world):
    tomasz.send("/people/amina/deactivation")
    assert amina.get("/").status_code == 303
    assert amina.send("/questions", title="x").status_code == 303
    assert "No longer has access" in tomasz.get("/people/amina").text
    assert "insulin pen" in tomasz.get("/").text
    tomasz.send("/people/amina/reactivation")
    assert amina.get("/").status_code == 303


def test_the_only_administrator_stays(tomasz):
    page = tomasz.send("/people/tomasz/deactivation")
    assert page.status_code == 403
    assert "only administrator" in page.text


@pytest.mark.parametrize("name", ["amina", "ruth"])
def test_others_manage_nobody(signed_in, name):
    other = signed_in(name)
    assert other.get("/people/new").status_code == 403
    assert other.get("/people/jonas/edit").status_code == 403
    assert other.send("/people", **NOOR).status_code == 403
    assert other.send("/people/jonas/edit", name="x", role="member").status_code == 403
    assert other.send("/people/jonas/password", password="a new password here").status_code == 403
    assert other.send("/people/jonas/deactivation").status_code == 403
    assert other.send("/people/lena/reactivation").status_code == 403


def test_an_imported_author_has_a_page_and_nothing_to_manage(tomasz, world):
    world.lena.is_imported = True
    assert "Imported author" in tomasz.get("/people/lena").text
    assert tomasz.get("/people/lena/edit").status_code == 404
