"""Every address by every role: what each of them gets. Read it as the board's table of rights."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from clients import Browser, browser
from flask import Flask
from sqlalchemy import func, select
from world import World

from board.activity.models import Activity
from board.activity.verbs import Verb
from board.announcements import announcing
from board.announcements.announcing import Typed
from board.core import clock
from board.core.database import db
from board.curation import registering, removing
from board.curation.deciding import Seen
from board.curation.registering import Particulars
from board.delivery.models import Webhook
from board.experts import grouping, reaching, requesting, rostering, seating, taking_turns
from board.inbox import saving
from board.moderation import suggesting
from board.people.models import CONSOLE
from board.posts import answering, asking, purging, reporting
from board.privacy import holding
from board.privacy.elsewhere import Writing
from board.privacy.models import Concern
from board.signin import displays
from board.tags.naming import tag_called

ROLES = ("stranger", "member", "author", "moderator", "administrator")
PEOPLE = {
    "member": "priya",
    "author": "amina",
    "moderator": "ruth",
    "administrator": "tomasz",
}

# Webhook 1 is the administrator's.
# Read: address, then the status for a stranger, a member, the author of question 1 (Amina; answer 2
# is Jonas'), a moderator, an administrator. Seat 1 and request 1 are Amina's, made by the member.
# So is suggestion 1, for Amina's question.
PAGES = """
/                                        303 200 200 200 200
/questions                               303 200 200 200 200
/questions/new                           303 200 200 200 200
/questions/1                             303 302 302 302 302
/questions/1/how-long-does-a-started-insulin-pen-keep  303 200 200 200 200
/questions/1/changes                     401 200 200 200 200
/posts/2                                 303 302 302 302 302
/posts/1/edit                            303 302 200 200 200
/posts/2/edit                            303 302 302 200 200
/posts/1/hiding                          303 200 200 200 200
/questions/1/closure                     303 403 200 200 200
/questions/1/lock                        303 403 403 200 200
/questions/1/merge                       303 403 403 200 200
/questions/1/featuring                   303 403 403 200 200
/posts/2/conversion                      303 403 403 200 200
/posts/2/flags/new                       303 200 200 200 200
/flags                                   303 200 200 200 200
/posts/2/suggestions                     303 200 200 200 200
/posts/2/suggestions/new                 303 200 200 403 403
/suggestions/1                           303 200 200 200 200
/queue                                   303 403 403 200 200
/queue/suggested/1                       303 403 403 200 200
/queue/week                              303 403 403 200 200
/announcements                           303 403 403 200 200
/announcements/new                       303 403 403 200 200
/announcements/1/edit                    303 403 403 200 200
/people/amina/conduct                    303 403 200 200 200
/posts/1/revisions                       303 200 200 200 200
/posts/1/revisions/compare               303 404 404 404 404
/posts/2/comments/new                    303 200 200 200 200
/answers/2/acceptance/withdrawal         303 200 200 200 200
/answers/2/verification                  303 200 200 200 200
/answers/2/problem                       303 200 200 200 200
/answers/2/readers                       303 403 403 403 403
/answers/8/readers                       303 403 403 200 200
/content-health                          303 403 403 200 200
/guidelines                              303 200 200 200 200
/guidelines/new                          303 403 403 200 200
/guidelines/1                            303 200 200 200 200
/guidelines/1/edit                       303 403 403 200 200
/guidelines/1/versions/new               303 403 403 200 200
/recalls                                 303 403 403 200 200
/recalls/1                               303 403 403 200 200
/reviews                                 303 200 200 200 200
/people/jonas/handover                   303 403 403 200 200
/saved                                   303 200 200 200 200
/inbox                                   303 200 200 200 200
/inbox/badge                             401 200 200 200 200
/watching                                303 200 200 200 200
/mail                                    303 200 200 200 200
/mail/confirmation/x                     404 404 404 404 404
/mail/unsubscribe/x                      404 404 404 404 404
/deliveries                              303 403 403 403 200
/webhooks                                303 403 403 403 200
/webhooks/new                            303 403 403 403 200
/webhooks/1                              303 403 403 403 200
/watching/searches/new                   303 200 200 200 200
/watching/searches/1                     303 404 302 404 404
/watching/searches/1/edit                303 404 200 404 404
/departments                             303 200 200 200 200
/departments/ward-7b                     303 200 200 200 200
/departments/ward-99                     303 404 404 404 404
/wall                                    403 403 403 403 403
/wall/x                                  403 403 403 403 403
/walls                                   303 403 403 403 200
/feeds                                   303 200 200 200 200
/feeds/watched.atom                      401 200 200 200 200
/feeds/watched/x.atom                    404 404 404 404 404
/feeds/tags/insulin.atom                 401 200 200 200 200
/feeds/tags/insulin/x.atom               404 404 404 404 404
/feeds/searches/1.atom                   401 404 200 404 404
/feeds/searches/1/x.atom                 404 404 404 404 404
/experts                                 303 200 200 200 200
/experts/me                              303 200 200 200 200
/experts/insulin                         303 302 302 302 302
/experts/tags/insulin                    303 200 200 200 200
/experts/suggestions                     401 200 200 200 200
/experts/groups                          303 200 200 200 200
/experts/groups/new                      303 403 403 200 200
/experts/groups/pumps-team               303 200 200 200 200
/experts/groups/pumps-team/edit          303 403 403 200 200
/experts/handover                        303 403 403 200 200
/rota                                    303 200 200 200 200
/questions/1/experts                     401 200 200 200 200
/questions/11/name                       303 403 200 403 403
/requests/1                              303 403 200 403 403
/drafts                                  303 200 200 200 200
/tags                                    303 200 200 200 200
/tags/suggestions                        401 200 200 200 200
/tags/insulin                            303 200 200 200 200
/tags/insulin/edit                       303 403 403 200 200
/search                                  303 200 200 200 200
/search/suggestions                      401 200 200 200 200
/search/missed                           303 403 403 200 200
/questions/1/related                     401 200 200 200 200
/privacy/rules                           303 403 403 200 200
/audit                                   303 403 403 403 200
/keeping                                 303 403 403 200 200
/audit.csv                               303 403 403 403 200
/privacy/mine                            303 200 200 200 200
/privacy/held                            303 403 403 403 200
/privacy/held/1                          303 403 200 403 200
/posts/1/patient-information             303 200 200 200 200
/privacy/concerns/1                      303 403 403 403 200
/privacy/purges                          303 403 403 403 200
/privacy/purges/1                        303 403 403 403 200
/privacy/purges/1/exposure.csv           303 403 403 403 200
/synonyms                                303 200 200 200 200
/synonyms/new                            303 403 403 200 200
/synonyms/1/edit                         303 403 403 200 200
/api/v1/search                           401 401 401 401 401
/api/v1/similar                          401 401 401 401 401
/api/v1/nothing                          404 404 404 404 404
/people                                  303 200 200 200 200
/people/new                              303 403 403 403 200
/people/amina                            303 200 200 200 200
/people/amina/edit                       303 403 403 403 200
/people/amina/sessions                   303 403 200 403 200
/records                                 303 200 200 200 200
/sign-in                                 200 303 303 303 303
/lock                                    303 303 303 303 303
/lock/state                              200 200 200 200 200
/forgotten-password                      200 200 200 200 200
/password                                303 200 200 200 200
/pin                                     303 404 404 404 404
/register                                404 404 404 404 404
/help                                    200 200 200 200 200
/healthz                                 200 200 200 200 200
/readyz                                  200 200 200 200 200
/static/board.css                        200 200 200 200 200
/static/../setup.cfg                     404 404 404 404 404
/nothing                                 404 404 404 404 404
"""

CHANGES = """
/questions                               title=Who   303 303 303 303 303
/questions/1/answers                     body=x      303 303 303 303 303
/posts/1/comments                        body=x      303 303 303 303 303
/posts/1/vote                            vote=1      303 303 403 303 303
/posts/2/vote                            vote=1      303 303 303 303 303
/questions/1/urgency                     urgency=this_week 303 403 303 403 403
/posts/1/edit                            title=x&base_revision=1  303 403 303 303 303
/posts/2/edit                            body=x&base_revision=1   303 403 403 303 303
/posts/1/hiding                          reason=x    303 403 403 303 303
/posts/2/hiding                          reason=x    303 403 403 303 303
/posts/3/hiding/end                      -           303 303 303 303 303
/posts/2/revisions/1/rollback            -           303 403 403 404 404
/questions/1/closure                     reason=policy 303 403 303 303 303
/questions/1/closure/end                 -           303 303 303 303 303
/questions/1/lock                        note=x      303 403 403 303 303
/questions/1/lock/end                    -           303 403 403 303 303
/questions/1/featuring                   until=TOMORROW 303 403 403 303 303
/questions/1/featuring/end               -           303 403 403 303 303
/questions/1/merge                       into=4      303 403 403 303 303
/questions/1/merge/end                   -           303 403 403 404 404
/posts/2/conversion                      -           303 403 403 303 303
/posts/2/conversion/end                  -           303 403 403 404 404
/posts/3/move                            to=1        303 403 403 303 303
/posts/2/flags                           reason=wrong 303 303 303 303 303
/posts/2/suggestions                     body=x      303 303 303 403 403
/suggestions/1/acceptance                -           303 403 303 303 303
/suggestions/1/refusal                   words=x     303 403 303 303 303
/suggestions/1/withdrawal                -           303 303 403 403 403
/announcements   words=x&level=notice&starts=2099-01-01&ends=2099-01-02  303 403 403 303 303
/announcements/1/edit  words=x&level=notice&starts=2098-01-01&ends=2098-01-02  303 403 403 303 303
/announcements/1/end                     -           303 403 403 303 303
/announcements/1/dismissal               -           303 303 303 303 303
/suggestions/1/patient-information       -           303 303 303 303 303
/queue/suggested/1                       decision=accept 303 403 403 303 303
/queue/suggested/1/later                 -           303 403 403 303 303
/queue/undo                              -           303 403 403 404 404
/queue/habits                            keys=0      303 403 403 303 303
/people/jonas/warnings                   words=x     303 403 403 303 303
/people/jonas/suspension                 words=x&until=TOMORROW 303 403 403 303 303
/people/jonas/suspension/end             -           303 403 403 303 303
/warnings/1/acknowledgement              -           303 404 404 404 404
/answers/2/acceptance                    -           303 403 303 303 303
/answers/2/acceptance/withdrawal         reason=x    303 403 303 303 303
/answers/2/verification  revision=1&standing=posted  303 403 403 422 422
/answers/2/verification/withdrawal  revision=1&standing=posted&reason=x  303 409 409 409 409
/answers/2/withdrawal  revision=1&standing=posted&reason=x  303 403 403 303 303
/answers/2/successor   revision=1&standing=posted&successor=2  303 403 403 422 422
/answers/2/reinstatement  revision=1&standing=posted  303 409 409 409 409
/answers/2/evidence      evidence=1&setting=ward     303 403 403 303 303
/answers/2/use                           used=1      303 303 303 303 303
/answers/2/problem                       kind=wrong  303 303 303 303 303
/answers/2/problem/settlement  revision=1&standing=posted  303 403 403 303 303
/questions/1/bookmark                    saved=1     303 303 303 303 303
/inbox/1                                 what=done   303 303 303 303 303
/inbox/all                               -           303 303 303 303 303
/watching                kind=question&target=1&level=all  303 303 303 303 303
/mail                                    frequency=daily  303 403 403 403 403
/mail/confirmation/x                     -           404 404 404 404 404
/mail/unsubscribe/x                      -           404 404 404 404 404
/deliveries/pause                        -           303 403 403 403 303
/deliveries/retry                        -           303 403 403 403 303
/deliveries/1/retry                      -           303 403 403 403 404
/webhooks                                url=x       303 403 403 403 403
/webhooks/1/secret                       -           303 403 403 403 200
/webhooks/1/pause                        -           303 403 403 403 303
/webhooks/1/end                          -           303 403 403 403 303
/webhooks/1/ping                         -           303 403 403 403 303
/webhooks/1/deliveries/1/retry           -           303 403 403 403 404
/watching/searches       name=x&query=pen&level=all        303 303 303 303 303
/watching/searches/1/name                name=x      303 404 303 404 404
/watching/searches/1/removal             -           303 404 303 404 404
/walls     name=x&department=ward-7b&networks=10.0.0.0/8  303 403 403 403 200
/walls/1/end                             -           303 403 403 403 303
/feeds/token                             -           303 200 200 200 200
/feeds/token/end                         -           303 303 303 303 303
/experts/me                              cap=5       303 303 303 303 303
/experts/tags/pumps/nominations               handle=jonas 303 303 303 303 303
/seats/1/confirmation                    -           303 403 403 303 303
/seats/1/refusal                         -           303 403 303 403 403
/seats/1/end                             -           303 403 303 303 303
/questions/1/experts                     handle=jonas 303 303 303 303 303
/questions/11/asker                      -           303 403 403 200 200
/questions/11/name                       -           303 403 303 403 403
/experts/me/standing-in/jonas/end        -           303 403 403 403 403
/experts/groups               handle=x1&name=X&tags=pumps  303 403 403 303 303
/experts/groups/pumps-team/edit          name=X      303 403 403 303 303
/experts/groups/pumps-team/members       handle=jonas 303 403 303 303 303
/experts/groups/pumps-team/membership    -           303 403 303 403 303
/experts/groups/pumps-team/members/amina/end  -      303 403 303 303 303
/rota   topic=pumps&role=x&phone=45&starts=2026-06-05&ends=2026-06-06 303 403 403 303 303
/rota/import                             -           303 422 422 422 422
/rota/1/end                              -           303 403 303 303 303
/rota/1/removal                          -           303 403 303 303 303
/requests/2/taking                       -           303 403 303 403 403
/requests/1/handover                     -           303 403 403 303 303
/experts/handover/amina                  -           303 403 403 303 303
/requests/1/passing                      handle=ruth  303 403 303 403 403
/requests/1/refusal                      reason=x    303 403 303 403 403
/requests/1/withdrawal                   -           303 303 403 303 303
/drafts/question                         title=x     303 200 200 200 200
/drafts/question/disposal                -           303 303 303 303 303
/preview                                 body=x      401 200 200 200 200
/similar                                 title=x     401 200 200 200 200
/privacy-check                           body=x      401 204 204 204 204
/privacy/held/1/release                  -           303 403 403 403 303
/privacy/held/1/return                   message=x   303 403 403 403 303
/privacy/held/1/purge                    -           303 403 403 403 303
/privacy/held/1/withdrawal               -           303 403 303 403 403
/posts/1/patient-information             -           303 303 303 303 303
/privacy/concerns/1/clearance            message=x   303 403 403 403 303
/privacy/concerns/1/purge                passages=Okonkwo  303 403 403 403 303
/privacy/purges/1/hurry                  -           303 403 403 403 303
/privacy/rules/trial                     sample=x    303 403 403 200 200
/privacy/allowed                         passage=Okonkwo  303 403 403 403 303
/privacy/allowed/1/removal               -           303 403 403 403 303
/people/amina/reviewing                  reviews=1   303 403 403 403 303
/questions/1/deflection                  title=x     303 303 303 303 303
/synonyms                                terms=q1,q2 303 403 403 303 303
/synonyms/1/edit                         terms=q1,q2 303 403 403 303 303
/synonyms/1/removal                      -           303 403 403 303 303
/audit/verification                      -           303 403 403 403 303
/tags/insulin/edit                       name=insulin 303 403 403 303 303
/tags/insulin/care                       risk=3&field=clinical  303 403 403 303 303
/tags/insulin/merge                      into=pumps  303 403 403 303 303
/people           handle=noor&password=twelve-and-more&role=member  303 403 403 403 303
/people/amina/edit                       name=A&role=member  303 403 403 403 303
/people/amina/password                   password=twelve-and-more  303 403 403 403 303
/people/jonas/deactivation               -           303 403 403 403 303
/people/jonas/reactivation               -           303 403 403 403 303
/guidelines                              title=x&version=1  303 403 403 303 303
/guidelines/1/edit                       title=x&version=1  303 403 403 303 303
/guidelines/1/versions                   title=x&version=2  303 403 403 303 303
/answers/2/citations                     guideline=1 303 403 403 303 303
/answers/2/citations/removal             guideline=1 303 403 403 303 303
/recalls/1/acknowledgement               -           303 404 404 404 404
/reviews                                 answer=2-1-posted  303 403 403 422 422
/people/jonas/handover                   handle=amina  303 403 403 303 303
/people/amina/privacy                    shows=1     303 403 303 403 403
/people/amina/sessions/end               -           303 403 303 403 303
/people/amina/sessions/1/end             -           303 403 303 403 404
/records/export                          -           303 200 200 200 200
/password                                present=x   303 422 422 422 422
/pin                                     present=x   303 404 404 404 404
/pin/removal                             -           303 303 303 303 303
/sign-out                                -           303 303 303 303 303
/lock                                    -           303 303 303 303 303
/lock/postponement                       -           303 204 204 204 204
/lock/end                                -           303 303 303 303 303
/register                                handle=x&password=twelve-and-more  404 404 404 404 404
"""

# Nobody is locked, so these lead on to the page behind, which asks strangers to sign in.
OF_THE_DOOR = ("/lock", "/lock/end")

# Where a site lets people read without signing in, a stranger gets these too, and only these.
READABLE = {
    "/": 200,
    "/questions": 200,
    "/questions/1": 302,
    "/questions/1/how-long-does-a-started-insulin-pen-keep": 200,
    "/questions/1/changes": 200,
    "/posts/2": 302,
    "/posts/1/revisions": 200,
    "/posts/1/revisions/compare": 404,
    "/tags": 200,
    "/tags/insulin": 200,
    "/departments": 200,
    "/departments/ward-7b": 200,
    "/departments/ward-99": 404,
    "/search": 200,
    "/search/suggestions": 200,
    "/questions/1/related": 200,
}


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(line.split()) for line in table.strip().splitlines()]


@pytest.fixture(autouse=True)
def what_can_be_visited(request):
    """Made once a session: what the addresses of the tables lead to."""
    if "visit" in request.fixturenames:
        request.getfixturevalue("prepared")("visited", lambda: _what_can_be_visited(World()))


def _what_can_be_visited(world):
    """The member has nominated Amina for pumps, and asked her about one; Amina has saved a search,
    and there is a wall screen. The last question is Amina's, asked confidentially.
    """
    seating.nominate(world.priya, world.amina, tag_called("pumps"))
    pump = asking.ask(world.jonas, "Where are the spare pumps kept?")
    requesting.ask_expert(world.priya, pump, world.amina)
    suggesting.suggest(world.priya, world.insulin, 1, title="How long?", tags="pens", body="")
    gloves = answering.answer(world.priya, world.gloves, "One pair.")
    registering.add(world.ruth, Particulars("Insulin policy", "1"))
    removing.withdraw(world.ruth, gloves, Seen(1, "posted"), "Wrong.")
    spoken = Typed("The pharmacy moves.", "notice", "2098-01-02", starts="2098-01-01")
    announcing.announce(world.ruth, spoken)
    webhook = {"url": "http://10.0.0.1/", "events": ["asked"], "seed": "x"}
    db.session.add(Webhook(added_by_id=world.tomasz.id, **webhook))
    saving.save(world.amina, "pens", "insulin pen", "", "all")
    displays.create(world.tomasz, "7B corridor", "ward-7b", ["10.0.0.0/8"])
    _a_group(world, pump)
    _what_reviewers_see(world)
    asking.ask_confidentially(world.amina, "Which drugs may be crushed?")


def _a_group(world, pump):
    """Amina and Jonas are a group, Jonas has what it was asked; it has one entry on the rota."""
    group = grouping.make(
        CONSOLE, "pumps-team", name="Pumps", line="", description="", tags="pumps"
    )
    for person in (world.amina, world.tomasz):
        grouping.invite(world.ruth, group, person)
    grouping.join(world.amina, group)
    grouping.join(world.tomasz, group)
    reaching.set_reachability(world.amina, cap="0")
    made = taking_turns.ask_group(world.ruth, world.pump, group)
    assert (made.id, made.person) == (2, world.tomasz)
    entry = rostering.Typed(
        "@pumps-team", "", "Team", "4567", "2026-06-05 09:00", "2026-06-06 09:00"
    )
    rostering.add(CONSOLE, entry)


def _what_reviewers_see(world):
    """Amina's answer is held; two answers were reported, one of them is purged."""
    holding.put_aside(world.amina.id, Writing("answer", 4, {"body": "Held."}), [])
    for body in ("Waits.", "Purged."):
        reporting.report(world.ruth, answering.answer(world.jonas, world.pump, body))
    db.session.flush()
    purging.purge(world.tomasz, db.session.get(Concern, 2))


@pytest.fixture
def visit(app: Flask, signed_in: Callable[[str], Browser]) -> Callable[[str], Browser]:
    return lambda role: browser(app) if role == "stranger" else signed_in(PEOPLE[role])


@pytest.mark.parametrize("role", ROLES)
def test_pages(visit, role):
    client = visit(role)
    for address, *statuses in rows(PAGES):
        expected = int(statuses[ROLES.index(role)])
        assert (address, client.get(address).status_code) == (address, expected)


@pytest.mark.walk
@pytest.mark.parametrize("row", rows(CHANGES), ids=lambda row: row[0])
@pytest.mark.parametrize("role", ROLES)
def test_changes(visit, role, row):
    address, fields, *statuses = row
    fields = fields.replace("TOMORROW", str(clock.now().date() + timedelta(days=1)))
    sent = dict(pair.split("=") for pair in fields.split("&")) if fields != "-" else {}
    reply = visit(role).send(address, **sent)
    assert reply.status_code == int(statuses[ROLES.index(role)])
    if role == "stranger" and reply.status_code == 303 and address not in OF_THE_DOOR:
        assert "/sign-in" in reply.location


@pytest.mark.walk
@pytest.mark.parametrize("row", rows(CHANGES), ids=lambda row: row[0])
def test_changes_need_the_token_of_the_form(visit, row):
    address = row[0]
    reply = visit("administrator").post(address, data={"title": "x", "body": "kept words"})
    assert reply.status_code in (400, 404)
    if address not in ("/register", "/mail/unsubscribe/x"):  # its link is the token
        assert "kept words" in reply.text


@pytest.mark.walk
@pytest.mark.parametrize("row", rows(CHANGES), ids=lambda row: row[0])
def test_a_get_changes_nothing(visit, row):
    changes = select(func.count()).where(Activity.verb != Verb.ACCESS_REFUSED)
    before = db.session.scalar(changes)
    reply = visit("administrator").get(row[0])
    assert reply.status_code in (200, 302, 303, 403, 404, 405)
    assert db.session.scalar(changes) == before


def test_reading_without_signing_in(visit, configure):
    configure(public_reading=True)
    client = visit("stranger")
    for address, *statuses in rows(PAGES):
        expected = READABLE.get(address, int(statuses[0]))
        assert (address, client.get(address).status_code) == (address, expected)
    for address, *_ in rows(CHANGES):
        assert client.send(address).status_code in (303, 401, 404, 422)


def test_every_address_is_in_the_table(app):
    """A new address has to be thought about here."""
    named = [row[0] for row in rows(PAGES) + rows(CHANGES)]
    adapter = app.url_map.bind("localhost")
    covered = set()
    for address in named:
        for method in ("GET", "POST"):
            try:
                covered.add((adapter.match(address, method=method)[0], method))
            except Exception:
                continue
    for rule in app.url_map.iter_rules():
        method = "POST" if "POST" in rule.methods else "GET"
        assert (rule.endpoint, method) in covered, f"{rule} is not in the table"
