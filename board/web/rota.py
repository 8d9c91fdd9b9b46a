"""The on-call rota: who can be telephoned now and in the days to come."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from board.core import clock
from board.core.errors import Invalid
from board.experts import group_queries, on_call, rostering, rota_files, seating
from board.experts.rules import may_import_rota, may_keep_rota
from board.web.forms import typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

MOST_SHOWN = 20

pages = Pages("rota")


@pages.shown("/rota")
def index() -> str:
    person, topic = reader(), request.args.get("topic", "").strip()
    mine = {
        each.id for each in group_queries.groups_with(person.id or 0) if each.status == "member"
    }
    led = seating.led_by(person.id)
    return page(
        "rota/index.html",
        days=on_call.by_day(topic),
        topic=topic,
        now=clock.now(),
        may_import=may_import_rota(person),
        may_add=may_keep_rota(person, is_lead=bool(led or mine)),
        may_keep=lambda row: may_keep_rota(
            person, is_lead=row.tag_id in led or row.group_id in mine
        ),
    )


@pages.post("/rota", again="rota.index", texts=("role",))
def create() -> ResponseReturnValue:
    entry = rostering.Typed(
        topic=typed("topic"),
        who=typed("who"),
        role=typed("role"),
        phone=typed("phone"),
        starts=typed("starts"),
        ends=typed("ends"),
    )
    rostering.add(me(), entry)
    return moved(url_for("rota.index"), "It is on the rota.")


@pages.post("/rota/import", again="rota.index")
def bring_in() -> ResponseReturnValue:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid({"file": "Choose the file with the rota."})
    report = rota_files.bring_in(me(), file.read())
    return moved(url_for("rota.index"), " ".join(_said(report)))


@pages.post("/rota/<id:id>/end")
def end(id: int) -> ResponseReturnValue:
    rostering.end(me(), rostering.duty_with_id(id))
    return moved(url_for("rota.index"), "It is over.")


@pages.post("/rota/<id:id>/removal")
def remove(id: int) -> ResponseReturnValue:
    rostering.remove(me(), rostering.duty_with_id(id))
    return moved(url_for("rota.index"), "It is off the rota.")


def _said(report: rota_files.Report) -> list[str]:
    said = [f"{report.added:,} new, {report.known:,} known already, {len(report.bad):,} bad."]
    said += [f"Line {number}: {why}" for number, why in report.bad[:MOST_SHOWN]]
    rest = len(report.bad) - MOST_SHOWN
    return [*said, f"And {rest:,} more bad lines."] if rest > 0 else said
