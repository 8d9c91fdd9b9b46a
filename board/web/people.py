"""The people of the board: finding one, a profile, and what administrators do."""

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from board.config import settings
from board.core.database import db
from board.core.errors import Missing, require
from board.inbox import watching
from board.inbox.models import Watched
from board.people import appointing, joining, leaving, queries
from board.people.models import Person
from board.people.rules import may_manage_people, may_see_helped, may_see_inactive
from board.posts import lists
from board.posts.queries import answered_by, helped_by
from board.signin import passwords, sessions
from board.web.forms import typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader, signed_in

SHOWN = 200

pages = Pages("people")


def hash_password() -> None:
    """argon2 takes its time on purpose: before the writer's lock is taken."""
    g.password = passwords.Hash.of(request.form.get("password", ""))


@pages.shown("/people")
def index() -> str:
    words = request.args.get("q", "")
    query = queries.people(words, inactive=may_see_inactive(reader()))
    rows = db.session.execute(query.limit(SHOWN + 1)).all()
    return page("people/index.html", people=rows[:SHOWN], has_more=len(rows) > SHOWN, words=words)


@pages.shown("/people/<handle>")
def show(handle: str) -> str:
    person = queries.person_called(handle)
    shows_answers = request.args.get("show") == "answers"
    fetch = answered_by if shows_answers else lists.asked_by
    rows = fetch(person.id, request.args.get("after"))
    sees_helped = settings().show_helped and may_see_helped(reader(), person)
    return page(
        "people/show.html",
        person=person,
        listed=rows,
        shows_answers=shows_answers,
        helped=helped_by(person.id) if sees_helped else None,
        level=watching.level_of(signed_in().id, Watched.PERSON, person.id),
        parts=["more"],
    )


@pages.post("/people/<handle>/privacy")
def show_helped(handle: str) -> ResponseReturnValue:
    person = me()
    require(person.handle == handle, "Only they themselves decide that.")
    joining.show_helped(person, request.form.get("shows") == "1")
    return moved(url_for("people.show", handle=handle), "Noted.")


@pages.shown("/people/new")
def new() -> str:
    require(may_manage_people(reader()), joining.REFUSAL)
    return page("people/new.html", departments=db.session.execute(queries.departments()).all())


@pages.post("/people", again="people.new", first=hash_password)
def create() -> ResponseReturnValue:
    person = joining.add(
        me(),
        typed("handle"),
        name=typed("name"),
        profession=typed("profession"),
        department=typed("department"),
        role=typed("role"),
    )
    passwords.assign(me(), person, g.password)
    return moved(url_for("people.show", handle=person.handle), f"{person.name} may sign in now.")


@pages.shown("/people/<handle>/edit")
def edit(handle: str) -> str:
    require(may_manage_people(reader()), joining.REFUSAL)
    return page(
        "people/edit.html",
        person=_manageable(handle),
        departments=db.session.execute(queries.departments()).all(),
    )


@pages.post("/people/<handle>/edit", again="people.edit")
def update(handle: str) -> ResponseReturnValue:
    person = _manageable(handle)
    joining.change(
        me(),
        person,
        name=typed("name"),
        profession=typed("profession"),
        department=typed("department"),
    )
    appointing.appoint(me(), person, typed("role"))
    return moved(url_for("people.show", handle=handle), "The person was changed.")


@pages.post("/people/<handle>/reviewing", again="people.edit")
def let_review(handle: str) -> ResponseReturnValue:
    person = _manageable(handle)
    reviews = request.form.get("reviews") == "1"
    appointing.let_review(me(), person, reviews=reviews)
    said = "looks through held texts from now on" if reviews else "is no privacy reviewer any more"
    return moved(url_for("people.edit", handle=handle), f"{person.name} {said}.")


@pages.post("/people/<handle>/password", again="people.edit", first=hash_password)
def set_password(handle: str) -> ResponseReturnValue:
    person = _manageable(handle)
    passwords.assign(me(), person, g.password)
    sessions.end_others(person.id)
    said = f"{person.name} signs in with the new password, and is asked to change it."
    return moved(url_for("people.edit", handle=handle), said)


@pages.post("/people/<handle>/deactivation", again="people.edit")
def deactivate(handle: str) -> ResponseReturnValue:
    person = _manageable(handle)
    leaving.deactivate(me(), person)
    sessions.end_others(person.id)
    return moved(url_for("people.edit", handle=handle), f"{person.name} has no access any more.")


@pages.post("/people/<handle>/reactivation", again="people.edit")
def reactivate(handle: str) -> ResponseReturnValue:
    person = _manageable(handle)
    leaving.reactivate(me(), person)
    return moved(url_for("people.edit", handle=handle), f"{person.name} may sign in again.")


def _manageable(handle: str) -> Person:
    person = queries.person_called(handle)
    if person.is_imported:
        raise Missing("An imported author is a name only. There is nothing to manage.")
    return person
