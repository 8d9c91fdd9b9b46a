"""Webhooks: which addresses hear of events, and what became of what they were sent."""

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from board.core.errors import require
from board.delivery import addressing, hooking, queries
from board.delivery.models import Webhook
from board.delivery.rules import may_manage_deliveries
from board.web.forms import once, typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

pages = Pages("webhooks")


def look_up() -> None:
    """A name that nobody knows takes seconds: before the writer's lock is taken."""
    if may_manage_deliveries(reader()) and addressing.is_on():
        hooking.check_address(typed("url").strip())


@pages.shown("/webhooks")
def index() -> str:
    _require_manager()
    return page("webhooks/index.html", is_on=addressing.is_on(), webhooks=queries.webhooks())


@pages.shown("/webhooks/new")
def new() -> str:
    _require_manager()
    typed_again = request.method == "POST"
    chosen = request.form.getlist("event") if typed_again else hooking.EVENTS
    return page("webhooks/new.html", is_on=addressing.is_on(), chosen=chosen)


@pages.post("/webhooks", again="webhooks.new", first=look_up)
@once
def create() -> ResponseReturnValue:
    events = request.form.getlist("event")
    webhook = hooking.add(me(), typed("url").strip(), events, typed("tag").strip())
    return _with_secret(webhook)


@pages.shown("/webhooks/<id:id>")
def show(id: int) -> str:
    _require_manager()
    webhook = queries.webhook_with_id(id)
    return page("webhooks/show.html", webhook=webhook, deliveries=queries.deliveries(id))


@pages.post("/webhooks/<id:id>/secret")
def change_secret(id: int) -> ResponseReturnValue:
    webhook = queries.webhook_with_id(id)
    hooking.change_secret(me(), webhook)
    return _with_secret(webhook)


@pages.post("/webhooks/<id:id>/pause")
def pause(id: int) -> ResponseReturnValue:
    webhook = queries.webhook_with_id(id)
    if request.form.get("paused") == "1":
        hooking.pause(me(), webhook)
        return _back(id, "It is held. What it should hear waits.")
    hooking.resume(me(), webhook)
    return _back(id, "It goes on.")


@pages.post("/webhooks/<id:id>/end")
def end(id: int) -> ResponseReturnValue:
    hooking.end(me(), queries.webhook_with_id(id))
    return _back(id, "It hears nothing any more.")


@pages.post("/webhooks/<id:id>/ping")
def ping(id: int) -> ResponseReturnValue:
    hooking.ping(me(), queries.webhook_with_id(id))
    return _back(id, "A ping is on its way. Reload in a few seconds to see what came back.")


@pages.post("/webhooks/<id:id>/deliveries/<id:delivery>/retry")
def retry(id: int, delivery: int) -> ResponseReturnValue:
    hooking.retry(me(), queries.webhook_with_id(id), delivery)
    return _back(id, "It is sent again.")


def _with_secret(webhook: Webhook) -> str:
    """The only page that shows it; no browser keeps it, and the same press twice shows it once."""
    g.made_at = url_for("webhooks.show", id=webhook.id)
    return page("webhooks/secret.html", webhook=webhook, secret=hooking.secret_of(webhook))


def _back(id: int, said: str) -> ResponseReturnValue:
    return moved(url_for("webhooks.show", id=id), said)


def _require_manager() -> None:
    require(may_manage_deliveries(reader()), hooking.REFUSAL)
