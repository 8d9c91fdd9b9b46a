"""What moderators and administrators keep, on one page, so that the menu stays short."""

from board.core.errors import require
from board.web.pages import Pages
from board.web.responding import page
from board.web.visiting import reader

pages = Pages("keeping")

# The endpoint, its name, and what it is for.
MODERATING = (
    ("queue.index", "Queue", "What waits for a decision, the gravest first."),
    ("queue.week", "The last seven days", "What happened, on one page to print."),
    ("announcements.index", "Announcements", "One line for everybody, on top of every page."),
    ("content_health.index", "Content health", "Verified, overdue, unanswered: by tag and ward."),
    ("recalls.index", "Recalls", "Who has acknowledged that an answer was withdrawn."),
    ("guidelines.index", "Guidelines", "What answers cite; a new version flags those that do."),
    ("handovers.index", "Hand-over", "What waits with people who are away or leaving."),
    ("rota.index", "On-call rota", "Who can be phoned now, and whom to phone next."),
    ("groups.index", "Expert groups", "Teams that are asked together."),
    ("search.wanted", "Asked for, not found", "What people search for and nobody wrote yet."),
    ("synonyms.index", "Synonyms", "Words that mean the same when somebody searches."),
    (
        "privacy.rules",
        "Patients' details found",
        "How often each rule spoke, and what became of it.",
    ),
)
REVIEWING = (
    ("quarantine.index", "Privacy reviews", "Texts that wait, and posts that were reported."),
    ("purges.index", "Removed for privacy", "What was purged, and who may have seen it."),
)
ADMINISTERING = (
    ("people.index", "People", "Accounts, roles, reviewers, access."),
    ("walls.index", "Wall screens", "Where a department's page hangs."),
    ("deliveries.index", "Deliveries", "Mail and webhooks that wait or failed."),
    ("webhooks.index", "Webhooks", "Which other systems hear of new questions and answers."),
    ("audit.index", "Audit trail", "Who did what that matters to security."),
)


@pages.shown("/keeping")
def index() -> str:
    require(reader().is_moderator, "This page is for moderators and administrators.")
    return page(
        "keeping/index.html",
        moderating=MODERATING,
        reviewing=REVIEWING,
        administering=ADMINISTERING,
    )
