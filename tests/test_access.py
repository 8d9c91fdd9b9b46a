"""Every address by every role: what each of them gets. Read it as the board's table of rights."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from clients import Browser, browser
from flask import Flask
from sqlalchemy import func, select

from board.activity.models import Activity
from board.core import clock
from board.core.database import db
from board.experts import requesting, seating
from board.moderation import suggesting
from board.posts import asking
from board.tags.naming import tag_called

ROLES = ("stranger", "member", "author", "moderator", "administrator")
PEOPLE = {
    "member": "priya",
    "author": "amina",
    "moderator": "ruth",
    "administrator": "tomasz",
}

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
/posts/2/conversion                      303 403 403 200 200
/posts/2/flags/new                       303 200 200 200 200
/flags                                   303 200 200 200 200
/posts/2/suggestions                     303 200 200 200 200
/posts/2/suggestions/new                 303 200 200 403 403
/suggestions/1                           303 200 200 200 200
/queue                                   303 403 403 200 200
/queue/suggested/1                       303 403 403 200 200
/queue/week                              303 403 403 200 200
/people/amina/conduct                    303 403 200 200 200
/posts/1/revisions                       303 200 200 200 200
/posts/1/revisions/compare               303 404 404 404 404
/posts/2/comments/new                    303 200 200 200 200
/answers/2/acceptance/withdrawal         303 200 200 200 200
/saved                                   303 200 200 200 200
/inbox                                   303 200 200 200 200
/inbox/badge                             401 200 200 200 200
/watching                                303 200 200 200 200
/experts                                 303 200 200 200 200
/experts/me                              303 200 200 200 200
/experts/insulin                         303 200 200 200 200
/questions/1/experts                     401 200 200 200 200
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
/sign-in                                 200 303 303 303 303
/forgotten-password                      200 200 200 200 200
/password                                303 200 200 200 200
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
/questions/1/bookmark                    saved=1     303 303 303 303 303
/inbox/1                                 what=done   303 303 303 303 303
/inbox/all                               -           303 303 303 303 303
/watching                kind=question&target=1&level=all  303 303 303 303 303
/experts/me                              cap=5       303 303 303 303 303
/experts/pumps/nominations               handle=jonas 303 303 303 303 303
/seats/1/confirmation                    -           303 403 403 303 303
/seats/1/refusal                         -           303 403 303 403 403
/seats/1/end                             -           303 403 303 303 303
/questions/1/experts                     handle=jonas 303 303 303 303 303
/requests/1/passing                      handle=ruth  303 403 303 403 403
/requests/1/refusal                      reason=x    303 403 303 403 403
/requests/1/withdrawal                   -           303 303 403 303 303
/drafts/question                         title=x     303 200 200 200 200
/drafts/question/disposal                -           303 303 303 303 303
/preview                                 body=x      401 200 200 200 200
/similar                                 title=x     401 200 200 200 200
/privacy-check                           body=x      401 204 204 204 204
/questions/1/deflection                  title=x     303 303 303 303 303
/synonyms                                terms=q1,q2 303 403 403 303 303
/synonyms/1/edit                         terms=q1,q2 303 403 403 303 303
/synonyms/1/removal                      -           303 403 403 303 303
/tags/insulin/edit                       name=insulin 303 403 403 303 303
/tags/insulin/merge                      into=pumps  303 403 403 303 303
/people           handle=noor&password=twelve-and-more&role=member  303 403 403 403 303
/people/amina/edit                       name=A&role=member  303 403 403 403 303
/people/amina/password                   password=twelve-and-more  303 403 403 403 303
/people/jonas/deactivation               -           303 403 403 403 303
/people/jonas/reactivation               -           303 403 403 403 303
/people/amina/privacy                    shows=1     303 403 303 403 403
/password                                present=x   303 422 422 422 422
/sign-out                                -           303 303 303 303 303
/register                                handle=x&password=twelve-and-more  404 404 404 404 404
"""

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
    "/search": 200,
    "/search/suggestions": 200,
    "/questions/1/related": 200,
}


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(line.split()) for line in table.strip().splitlines()]


@pytest.fixture(autouse=True)
def an_expert(request):
    """The member has nominated Amina for pumps, and asked her about one."""
    if "visit" in request.fixturenames:
        world = request.getfixturevalue("world")
        seating.nominate(world.priya, world.amina, tag_called("pumps"))
        pump = asking.ask(world.jonas, "Where are the spare pumps kept?")
        requesting.ask_expert(world.priya, pump, world.amina)
        suggesting.suggest(world.priya, world.insulin, 1, title="How long?", tags="pens", body="")
        db.session.commit()


@pytest.fixture
def visit(app: Flask, signed_in: Callable[[str], Browser]) -> Callable[[str], Browser]:
    return lambda role: browser(app) if role == "stranger" else signed_in(PEOPLE[role])


@pytest.mark.parametrize("role", ROLES)
def test_pages(visit, role):
    client = visit(role)
    for address, *statuses in rows(PAGES):
        expected = int(statuses[ROLES.index(role)])
        assert (address, client.get(address).status_code) == (address, expected)


@pytest.mark.parametrize("row", rows(CHANGES), ids=lambda row: row[0])
@pytest.mark.parametrize("role", ROLES)
def test_changes(visit, role, row):
    address, fields, *statuses = row
    fields = fields.replace("TOMORROW", str(clock.now().date() + timedelta(days=1)))
    sent = dict(pair.split("=") for pair in fields.split("&")) if fields != "-" else {}
    reply = visit(role).send(address, **sent)
    assert reply.status_code == int(statuses[ROLES.index(role)])
    if role == "stranger" and reply.status_code == 303:
        assert "/sign-in" in reply.location


@pytest.mark.parametrize("row", rows(CHANGES), ids=lambda row: row[0])
def test_changes_need_the_token_of_the_form(visit, row):
    address = row[0]
    reply = visit("administrator").post(address, data={"title": "x", "body": "kept words"})
    assert reply.status_code in (400, 404)
    if address != "/register":
        assert "kept words" in reply.text


@pytest.mark.parametrize("row", rows(CHANGES), ids=lambda row: row[0])
def test_a_get_changes_nothing(visit, row):
    before = db.session.scalar(select(func.count()).select_from(Activity))
    reply = visit("administrator").get(row[0])
    assert reply.status_code in (200, 302, 404, 405)
    assert db.session.scalar(select(func.count()).select_from(Activity)) == before


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
