"""Groups of experts: what each answers for, who is in it, what waits for it."""

from flask import url_for
from flask.typing import ResponseReturnValue

from board.core.errors import require
from board.experts import group_queries, grouping, on_call, queries, reaching
from board.experts.models import ExpertGroup
from board.experts.rules import may_invite, may_make_groups
from board.people.queries import person_called
from board.web.forms import typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

pages = Pages("groups")


@pages.shown("/experts/groups")
def index() -> str:
    return page("groups/index.html", groups=group_queries.groups())


@pages.shown("/experts/groups/new")
def new() -> str:
    require(may_make_groups(reader()), "Only a moderator may make groups.")
    return page("groups/edit.html", group=None, tags="")


@pages.post("/experts/groups", again="groups.new", texts=("name", "line", "description", "tags"))
def create() -> ResponseReturnValue:
    group = grouping.make(me(), typed("handle"), **_typed())
    return moved(_address(group), "The group is there. Now invite its members.")


@pages.shown("/experts/groups/<handle>")
def show(handle: str) -> str:
    group, person = grouping.group_called(handle), reader()
    people = group_queries.members(group.id)
    mine = next((each.status for each in people if each.id == person.id), None)
    return page(
        "groups/show.html",
        group=group,
        people=people,
        mine=mine,
        tags=group_queries.tags_of(group.id),
        waiting=queries.requests_to_group(group.id),
        on_duty=on_call.for_groups([group.id]).get(group.id),
        may_change=may_make_groups(person),
        may_invite=may_invite(person, is_member=mine == "member"),
        today=reaching.today(),
    )


@pages.shown("/experts/groups/<handle>/edit")
def edit(handle: str) -> str:
    group = grouping.group_called(handle)
    require(may_make_groups(reader()), "Only a moderator may change groups.")
    return page("groups/edit.html", group=group, tags=", ".join(group_queries.tags_of(group.id)))


@pages.post(
    "/experts/groups/<handle>/edit",
    again="groups.edit",
    texts=("name", "line", "description", "tags"),
)
def update(handle: str) -> ResponseReturnValue:
    group = grouping.group_called(handle)
    grouping.change(me(), group, **_typed())
    return moved(_address(group), "Saved.")


@pages.post("/experts/groups/<handle>/members", again="groups.show")
def invite(handle: str) -> ResponseReturnValue:
    group = grouping.group_called(handle)
    person = person_called(typed("handle").strip().lstrip("@"))
    grouping.invite(me(), group, person)
    return moved(_address(group), f"{person.name} is invited, and joins or not.")


@pages.post("/experts/groups/<handle>/membership")
def join(handle: str) -> ResponseReturnValue:
    group = grouping.group_called(handle)
    grouping.join(me(), group)
    return moved(_address(group), f"You are in {group.name} now.")


@pages.post("/experts/groups/<handle>/members/<name>/end")
def leave(handle: str, name: str) -> ResponseReturnValue:
    group, person = grouping.group_called(handle), person_called(name)
    grouping.leave(me(), group, person)
    return moved(_address(group), f"{person.name} is not in {group.name} any more.")


def _typed() -> dict[str, str]:
    return {name: typed(name) for name in ("name", "line", "description", "tags")}


def _address(group: ExpertGroup) -> str:
    return url_for("groups.show", handle=group.handle)
