"""What is found while somebody types, and what became of findings."""

from collections import defaultdict

from flask import request
from flask.typing import ResponseReturnValue

from board.config import settings
from board.core.database import db
from board.core.errors import require
from board.privacy import guarding as privacy
from board.privacy import noting
from board.privacy.findings import Kind
from board.privacy.rules import may_see_counts
from board.web import guarding
from board.web.pages import Pages
from board.web.responding import page
from board.web.visiting import reader

LIVE = ("title", "body")

pages = Pages("privacy")


@pages.post("/privacy-check", limit=None, quiet=True, while_suspended=True)
def check() -> ResponseReturnValue:
    """Looks only: nothing is read, kept or logged. Nothing new (204) leaves the page alone."""
    name = next((name for name in LIVE if name in request.form), "body")
    spotted = guarding.look([name]) if settings().privacy_check else []
    if [each.fingerprint for each in spotted] == request.form.getlist(f"seen_{name}"):
        return "", 204
    return page("privacy/_check.html", spotted=spotted, name=name)


@pages.shown("/privacy/rules")
def rules() -> str:
    """How often each rule spoke, and what people made of it."""
    require(may_see_counts(reader()), "Only a moderator may see what was found how often.")
    times: dict[str, dict[str, int]] = defaultdict(dict)
    for row in db.session.execute(noting.counts()):
        times[row.kind][row.verb] = row.times
    return page(
        "privacy/rules.html",
        names={kind.value: privacy.NAMES[kind] for kind in Kind},
        times=times,
        days=noting.COUNTED_DAYS,
    )
