"""What is found while somebody types, what became of findings, and what is never a patient's."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from board.config import settings
from board.core.database import db
from board.core.errors import require
from board.core.text import tidy
from board.curation import abbreviations
from board.posts.models import BODY_LENGTH
from board.privacy import allowing, noting, queries, tuning
from board.privacy.guarding import Spotted
from board.privacy.rules import may_see_counts
from board.web import guarding
from board.web.forms import typed
from board.web.pages import TYPING, Pages
from board.web.responding import moved, page
from board.web.visiting import me, reader

LIVE = ("title", "body")
TRIED = "sample"

pages = Pages("privacy")


@pages.post("/privacy-check", limit=None, quiet=True, while_suspended=True)
def check() -> ResponseReturnValue:
    """What may identify a patient, and doses that may be misread. Looks only: nothing is
    read, kept or logged. Nothing new (204) leaves the page alone.
    """
    name = next((name for name in LIVE if name in request.form), "body")
    spotted = guarding.look([name]) if settings().privacy_check else []
    notations = abbreviations.find(tidy(request.form.get(name, ""))[:BODY_LENGTH])
    seen = [each.fingerprint for each in spotted] + [each.passage for each in notations]
    if seen == request.form.getlist(f"seen_{name}"):
        return "", 204
    return page("privacy/_check.html", spotted=spotted, notations=notations, seen=seen, name=name)


@pages.shown("/privacy/rules")
def rules() -> str:
    """How often each rule spoke, and what people made of it."""
    return _rules()


@pages.post("/privacy/rules/trial", limit=TYPING)
def try_out() -> ResponseReturnValue:
    """What the rules find in a sample: looks only, nothing is kept."""
    sample = request.form.get(TRIED, "")
    return _rules(sample=sample, found=guarding.look([TRIED]) if sample else [])


@pages.post("/privacy/allowed", again="privacy.rules")
def allow() -> ResponseReturnValue:
    allowing.allow(me(), typed("passage"))
    return moved(url_for("privacy.rules"), "Nothing is found in it from now on.")


@pages.post("/privacy/allowed/<id:id>/removal")
def disallow(id: int) -> ResponseReturnValue:
    allowing.disallow(me(), id)
    return moved(url_for("privacy.rules"), "It is looked at again.")


def _rules(sample: str = "", found: list[Spotted] | None = None) -> str:
    require(may_see_counts(reader()), "Only a moderator may see what was found how often.")
    return page(
        "privacy/rules.html",
        tallies=tuning.tallies(),
        samples=tuning.samples(),
        look=db.session.execute(queries.last_look()).first(),
        allowed=db.session.execute(allowing.listed()).all(),
        may_allow=reader().is_administrator,
        days=noting.COUNTED_DAYS,
        by_tag=settings().privacy_policy_by_tag,
        shapes=settings().privacy_mrn_shapes,
        sample=sample,
        found=found,
    )
