"""Content health: what is verified, overdue, expired or unsafe, by tag and department."""

from board.core.errors import require
from board.curation import health
from board.curation.rules import may_see_health
from board.search import missed
from board.web.pages import Pages
from board.web.responding import page
from board.web.visiting import reader

pages = Pages("content_health")

# The columns: what is counted, and the state that a search is narrowed down to.
FIGURES = {
    "verified": "verified",
    "accepted": "accepted",
    "unanswered": "unanswered",
    "overdue": "overdue",
    "expired": "expired",
    "unsafe": "unsafe",
}


@pages.shown("/content-health")
def index() -> str:
    require(may_see_health(reader()), "Only a moderator sees how the content stands.")
    in_vain = missed.shown()
    return page(
        "content_health/index.html",
        tables=[("tag", health.by_tag()), ("department", health.by_department())],
        figures=FIGURES,
        missed=len(in_vain),
        missed_by_tag=missed.by_tag(in_vain),
    )
