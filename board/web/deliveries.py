"""How mail does: what waits, what failed, hold it, try again."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from board.core.errors import require
from board.delivery import mailing, overseeing, queries, writing
from board.delivery.rules import may_manage_deliveries
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

pages = Pages("deliveries")


@pages.shown("/deliveries")
def index() -> str:
    require(may_manage_deliveries(reader()), "Only an administrator may see this.")
    return page(
        "deliveries/index.html",
        is_on=writing.is_on(),
        relay=mailing.relay_row(),
        counts=queries.counts(),
        failed=queries.failed_messages(),
        webhooks=queries.webhooks(),
    )


@pages.post("/deliveries/pause")
def pause() -> ResponseReturnValue:
    if request.form.get("paused") == "1":
        overseeing.pause(me())
        return moved(url_for("deliveries.index"), "Mail is held. It waits here.")
    overseeing.resume(me())
    return moved(url_for("deliveries.index"), "Mail goes on.")


@pages.post("/deliveries/retry")
def retry_all() -> ResponseReturnValue:
    count = overseeing.retry_all(me())
    return moved(url_for("deliveries.index"), f"{count} that had failed are sent again.")


@pages.post("/deliveries/<id:id>/retry")
def retry(id: int) -> ResponseReturnValue:
    overseeing.retry(me(), id)
    return moved(url_for("deliveries.index"), "It is sent again.")
