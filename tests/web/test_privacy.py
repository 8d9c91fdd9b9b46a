"""Patients' details in what people write: refused with three ways on, replaced, let through."""

import html
import logging
import re
from datetime import timedelta

import pytest
import settled
from sqlalchemy import select, text
from test_access import CHANGES, rows
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import IntegerConverter

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
from board.posts.models import Post, Question
from board.web import logs

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

# Routes whose text is looked through, with what else their form needs. The rest of this file and
# `test_every_route_that_takes_text_is_looked_through` walk this table.
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


@pytest.fixture(autouse=True)
def furnished(world, prepared):
    """There is a group. Ruth has saved a search and announced something. Tomasz has verified the
    answer about gloves, which nobody is an expert for; Ruth another one, a year ago.
    """
    prepared("furnished", lambda: _furnish(world))


def _furnish(world):
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


@pytest.fixture
def amina(signed_in):
    return signed_in("amina")


@pytest.fixture
def ruth(signed_in):
    return signed_in("ruth")


@pytest.fixture
def reviewer(signed_in, world):
    """Ruth, with the right to let through what identifies a patient."""
    settled.let_review(world.ruth)
    return signed_in("ruth")


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


# Every write


def test_every_route_that_takes_text_is_looked_through(app):
    """A new POST route has to be thought about here."""
    excused = set().union(*NOT_GUARDED.values())
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods:
            continue
        texts = getattr(app.view_functions[rule.endpoint], "texts", ())
        told = TOLD.get(rule.endpoint, ())
        expected = GUARDED[rule.endpoint][1] if rule.endpoint in GUARDED else told
        assert texts == expected, rule.endpoint
        assert bool(texts) != (rule.endpoint in excused), f"{rule.endpoint} is in no table, or both"


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_no_write_can_skip_it(ruth, name, field):
    address, _, others = GUARDED[name]
    reply = ruth.send(address, **others | {field: STRONG})
    assert reply.status_code == 422
    assert NUMBER not in everything()
    assert recorded() == [("refused", "nhs_number", field)]


def test_why_a_request_was_declined_is_looked_through(ruth):
    reply = ruth.send("/requests/1/refusal", reason=STRONG)
    assert reply.status_code == 422
    assert "an NHS number" in reply.text
    assert NUMBER not in everything()


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_everything_typed_comes_back_with_three_ways_on(ruth, name, field):
    address, _, others = GUARDED[name]
    page = ruth.send(address, **others | {field: STRONG})
    if name == "acceptances.create":  # no form of ours sends a reason there
        assert "an NHS number" in page.text
        return
    assert "Looks like an NHS number" in page.text
    assert html.escape(STRONG) in page.text
    assert "Replace with “[NHS number]”" in page.text
    assert "Replace and post" in page.text
    assert 'id="mistakes"' in page.text
    assert "autofocus" in page.text


# What no text of theirs is stored from: a choice, or the number of something that exists.
CHOICES = {"csrf_token", "submission_key", "base_revision", "replace"} | {
    "likely",
    "original",
    "suggestion",
}


@pytest.mark.parametrize("name", list(GUARDED))
def test_a_view_reads_no_text_that_was_not_looked_through(app, ruth, monkeypatch, name):
    read = set()

    class Noting(ImmutableMultiDict):
        def get(self, key, *arguments, **options):
            read.add(key)
            return super().get(key, *arguments, **options)

        def __getitem__(self, key):
            read.add(key)
            return super().__getitem__(key)

    monkeypatch.setattr(app.request_class, "parameter_storage_class", Noting)
    address, fields, others = GUARDED[name]
    sent = dict.fromkeys(fields, "plain, words") | {"submission_key": "k"} | others
    assert ruth.send(address, **sent).status_code in (303, 403)
    assert read >= set(fields)
    own = {"csrf_token", "submission_key", "base_revision", "replace", "level", "emergency"}
    own.add("confidential")
    assert read <= {*fields, *others, *own, *CHOSEN, *CHOICES, *NOT_TEXT.get(name, ())}


@pytest.mark.parametrize(
    ("name", "field"), [each for each in FIELDS if each[1] not in ("tags", "name", "synonyms")]
)
def test_every_override_is_on_record(reviewer, name, field):
    address, fields, others = GUARDED[name]
    filled = {"body": "plain"} if "body" in fields else {}
    check = reviewer.send("/privacy-check", body=STRONG)
    sent = (
        filled
        | others
        | {field: f"NHS number {NUMBER}, pump", "not_patient": buttons(check)[NUMBER]}
    )
    assert reviewer.send(address, **sent).status_code in (303, 403)
    if name != "acceptances.create":
        assert recorded() == [("overridden", "nhs_number", field)]


def test_the_fields_of_the_forms_are_all_looked_through(app):
    """Every field that the table of rights sends is a choice, an account's, or looked through."""
    named = {field for _, fields, _ in GUARDED.values() for field in fields}
    named |= {field for fields in TOLD.values() for field in fields}
    sent = {pair.split("=")[0] for row in rows(CHANGES) for pair in row[1].split("&")}
    choices = {
        "-",
        "vote",
        "saved",
        "what",
        "kind",
        "target",
        "level",
        "base_revision",
        "into",
        "cap",
        "frequency",
        "url",
        "department",
        "networks",
        "urgency",
        "topic",
        "phone",
        "starts",
        "ends",
        "reviews",
        "passage",  # never a patient's
        "sample",  # stored nowhere
        "passages",  # kept sealed until they are removed
        "decision",
        "keys",
        "until",
        "to",
    }
    accounts = {"handle", "password", "role", "present", "shows"}
    counted = {"answer", "evidence", "used", "risk", "field"}
    assert sent - choices - accounts - CHOSEN - counted <= named


def test_a_title_over_two_lines_is_read_as_it_is_kept(amina):
    page = ask(amina, title="NHS number 999\n012\n3454?")
    assert page.status_code == 422


def test_the_deed_is_done_when_nothing_is_found(amina):
    assert ask(amina, body="How often is the filter changed?").status_code == 303
    assert recorded() == []


def test_a_site_can_do_without(amina, configure):
    configure(privacy_check=False)
    assert amina.send("/privacy-check", body=STRONG).status_code == 204
    assert ask(amina, body=STRONG).status_code == 303


# Three ways on


def test_replace_and_post(amina):
    page = ask(amina, body=STRONG, replace="all")
    assert page.status_code == 303
    assert newest().body_md == STRONG.replace(NUMBER, "[NHS number]")
    assert recorded() == [("replaced", "nhs_number", "body")]
    assert amina.get(page.location).text.count("[NHS number]") == 1


def test_replace_all_in_every_field(amina):
    ask(amina, title=f"{WEAK}", body=f"{STRONG}\n\nAgain, {STRONG}", replace="all")
    assert NUMBER not in everything()
    assert newest().title == WEAK.replace("94 year old", "over 89")


def test_replacing_one_shows_the_form_again_to_be_read(amina):
    page = ask(amina, title=WEAK, body=STRONG)
    page = ask(amina, title=WEAK, body=STRONG, replace=buttons(page)[NUMBER])
    assert page.status_code == 422
    assert "NHS number [NHS number] has a pump" in page.text
    assert NUMBER not in page.text
    assert "94 year old" in page.text
    last = buttons(page)["94 year old"]
    mended = STRONG.replace(NUMBER, "[NHS number]")
    page = ask(amina, title=WEAK, body=mended, replace=last)
    assert "Replaced. Not posted yet" in page.text
    assert "Read your text once more" in page.text
    assert [each[0] for each in recorded()] == ["refused", "refused", "replaced", "replaced"]


def test_replacing_what_is_gone_posts_nothing(amina):
    page = ask(amina, body=STRONG)
    page = ask(amina, body="Something else.", replace=buttons(page)[NUMBER])
    assert page.status_code == 422
    assert "not in your text any more" in page.text


def test_this_is_not_about_a_patient(amina):
    page = ask(amina, body=WEAK)
    assert "This is not about a patient" in page.text
    page = ask(amina, body=WEAK, not_patient=buttons(page)["94 year old"])
    assert page.status_code == 303
    assert newest().body_md == WEAK
    assert recorded()[-1] == ("overridden", "age_over_89", "body")
    row = db.session.scalar(select(Activity).order_by(Activity.id.desc()))
    assert (row.subject_kind, row.subject_id) == ("post", newest().id)


def test_what_was_ticked_is_not_asked_again_when_something_else_is_wrong(amina):
    ticked = buttons(ask(amina, body=WEAK))["94 year old"]
    page = ask(amina, title="", body=WEAK, not_patient=ticked)
    assert "Write your question here" in page.text
    assert f'type="hidden" name="not_patient" value="{ticked}"' in page.text


def test_what_was_ticked_stays_ticked_while_the_rest_is_refused(amina):
    page = ask(amina, body=f"{WEAK} {STRONG}")
    page = ask(amina, body=f"{WEAK} {STRONG}", not_patient=buttons(page)["94 year old"])
    assert page.status_code == 422
    assert len(re.findall(r'name="not_patient" value="\w+" checked', page.text)) == 1
    page = ask(
        amina,
        body=f"{WEAK} {STRONG}",
        not_patient=buttons(page)["94 year old"],
        replace="all",
    )
    assert page.status_code == 303
    assert newest().body_md == f"{WEAK} {STRONG.replace(NUMBER, '[NHS number]')}"


def test_a_member_cannot_let_a_strong_one_through(amina):
    page = ask(amina, body=STRONG)
    assert 'name="not_patient"' not in page.text
    assert "send your text for review" in page.text
    page = ask(amina, body=STRONG, not_patient=buttons(page)[NUMBER])
    assert page.status_code == 422
    assert NUMBER not in everything()


def test_a_moderator_without_the_right_cannot_either(ruth):
    page = ask(ruth, body=STRONG)
    assert "my name goes on record" not in page.text
    assert ask(ruth, body=STRONG, not_patient=buttons(page)[NUMBER]).status_code == 422
    assert NUMBER not in everything()


def test_a_privacy_reviewer_can_and_it_is_on_record(reviewer):
    page = ask(reviewer, body=STRONG)
    assert "my name goes on record" in page.text
    ask(reviewer, body=STRONG, not_patient=buttons(page)[NUMBER])
    assert newest().body_md == STRONG
    assert recorded()[-1] == ("overridden", "nhs_number", "body")
    row = db.session.scalar(select(Activity).order_by(Activity.id.desc()))
    assert NUMBER not in str(row.detail)


def test_the_same_press_twice_is_recorded_once(amina):
    page = ask(amina, body=WEAK)
    sent = {"body": WEAK, "not_patient": buttons(page)["94 year old"], "submission_key": "k"}
    assert ask(amina, **sent).location == ask(amina, **sent).location
    assert [each[0] for each in recorded()] == ["refused", "overridden"]


def test_refusals_count_against_the_limit(amina, configure):
    configure(ratelimit_enabled=True)
    for _ in range(35):
        ask(amina, body=STRONG)
    assert len(recorded()) == 30, "over the limit, nothing is written any more"
    assert ask(amina, body="Clean.").status_code == 429


def test_nothing_of_the_page_is_another_persons(amina, signed_in):
    ask(amina, body=STRONG)
    other = signed_in("jonas")
    for address in ("/questions/new", "/questions", "/drafts", "/inbox", "/people/amina"):
        assert NUMBER not in other.get(address).text


# In place


@pytest.mark.parametrize(
    ("address", "form"),
    [("/questions/1/answers", "answer"), ("/posts/1/comments", "add-comment-1")],
)
def test_in_place_it_appears_beside_the_field(amina, address, form):
    reply = amina.send(address, part=form, body=STRONG)
    assert reply.status_code == 422
    assert reply.headers["HX-Retarget"] == f"#{form}-findings"
    assert reply.headers["HX-Reswap"] == "innerHTML"
    assert "Looks like an NHS number" in reply.text
    assert "<html" not in reply.text
    assert "autofocus" in reply.text
    page = amina.get("/questions/1", follow_redirects=True).text
    assert f'id="{form}-findings"' in page or form.startswith("add-comment")


def test_the_form_of_a_comment_has_a_place_for_it(amina):
    part = amina.part("/posts/1/comments/new", "add-comment-1")
    assert 'id="add-comment-1-findings" data-findings="comment-body-1"' in part.text


def test_replace_and_post_in_place(amina):
    reply = amina.send("/questions/1/answers", part="answer", body=STRONG, replace="all")
    assert reply.status_code == 200
    assert "[NHS number]" in reply.text


# While typing


def test_what_is_found_while_typing(amina, statements):
    with statements() as seen:
        reply = amina.send("/privacy-check", body=STRONG)
    assert reply.status_code == 200
    assert "Looks like an NHS number" in reply.text
    assert "Replace with “[NHS number]”" in reply.text
    assert not [each for each in seen if not each.lstrip().startswith("SELECT")]
    assert recorded() == []


def test_only_news_is_told(amina):
    reply = amina.send("/privacy-check", title=WEAK)
    seen = re.findall(r'name="seen_title" value="(\w+)"', reply.text)
    assert amina.send("/privacy-check", title=WEAK, seen_title=seen).status_code == 204
    assert amina.send("/privacy-check", title=f"{WEAK} ", seen_title=seen).status_code == 204
    assert "Looks like" not in amina.send("/privacy-check", title="Pump?", seen_title=seen).text
    assert amina.send("/privacy-check", title="Which pump?").status_code == 204


def test_ticked_while_typing_is_not_asked_again(amina):
    reply = amina.send("/privacy-check", body=WEAK)
    page = ask(amina, body=WEAK, not_patient=buttons(reply)["94 year old"])
    assert page.status_code == 303


# Going back to an old revision


def test_an_old_revision_with_a_patient_does_not_come_back(amina, configure):
    configure(privacy_check=False)
    amina.send("/posts/1/edit", title="Pens?", body=STRONG, base_revision="1")
    amina.send("/posts/1/edit", title="Pens?", body="Clean.", base_revision="2")
    configure(privacy_check=True)
    page = amina.send("/posts/1/revisions/2/rollback")
    assert page.status_code == 403
    assert "Press Edit instead" in page.text
    assert db.session.get(Post, 1).body_md == "Clean."
    assert amina.send("/posts/1/revisions/1/rollback").status_code == 303


# What moderators see


def test_the_counts(amina, ruth):
    page = ask(amina, body=f"{WEAK} {STRONG}")
    ask(amina, body=WEAK, not_patient=buttons(page)["94 year old"])
    ask(amina, body=STRONG, replace="all")
    page = ruth.get("/privacy/rules").text
    row = r'<th scope="row">{}[^<]*</th><td>(\d+)</td><td>(\d+)</td><td>(\d+)</td>'
    assert re.search(row.format("an NHS number"), page).groups() == ("1", "1", "0")
    assert re.search(row.format("an age over 89"), page).groups() == ("1", "0", "1")
    assert "Amina" not in page
    assert amina.get("/privacy/rules").status_code == 403


def test_the_counts_say_when_there_are_none(ruth):
    assert "Nothing was found yet" in ruth.get("/privacy/rules").text


# P7: matched text never leaves

PLANTED = {
    "nhs": ("Patient with NHS number 999 012 3454.", "999 012 3454"),
    "name": ("Mrs Okonkwo fell again, who knows the new bed rails?", "Okonkwo"),
    "dob": ("The patient's dob 12/05/1931 is wrong in the record.", "12/05/1931"),
    "phone": ("Her daughter is on 07700 900123, mobile.", "07700 900123"),
}


# What a form may say beside its text: nothing more, three ways on, a moderator's word for it.
PRESSED = ({}, {"review": "1"}, {"replace": "all"}, {"not_patient": "0" * 32})


TOLD_AT = {
    "requests.decline": "/requests/1/refusal",
    "quarantine.give_back": "/privacy/held/1/return",
    "concerns.clear": "/privacy/concerns/1/clearance",
    "queue.decide": "/queue/flagged/2",
    "suggestions.create": "/posts/2/suggestions",
    "suggestions.decline": "/suggestions/1/refusal",
}


def press_everything(browser, sentence):
    """Send the sentence in every field of every form, by every way on."""
    assert TOLD_AT.keys() == TOLD.keys()
    for endpoint, fields in TOLD.items():
        browser.send(TOLD_AT[endpoint], **dict.fromkeys(fields, sentence))
    for address, fields, others in GUARDED.values():
        for pressed in PRESSED:
            browser.send(address, **others | dict.fromkeys(fields, sentence) | pressed)
        for field in fields:
            for part in (None, "answer"):
                browser.send(address, part=part, **others | {field: sentence})
                browser.post(address, data=others | {field: sentence})  # no token: refused too


@pytest.mark.walk
@pytest.mark.parametrize("name", list(PLANTED))
@pytest.mark.parametrize("who", ["amina", "ruth"])
def test_what_was_planted_is_found_in_no_sink(signed_in, caplog, monkeypatch, who, name):
    """Every form, by every way on; then every route with it in every field: logs, every table."""
    sentence, planted = PLANTED[name]
    amina = signed_in(who)
    monkeypatch.setattr(logs.log, "propagate", True)
    caplog.set_level(logging.DEBUG, logger="board")
    with caplog.at_level(logging.DEBUG):
        press_everything(amina, sentence)
        for address in ("/preview", "/similar", "/privacy-check"):
            amina.send(address, title=sentence, body=sentence)
        amina.get("/search", query_string={"q": sentence})
        amina.get("/search", query_string={"q": planted})
        amina.get("/search/suggestions", query_string={"q": sentence})
        amina.send("/nothing/at/all", body=sentence)
    written = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert "request" in written
    assert planted.lower() not in written.lower()
    assert planted.lower() not in everything(but=()).lower()
    other = signed_in("tomasz")
    pages = ("/questions", "/search/missed", "/privacy/rules", "/nothing", "/posts/1/edit")
    for address in (*pages, "/privacy/held", "/inbox", "/drafts", "/people/amina", "/healthz"):
        assert planted.lower() not in other.get(address).text.lower()


NUMBERED = ("id", "number")


@pytest.mark.walk
def test_no_route_of_any_kind_logs_or_keeps_it(app, ruth, caplog, monkeypatch):
    """Whatever route a later feature adds: it is walked here by itself."""
    planted = "Zyxqvulbert 999 012 3454"
    monkeypatch.setattr(logs.log, "propagate", True)
    caplog.set_level(logging.DEBUG, logger="board")
    fields = {field for _, texts, others in GUARDED.values() for field in (*texts, *others)}
    fields |= {"message", "passages", "what", "kind", "q", "description", "line"}
    sent = dict.fromkeys(fields, f"Mrs {planted}, NHS number {planted}")
    adapter = app.url_map.bind("localhost")
    ours = {"people", "passwords", "sessions", "registrations", "drafts", "experts", "health"}
    with caplog.at_level(logging.DEBUG):
        for rule in app.url_map.iter_rules():
            if "POST" in rule.methods and rule.endpoint.partition(".")[0] not in ours:
                numbers = [isinstance(each, IntegerConverter) for each in rule._converters.values()]
                arguments = {
                    name: 1 if is_number else "x"
                    for name, is_number in zip(rule._converters, numbers, strict=True)
                }
                ruth.send(adapter.build(rule.endpoint, arguments, method="POST"), **sent)
    written = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert "request" in written
    assert "zyxqvulbert" not in written.lower()
    assert "zyxqvulbert" not in everything().lower()


def test_an_accident_while_looking_logs_nothing_of_the_text(amina, caplog, monkeypatch):
    def fail(*_arguments):
        raise ValueError(f"cannot read {NUMBER}")

    monkeypatch.setattr(logs.log, "propagate", True)
    monkeypatch.setattr("board.privacy.guarding.find", fail)
    with caplog.at_level(logging.DEBUG):
        page = ask(amina, body=STRONG)
    assert page.status_code == 500
    assert NUMBER not in "\n".join(str(vars(record)) for record in caplog.records)
    assert NUMBER not in everything()
    assert STRONG in html.unescape(page.text)  # hers to copy


def test_the_database_file_holds_nothing(amina, database):
    ask(amina, body=STRONG)
    if database == "sqlite":
        path = db.session.execute(text("PRAGMA database_list")).first()[2]
        if path:
            with open(path, "rb") as file:
                assert NUMBER.encode() not in file.read()
