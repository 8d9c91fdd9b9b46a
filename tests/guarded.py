"""Every route that takes text, what its form is called and needs; texts that name a patient."""

import html
import re
from datetime import timedelta

from sqlalchemy import select

from board.activity.models import Activity
from board.announcements import announcing
from board.announcements.announcing import Typed
from board.core.clock import held_at, now
from board.core.database import db
from board.curation import registering, verifying
from board.curation.deciding import Seen
from board.curation.describing import Described
from board.curation.registering import Particulars
from board.experts import grouping
from board.inbox import saving
from board.people.models import CONSOLE
from board.posts import answering
from board.posts.models import Question

NUMBER = "999 012 3454"
STRONG = f"Patient with NHS number {NUMBER} has a pump."
WEAK = "She is a 94 year old lady with a pump."

SEEN = {"revision": "1", "standing": "posted"}
GUIDELINE = ("title", "version", "owner", "address")
CORRECTED = ("title", "owner", "address")
RESTS = {"evidence": "1", "applies_to": "all", "setting": "ward", "source_kind": "experience"}
# Fields that hold one of a list, or have to have a form that no sentence has.
CHOSEN = {"setting", "department", "source_kind", "doi", "pmid", "grade", "kind"}
CHOSEN |= {"revision", "standing", "successor", "still_true", "guideline"}
CHOSEN |= {"effective_from", "review_by", "attested"}
TODAY = now().date().isoformat()
TOMORROW = (now() + timedelta(days=1)).date().isoformat()

# Routes whose text is looked through, with what else their form needs. `test_every_write`
# and `test_no_sink` walk this table.
GUARDED = {
    "questions.create": ("/questions", ("title", "body", "tags"), {"title": "Which pump?"}),
    "answers.create": ("/questions/1/answers", ("body", "source", "site"), {"evidence": "1"}),
    "comments.create": ("/posts/1/comments", ("body",), {}),
    "posts.update": (
        "/posts/1/edit",
        ("title", "body", "tags", "summary"),
        {"title": "Which pump?", "base_revision": "1"},
    ),
    "posts.hide": ("/posts/2/hiding", ("reason",), {}),
    "acceptances.create": ("/answers/2/acceptance", ("reason",), {}),
    "acceptances.delete": ("/answers/6/acceptance/withdrawal", ("reason",), {}),
    "tags.update": ("/tags/insulin/edit", ("name", "description", "synonyms"), {"name": "insulin"}),
    "synonyms.create": ("/synonyms", ("terms",), {}),
    "saved_searches.create": (
        "/watching/searches",
        ("name", "query", "filters"),
        {"name": "pumps", "query": "pump"},
    ),
    "saved_searches.update": ("/watching/searches/1/name", ("name",), {}),
    "synonyms.update": ("/synonyms/1/edit", ("terms",), {}),
    "experts.update": ("/experts/me", ("line",), {}),
    "groups.create": (
        "/experts/groups",
        ("name", "line", "description", "tags"),
        {"handle": "team", "name": "Team"},
    ),
    "groups.update": (
        "/experts/groups/pumps-team/edit",
        ("name", "line", "description", "tags"),
        {"name": "Team"},
    ),
    "rota.create": (
        "/rota",
        ("role",),
        {
            "topic": "insulin",
            "phone": "4567",
            "starts": "2026-06-05 19:00",
            "ends": "2026-06-06 07:00",
        },
    ),
    "verifications.create": ("/answers/2/verification", ("note", "source", "site"), SEEN | RESTS),
    "verifications.describe": ("/answers/2/evidence", ("source", "site"), {"evidence": "1"}),
    "verifications.delete": (
        "/answers/6/verification/withdrawal",
        ("reason",),
        SEEN | {"standing": "verified"},
    ),
    "verifications.withdraw": ("/answers/2/withdrawal", ("reason",), SEEN),
    "verifications.supersede": ("/answers/2/successor", ("reason",), SEEN | {"successor": "6"}),
    "reviews.create": ("/reviews", ("note",), {"answer": "7-1-verified"}),
    "guidelines.create": ("/guidelines", GUIDELINE, {"title": "Policy", "version": "1"}),
    "guidelines.update": ("/guidelines/1/edit", CORRECTED, {"title": "Policy", "version": "1"}),
    "guidelines.supersede": (
        "/guidelines/1/versions",
        GUIDELINE,
        {"title": "Policy", "version": "2"},
    ),
    "problems.create": ("/answers/2/problem", ("words",), {"kind": "wrong"}),
    "closures.create": ("/questions/1/closure", ("note",), {"reason": "policy"}),
    "closures.lock": ("/questions/1/lock", ("note",), {}),
    "announcements.create": (
        "/announcements",
        ("words",),
        {"level": "notice", "ends": f"{TOMORROW} 12:00"},
    ),
    "announcements.update": (
        "/announcements/1/edit",
        ("words",),
        {"level": "notice", "ends": f"{TOMORROW} 12:00", "starts": f"{TODAY} 12:00"},
    ),
    "featurings.create": ("/questions/1/featuring", ("note",), {"until": TOMORROW}),
    "flags.create": ("/posts/2/flags", ("words",), {"reason": "wrong"}),
    "conduct.warn": ("/people/jonas/warnings", ("words",), {}),
    "conduct.suspend": ("/people/jonas/suspension", ("words",), {"until": TOMORROW}),
}

# Why the other routes are not looked through.
NOT_GUARDED = {
    "answers, votes and the like: a choice, no text": {
        "votes.create",
        "bookmarks.create",
        "inbox.update",
        "inbox.clear",
        "inbox.watch",
        "posts.restore",
        "synonyms.delete",
        "people.deactivate",
        "people.reactivate",
        "people.show_helped",
        "drafts.delete",
        "sessions.delete",
        "audit.verify",
        "experts.confirm",
        "experts.decline",
        "experts.end",
        "requests.withdraw",
        "askers.look_up",
        "askers.disclose",
        "mail.confirm",
        "mail.leave",
        "deliveries.pause",
        "deliveries.retry",
        "deliveries.retry_all",
        "webhooks.pause",
        "webhooks.end",
        "webhooks.ping",
        "webhooks.retry",
        "webhooks.change_secret",
        "saved_searches.delete",
        "feeds.create",
        "feeds.end",
        "walls.end",
        "urgencies.update",
        "requests.take",
        "groups.join",
        "rota.end",
        "rota.remove",
        "locks.create",
        "locks.postpone",
        "records.create",
        "person_sessions.delete",
        "person_sessions.clear",
        "privacy.disallow",
        "quarantine.release",
        "quarantine.discard",
        "quarantine.withdraw",
        "concerns.create",
        "purges.hurry",
        "people.let_review",
        "uses.create",
        "problems.settle",
        "recalls.acknowledge",
        "verifications.reinstate",
        "closures.delete",
        "featurings.delete",
        "closures.unlock",
        "merges.delete",
        "conversions.create",
        "conversions.delete",
        "suggestions.accept",
        "suggestions.withdraw",
        "announcements.end",
        "announcements.dismiss",
        "suggestions.report",
        "queue.set_aside",
        "queue.undo",
        "queue.keep_habits",
        "conduct.end_suspension",
        "conduct.acknowledge",
    },
    "one's own e-mail address, shown to nobody else": {"mail.update"},
    "an address of the hospital's network, by an administrator": {"webhooks.create"},
    "an administrator says where a screen hangs": {"walls.create"},
    "names a colleague": {
        "experts.nominate",
        "requests.create",
        "requests.pass_on",
        "experts.stop_standing_in",
        "groups.invite",
        "groups.leave",
        "handovers.create",
        "handovers.create_all",
        "reviews.hand_over",
    },
    "there is nothing at this address": {"api_unknown.nothing"},
    "stored nowhere": {"previews.create", "similar.create", "privacy.check", "privacy.try_out"},
    "kept for the person alone": {"drafts.update", "similar.deflect"},
    "names an existing tag": {"tags.merge"},
    "an old revision, looked through by its id": {"revisions.restore"},
    "accounts, not posts": {
        "people.create",
        "people.update",
        "people.set_password",
        "passwords.update",
        "pins.update",
        "pins.delete",
        "registrations.create",
        "sessions.create",
        "locks.delete",
    },
    "a file of roles, numbers and times of staff; the roles are looked through line by line": {
        "rota.bring_in"
    },
    "what is never a patient's": {"privacy.allow"},
    "what a purge looks for, and removes": {"concerns.purge"},
    "one of a list": {"tags.care", "guidelines.cite", "guidelines.uncite"},
    "names an existing question or post": {"merges.create", "conversions.move"},
}

# Without a form of its own to come back to: the reason is told on a page. Or the form stands on a
# page of reviewers, and is tried with it (`test_quarantine`, `test_concerns`).
# Their form is not always there to come back to (tests of their own show it).
TOLD = {
    "requests.decline": ("reason",),
    "quarantine.give_back": ("message",),
    "concerns.clear": ("message",),
    "queue.decide": ("words",),
    "suggestions.create": ("title", "body", "tags", "summary"),
    "suggestions.decline": ("words",),
}

# What else they read: names of colleagues and tags, numbers, times; each is checked by its shape.
NOT_TEXT = {
    "announcements.create": ("starts", "link"),
    "announcements.update": ("link",),
    "experts.update": ("cap", "away_until", "deputy", "quiet_from", "quiet_to", "last_day"),
    "groups.create": ("handle",),
    "rota.create": ("topic", "who", "phone", "starts", "ends"),
}

FIELDS = [(name, field) for name, (_, fields, _) in GUARDED.items() for field in fields]


def furnish(world):
    grouping.make(CONSOLE, "pumps-team", name="Pumps", line="", description="", tags="pumps")
    saving.save(world.ruth, "pens", "insulin pen", "", "all")
    answer = world.gloves_answer
    described = Described(("all",), "ward", source_kind="experience")
    registering.add(world.ruth, Particulars("Sharps policy", "1"))
    spoken = Typed("The pharmacy moves.", "notice", "2098-01-02", starts="2098-01-01")
    announcing.announce(world.ruth, spoken)
    verifying.verify(world.tomasz, answer, Seen(1, "posted"), described=described)
    due = answering.answer(world.jonas, world.insulin, "Ask pharmacy.")
    with held_at(now() - timedelta(days=360)):
        verifying.verify(world.ruth, due, Seen(1, "posted"), described=described)


def ask(browser, title="Which pump?", body="", tags="", **fields):
    return browser.send("/questions", title=title, body=body, tags=tags, **fields)


def buttons(page):
    """The fingerprints of the page's replace buttons, by what they put instead."""
    found = re.findall(
        r'name="replace" value="(\w+)" data-passage="([^"]*)" [^>]*data-replacement="([^"]*)"',
        page.text,
    )
    return {html.unescape(passage): fingerprint for fingerprint, passage, _ in found}


def recorded():
    with_kinds = select(Activity).where(Activity.verb.startswith("privacy_")).order_by(Activity.id)
    return [
        (row.verb.removeprefix("privacy_"), row.detail["kind"], row.detail["field"])
        for row in db.session.scalars(with_kinds)
    ]


def newest():
    return db.session.scalar(select(Question).order_by(Question.id.desc()))


def everything(but=("draft",)):
    """Every text in every table, but what people keep for themselves."""
    found = []
    for table in db.metadata.sorted_tables:
        if table.name not in but:
            found += [str(row) for row in db.session.execute(select(table))]
    return "\n".join(found)
