"""Experts: who knows what, one tag's experts, and what somebody says of themselves."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from board.experts import directory, group_queries, on_call, queries, reaching, seating, suggesting
from board.experts.models import Seat
from board.people.queries import person_called
from board.routing import handing
from board.tags import naming
from board.web.forms import typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader, signed_in

pages = Pages("experts")


@pages.shown("/experts")
def index() -> str:
    words = request.args.get("q", "").strip()
    topics, next = directory.directory(words, request.args.get("after", ""))
    return page(
        "experts/index.html",
        parts=["more"],
        topics=topics,
        next=next,
        duties=on_call.for_tags([topic.id for topic in topics]),
        words=words,
        today=reaching.today(),
        may_hand_over=handing.may_look(reader()),
    )


@pages.shown("/experts/me")
def mine() -> str:
    id = signed_in().id
    requests = queries.requests_to(id)
    return page(
        "experts/mine.html",
        seats=queries.seats_of(id),
        waiting=[each for each in requests if each.state == "open"],
        settled=[each for each in requests if each.state != "open"],
        reachability=reaching.of(id),
        load=reaching.asked_this_week(id),
        groups=group_queries.groups_with(id),
        stands_in_for=reaching.stands_in_for(id),
    )


@pages.post("/experts/me", again="experts.mine", texts=("line",))
def update() -> ResponseReturnValue:
    reaching.set_reachability(
        me(),
        line=typed("line"),
        cap=typed("cap"),
        away_until=typed("away_until"),
        deputy=typed("deputy"),
        quiet_from=typed("quiet_from"),
        quiet_to=typed("quiet_to"),
        last_day=typed("last_day"),
    )
    return moved(url_for("experts.mine"), "Saved.")


@pages.post("/experts/me/standing-in/<handle>/end")
def stop_standing_in(handle: str) -> ResponseReturnValue:
    person = person_called(handle)
    reaching.stop_standing_in(me(), person)
    return moved(url_for("experts.mine"), f"You do not stand in for {person.name} any more.")


@pages.shown("/experts/suggestions", quiet=True)
def suggestions() -> str:
    """Who knows the tags that are typed into the ask form."""
    return page(
        "experts/suggestions.html", parts=["fitting"], **fitting(request.args.get("tags", ""))
    )


@pages.shown("/experts/<name>")
def show_former(name: str) -> ResponseReturnValue:
    """Where a tag's experts once were."""
    return redirect(url_for("experts.show", name=name), 302)


@pages.shown("/experts/tags/<name>")
def show(name: str) -> ResponseReturnValue:
    """A tag's experts; a synonym leads to its tag."""
    tag = naming.tag_called(name)
    if tag.name != name:
        return redirect(url_for("experts.show", name=tag.name), 302)
    person = reader()
    seats = queries.seats_in(tag.id)
    return page(
        "experts/show.html",
        tag=tag,
        experts=[seat for seat in seats if seat.status == "confirmed"],
        nominations=[seat for seat in seats if seat.status == "nominated"],
        is_expert=any(s.status == "confirmed" and s.person_id == person.id for s in seats),
        groups=group_queries.groups_of(tag.id),
        on_duty=on_call.for_tags([tag.id]).get(tag.id),
        nominable=suggesting.nominable(tag.id) if person.is_moderator else [],
        today=reaching.today(),
    )


@pages.post("/experts/tags/<name>/nominations", again="experts.show")
def nominate(name: str) -> ResponseReturnValue:
    tag = naming.tag_called(name)
    person = person_called(typed("handle").strip().lstrip("@"))
    seating.nominate(me(), person, tag)
    said = f"{person.name} is nominated. An expert of this tag or a moderator confirms it."
    return moved(url_for("experts.show", name=tag.name), said)


@pages.post("/seats/<id:id>/confirmation")
def confirm(id: int) -> ResponseReturnValue:
    seat = seating.seat_with_id(id)
    seating.confirm(me(), seat)
    return moved(_tag_of(seat), f"{seat.person.name} is an expert for {seat.tag.name} now.")


@pages.post("/seats/<id:id>/refusal")
def decline(id: int) -> ResponseReturnValue:
    seat = seating.seat_with_id(id)
    seating.decline(me(), seat)
    return moved(url_for("experts.mine"), f"You are not listed for {seat.tag.name}.")


@pages.post("/seats/<id:id>/end")
def end(id: int) -> ResponseReturnValue:
    seat = seating.seat_with_id(id)
    seating.end(me(), seat)
    return moved(_tag_of(seat), f"{seat.person.name} is no longer listed for {seat.tag.name}.")


def fitting(tags: str, chosen: Sequence[str] = ()) -> dict[str, Any]:
    """Experts of these tags whom somebody who asks may tick."""
    names = [name for name in map(naming.normal, tags.split(",")) if name][: naming.MOST]
    found = suggesting.for_tags(names, reader().id) if names else []
    return {"fitting": found, "chosen": chosen}


def _tag_of(seat: Seat) -> str:
    return url_for("experts.show", name=seat.tag.name)
