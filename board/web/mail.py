"""Mail: how often somebody wants it and where, and the links that mails carry."""

from flask import url_for
from flask.typing import ResponseReturnValue

from board.config import settings
from board.core.limits import Limit
from board.delivery import choosing, writing
from board.web.forms import typed
from board.web.pages import Pages
from board.web.responding import moved, page
from board.web.visiting import csrf, me, signed_in

# Each change of address sends a mail to somebody who may not have asked for it.
CHOICES = Limit("mail", 10, 3600)

pages = Pages("mail")


@pages.shown("/mail")
def edit() -> str:
    site = settings()
    return page(
        "mail/edit.html",
        choice=choosing.choice_of(signed_in().id),
        is_on=writing.is_on(),
        hour=f"{site.mail_digest_hour:02}:00",
        weekday=site.mail_digest_weekday.capitalize(),
        link_days=choosing.LINK_DAYS,
    )


@pages.post("/mail", again="mail.edit", limit=CHOICES, while_suspended=True)
def update() -> ResponseReturnValue:
    choice = choosing.choose(me(), typed("frequency"), typed("address").strip())
    asked = choice.address and choice.confirmed_at is None
    said = f"Saved. Open the link in the mail to {choice.address}." if asked else "Saved."
    return moved(url_for("mail.edit"), said)


@pages.shown("/mail/confirmation/<token>", public=True)
def confirmation(token: str) -> str:
    """Only a press confirms: programs that look through mail open its links by themselves."""
    return page("mail/confirmation.html", token=token, choice=choosing.to_confirm(token))


@pages.post("/mail/confirmation/<token>", public=True, limit=None)
def confirm(token: str) -> ResponseReturnValue:
    choosing.confirm(token)
    return page("mail/over.html", is_confirmed=True)


@pages.shown("/mail/unsubscribe/<token>", public=True)
def leaving(token: str) -> str:
    choosing.to_stop(token)
    return page("mail/leaving.html", token=token)


@pages.post("/mail/unsubscribe/<token>", public=True, limit=None)
def leave(token: str) -> ResponseReturnValue:
    """Also pressed by mail programs (RFC 8058), who have no session: the token says whose it is."""
    choosing.stop(token)
    return page("mail/over.html", is_confirmed=False)


csrf.exempt(leave)
