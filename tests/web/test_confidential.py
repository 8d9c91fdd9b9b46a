"""Confidential asking: no reader finds the asker's name; a moderator's look is on record.

Nadia asks, answers, comments, edits, accepts, removes and asks an expert, and does nothing else.
The walk visits every address there is, those that come later too.
"""

import json
import re
from itertools import product

import pytest
from clients import browser
from sqlalchemy import delete, func, select, update

from board import wiring
from board.activity.models import Activity
from board.audit.models import AuditRecord
from board.core.clock import now
from board.core.database import Base, db
from board.core.errors import Refused
from board.curation import describing, removing, verifying
from board.curation import reporting as problems
from board.curation.deciding import Seen
from board.curation.describing import Described
from board.delivery import collecting
from board.experts import requesting, seating
from board.inbox import saving, sifting, telling, watching
from board.inbox.models import Notification
from board.moderation import flagging, suggesting
from board.people import joining
from board.people.models import CONSOLE, Person
from board.posts import (
    accepting,
    answering,
    asking,
    closing,
    commenting,
    converting,
    editing,
    hiding,
    merging,
    purging,
    reporting,
    voting,
)
from board.posts.models import Answer, Comment, Post, Question
from board.privacy import deciding, holding
from board.privacy.elsewhere import Writing
from board.privacy.models import Concern, Exposure, Held
from board.routing import escalating
from board.routing.models import Escalation, Step
from board.signin import tokens
from board.tags.models import Tag
from board.tags.naming import tag_called
from board.upkeep.exporting import export_file

WORD = "Zylofen"  # stands in everything on the confidential question, and nowhere else
NAMES = ("Nadia", "Quimby", "nadiaq")
PLACE = "Ward Nine"
PEOPLE = ("jonas", "ruth", "tomasz", None)

# Where her name may stand, as anybody's does. These pages may not speak of the question.
NAMED = (
    "/departments",
    "/departments/ward-nine",
    "/experts/groups/nadiaq",  # there is no such group, which repeats what was typed
    "/experts/groups/nadiaq/edit",
    "/people/nadiaq/conduct",
    "/people/nadiaq/handover",
    "/people/nadiaq/sessions",
    "/people",
    "/people/nadiaq",
    "/people/nadiaq/edit",
    "/watching",  # of Priya, who watches her
    "/audit",  # for administrators, who are told so; reading it is recorded
    "/audit.csv",
)

# Who may have read something: her name stands there as that of others who watch does.
AMONG_READERS = ("/privacy/purges/1", "/privacy/purges/1/exposure.csv")

# What an address holds besides ids, and what lists are narrowed down by.
VALUES = {
    "slug": ["x", "ward-nine"],
    "token": ["x"],
    "handle": ["jonas", "nadiaq"],
    "name": ["zylofen", "insulin"],
    "target": ["question"],
    "number": ["1", "2"],
    "rest": ["x"],
    "kind": [kind.name for kind in wiring.QUEUE],
}
ASKED = ("?q=Zylofen&title=Zylofen", "?tab=active", "?tag=zylofen&show=answers")

# Narrowed down to her or her ward, a list may tell no more than for somebody who has done nothing.
NARROWED = (
    ("?q=Nadia", "?q=Nomusa"),
    ("?q=leaflet+author:Quimby", "?q=leaflet+author:Dube"),
    ("?author=nadiaq&department=", "?author=nomusad&department="),
    ("?q=leaflet&author=Nadia", "?q=leaflet&author=Nomusa"),
    ("?department=ward-nine", "?department=ward-ten"),
    ("?q=leaflet&department=ward-nine", "?q=leaflet&department=ward-ten"),
)


@pytest.fixture
def nadia(world, prepared):
    prepared("nadia", _two_join)
    return _nadia()


def _nadia():
    return db.session.scalar(select(Person).filter_by(handle="nadiaq"))


def _two_join():
    for handle, name, ward in (
        ("nadiaq", "Nadia Quimby", PLACE),
        ("nomusad", "Nomusa Dube", "Ward Ten"),
    ):
        joining.add(CONSOLE, handle, name=name, profession="Play", department=ward, role="member")


@pytest.fixture
def asked(world, nadia, prepared):
    """Her question, with everything on it that she can do."""
    prepared("asked", lambda: _she_asks(world, _nadia()), on="nadia")
    return _hers()


def _hers():
    return db.session.scalar(select(Question).where(Question.confider_id.is_not(None)))


def _she_asks(world, nadia):
    watching.watch(world.priya.id, "person", nadia.id, "all")
    watching.watch(world.priya.id, "department", nadia.department_id, "all")
    question = asking.ask_confidentially(
        nadia, f"May {WORD} be crushed?", f"I gave {WORD} wrongly.", "zylofen"
    )
    theirs = answering.answer(world.jonas, question, f"Never crush {WORD}.")
    own = answering.answer(nadia, question, f"The leaflet of {WORD} says so too.")
    commenting.comment(nadia, question, f"It is {WORD} 5 mg.")
    remark = commenting.comment(nadia, theirs, f"Thank you, {WORD} it is.")
    gone = commenting.comment(nadia, theirs, f"{WORD}, said too soon.")
    editing.edit(nadia, question, 1, title=f"May {WORD} be cut?", body="How?", tags="zylofen")
    editing.edit(nadia, own, 1, body=f"The leaflet of {WORD} says no.", summary="clearer")
    editing.edit(nadia, remark, 1, body=f"Thanks, {WORD} it is.")
    editing.edit(world.ruth, question, 2, title=f"Can {WORD} be cut?", body="How?", tags="zylofen")
    accepting.accept(nadia, theirs)
    accepting.withdraw(nadia, theirs)
    accepting.accept(nadia, theirs)
    hiding.hide(nadia, gone)
    voting.vote(nadia, theirs)
    requesting.ask_expert(nadia, question, world.ruth)
    passed = requesting.ask_expert(nadia, question, world.tomasz)
    requesting.pass_on(world.tomasz, passed, world.priya)
    _what_came_later(world, nadia, question, own)
    _worker_runs()


def _worker_runs():
    db.session.commit()
    for task in (telling.tell_watchers, escalating.climb, sifting.sift, collecting.collect_digests):
        while task():
            pass


def _what_came_later(world, nadia, question, own):
    """Saved searches, mentions, an answer verified and out of use, texts held and reported."""
    watching.watch(world.jonas.id, "question", question.id, "all")
    saving.save(world.priya, "drugs", WORD.lower(), "", "all")
    commenting.comment(nadia, question, f"@jonas, what of {WORD}?")
    tag = db.session.scalar(select(Tag).filter_by(name="zylofen"))
    seating.confirm(world.ruth, seating.nominate(world.ruth, world.priya, tag))
    described = Described(applies_to=("all",), source_kind="opinion", setting="anywhere")
    describing.describe(nadia, own, described)
    verifying.verify(world.priya, own, Seen(2, "posted"))
    editing.edit(nadia, own, 2, body=f"The leaflet of {WORD} says never.", summary="clearer")
    problems.report(world.jonas, own, "unclear")
    removing.withdraw(nadia, own, Seen(3, "posted"), f"Not true of {WORD}.")
    told = Writing("comment", question.id, {"body": f"{WORD} for Mr Okonkwo."})
    holding.hold(nadia, told, [])
    fields = {"title": f"Is {WORD} safe?", "body": "", "tags": "", "confidential": "1"}
    holding.hold(nadia, Writing("question", None, fields), [])
    for words in ("waits", "was purged"):
        post = commenting.comment(nadia, question, f"{WORD}: {words}.")
        reporting.report(world.jonas, post)
    db.session.flush()
    purging.purge(world.tomasz, db.session.scalar(select(Concern).order_by(Concern.id.desc())))
    db.session.execute(update(Escalation).values(due_at=now()))


@pytest.fixture
def moderated(world, asked, prepared):
    """Edits suggested and decided, flags, posts moved, another question merged, closed by her."""
    prepared("moderated", lambda: _they_moderate(world, _nadia(), _hers()), on="asked")
    return _hers()


def _they_moderate(world, nadia, question):
    own = db.session.scalar(select(Answer).filter_by(confider_id=nadia.id))
    for change, decide in (
        (f"How is {WORD} halved?", lambda each: suggesting.accept(nadia, each)),
        (f"What of {WORD}?", lambda each: suggesting.decline(nadia, each, f"{WORD} it is.")),
        (f"Why {WORD}?", lambda each: None),
    ):
        decide(suggesting.suggest(world.jonas, question, 4, title=change, tags="zylofen", body=""))
    on_own = suggesting.suggest(world.jonas, own, 3, body=f"{WORD}: see the leaflet.")
    suggesting.withdraw(world.jonas, on_own)
    flagging.flag(world.jonas, own, "wrong", f"{WORD} differs.")
    said = commenting.comment(nadia, question, f"{WORD}, by the way.")
    converting.to_answer(world.ruth, said)
    other = asking.ask(world.priya, f"Is {WORD} bitter?", tags="zylofen")
    merging.merge(world.ruth, other, question)
    closing.close(nadia, question, "policy", f"The policy on {WORD} says it.")
    closing.reopen(nadia, question)
    closing.close(nadia, question, "other", f"{WORD} is off the list.")
    _worker_runs()


@pytest.fixture
def visit(app, signed_in, configure, moderated):
    """`visit(addresses, "jonas")`: (address, text) of each, as they read it."""
    configure(public_reading=True)
    secret = tokens.create(CONSOLE, "intranet", tokens.Scope.READ)
    db.session.commit()
    headers = {"Authorization": f"Bearer {secret}"}

    def visit(addresses, name):
        client = signed_in(name) if name else browser(app)
        for address in addresses:
            is_api = address.startswith("/api/")
            reply = client.get(address, headers=headers if is_api else None)
            leads_in = (reply.location or "").startswith("/sign-in")  # and repeats the address
            yield address, "" if leads_in else reply.text + str(reply.headers)

    return visit


@pytest.fixture
def walk(app, visit, signed_in):
    """The same, with the parts that are fetched alone of each page that speaks of the question."""

    def walk(addresses, name):
        client = signed_in(name) if name else browser(app)
        for address, text in visit(addresses, name):
            yield address, text
            ids = set(re.findall(r'<[a-z]+ id="([a-z]+)"', text)) if WORD in text else set()
            for part in ids & parts(app):
                yield address, client.part(address, part).text

    return walk


def some_ids():
    """The first of everything, and of the confidential question each kind of post."""
    kinds = select(func.min(Post.id)).where(Post.question_id == _hers().id)
    firsts = db.session.scalars(kinds.group_by(Post.kind, Post.author_id.is_(None)))
    return sorted({1, 2, _hers().id, *firsts})


def all_ids():
    return range(1, db.session.query(Post).count() + 2)


def addresses(app, ids):
    """Every address that can be fetched, filled with each of the ids and every name there is."""
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint == "assets.show":
            continue
        names = sorted(rule.arguments)
        for values in product(*(map(str, ids) if name == "id" else VALUES[name] for name in names)):
            filled = rule.rule
            for name, value in zip(names, values, strict=True):
                filled = re.sub(rf"<(\w+:)?{name}>", value, filled)
            yield filled


def lists(app):
    """The addresses that may be narrowed down."""
    with_id = re.compile(r"/\d+(/|$)")
    return [address for address in addresses(app, [1]) if not with_id.search(address)]


def parts(app):
    return {
        name.rpartition("/_")[2].removesuffix(".html")
        for name in app.jinja_env.list_templates()
        if "/_" in name
    }


def speaks_of(text, question, address=""):
    """Whether it does, beyond repeating what was typed."""
    return (WORD in text and WORD not in address) or f"/questions/{question.id}/" in text


def named_in(text):
    return [name for name in (*NAMES, PLACE) if name in re.sub(r"<option.*?</option>", "", text)]


@pytest.mark.walk
@pytest.mark.parametrize("name", PEOPLE)
def test_nobody_finds_the_name(app, walk, moderated, name):
    _find_nothing(app, walk, moderated, name, some_ids())


@pytest.mark.soak
@pytest.mark.parametrize("name", PEOPLE)
def test_nobody_finds_the_name_anywhere(app, walk, moderated, name):
    _find_nothing(app, walk, moderated, name, all_ids())


def _find_nothing(app, walk, moderated, name, ids):
    visited, told = 0, 0
    narrowed = [address + typed for address in lists(app) for typed in ASKED]
    for address, text in walk([*addresses(app, ids), *narrowed], name):
        visited += 1
        told += speaks_of(text, moderated)
        if address.partition("?")[0] in NAMED:
            assert not (named_in(text) and speaks_of(text, moderated, address)), address
        elif address not in AMONG_READERS:
            assert named_in(text) == [], address
    assert visited > 300
    assert told > 20


@pytest.mark.walk
@pytest.mark.parametrize("name", ["jonas", "ruth"])
def test_no_list_is_narrowed_down_to_the_asker(app, visit, moderated, name):
    for hers, others in NARROWED:
        pairs = zip(
            visit([address + hers for address in lists(app)], name),
            visit([address + others for address in lists(app)], name),
            strict=True,
        )
        for (address, text), (_, other) in pairs:
            assert speaks_of(text, moderated) == speaks_of(other, moderated), address


def test_it_is_written_down_nowhere_as_hers(moderated, nadia):
    """A new column that names a person has to be thought about here: which pages read it?"""
    hers = set()
    for table in Base.metadata.sorted_tables:
        for column in table.c:
            leads_to_people = any(key.column.table.name == "person" for key in column.foreign_keys)
            if (leads_to_people or column.name == "actor_id") and db.session.execute(
                select(column).where(column == nadia.id)
            ).first():
                hers.add(f"{table.name}.{column.name}")
    assert hers == {
        "activity.actor_id",  # the truth, read by no page
        "audit_record.actor_id",  # what she removed, for administrators
        "post.confider_id",
        "expert_request.asker_id",  # shown as `named_asker`
        "exposure.person_id",  # among those who may have seen what was purged, not how
        "hiding.hidden_by_id",  # not shown where it is the confider
        "notification.person_id",
        "problem_report.settled_by_id",  # shown nowhere
        "quarantine.author_id",  # not shown where `is_confidential`
        "removal.removed_by_id",  # not shown where it is the confider
        "subscription.person_id",
        "vote.person_id",
    }


@pytest.fixture
def hers(app, nadia, asked):
    """Nadia's own browser."""
    return browser(app).sign_in(db.session.get(Person, nadia.id))


def page_of(client, question):
    return client.get(f"/questions/{question.id}", follow_redirects=True)


def newest(kind):
    return db.session.scalar(select(kind).order_by(kind.id.desc()))


def test_readers_see_that_somebody_asked(signed_in, asked):
    page = page_of(signed_in("jonas"), asked).text
    assert "Anonymous colleague" in page
    assert "accepted by whoever asked" in page
    assert "Answer by whoever asked" in page
    assert "without your name" not in page
    assert "Who asked?" not in page
    assert "Anonymous colleague" in signed_in("jonas").get("/questions").text
    assert "Anonymous colleague" in signed_in("jonas").get("/search?q=Zylofen").text


def test_the_asker_is_told_that_their_name_is_not_shown(hers, asked):
    page = page_of(hers, asked).text
    assert "you, without your name" in page
    assert "Posting as <strong>Anonymous colleague</strong>" in page
    assert "Show my name" in page


def test_the_asker_keeps_every_right(hers, asked, world):
    theirs = db.session.scalar(
        select(Answer).filter_by(author_id=world.jonas.id, question_id=asked.id)
    )
    sent = {"title": "May it be halved?", "base_revision": "3"}
    assert hers.send(f"/posts/{asked.id}/edit", **sent).status_code == 303
    assert hers.send(f"/answers/{theirs.id}/acceptance/withdrawal").status_code == 303
    assert hers.send(f"/answers/{theirs.id}/acceptance").status_code == 303
    assert hers.send(f"/posts/{asked.id}/vote", vote="1").status_code == 403
    db.session.expire_all()
    assert asked.title == "May it be halved?"


def test_asking_without_a_name(signed_in, world):
    form = signed_in("amina").get("/questions/new").text
    assert "Ask without showing my name" in form
    assert "“Anonymous colleague”" in form
    reply = signed_in("amina").send("/questions", title="Quiet?", confidential="1")
    assert reply.status_code == 303
    question = newest(Question)
    assert (question.author_id, question.confider_id) == (None, world.amina.id)
    assert question.department_id is None


def test_a_mistake_keeps_the_tick(signed_in):
    amina = signed_in("amina")
    ticked = 'value="1" aria-describedby="confidential-hint" checked'
    assert ticked in amina.send("/questions", title="", confidential="1").text
    assert ticked not in amina.send("/questions", title="", body="x").text


def test_a_draft_keeps_the_tick(signed_in):
    amina = signed_in("amina")
    ticked = 'value="1" aria-describedby="confidential-hint" checked'
    amina.send("/drafts/question", title="Quiet?", confidential="1", sequence="0", window="w")
    assert ticked in amina.get("/questions/new").text
    amina.send("/drafts/question", title="Quiet?", sequence="1", window="w")
    assert ticked not in amina.get("/questions/new").text


def test_where_the_site_does_not_want_it_nothing_is_posted_by_name(signed_in, configure):
    configure(confidential_asking=False)
    amina = signed_in("amina")
    assert "without showing" not in amina.get("/questions/new").text
    assert amina.send("/questions", title="Quiet?", confidential="1").status_code == 403
    assert newest(Question).title != "Quiet?"


# What other people's deeds bring back


def test_parts_that_come_back_after_a_deed_have_no_name(signed_in, asked):
    jonas, ruth = signed_in("jonas"), signed_in("ruth")
    replies = [
        jonas.send(f"/questions/{asked.id}/answers", part="thread", body="Crush nothing."),
        jonas.send(f"/posts/{asked.id}/comments", part=f"comments-{asked.id}", body="Why?"),
        ruth.send(f"/answers/{newest(Answer).id}/acceptance", part="thread"),
        jonas.send(f"/questions/{asked.id}/experts", part="experts", handle="amina"),
        jonas.send(f"/posts/{asked.id}/vote", part=f"vote-{asked.id}", vote="1"),
        ruth.send(f"/posts/{newest(Comment).id}/hiding", reason="x"),
        page_of(ruth, asked),
    ]
    for reply in replies:
        assert reply.status_code in (200, 303)
        assert named_in(reply.text) == []


def test_asking_her_as_an_expert_is_answered_as_for_anybody(signed_in, asked, nadia):
    """A refusal would say who asked."""
    jonas = signed_in("jonas")
    hers = jonas.send(f"/questions/{asked.id}/experts", handle="nadiaq")
    others = jonas.send(f"/questions/{asked.id}/experts", handle="amina")
    assert hers.status_code == others.status_code == 303
    answering.answer(nadia, asked, "It stands in the leaflet.")
    db.session.commit()
    states = re.findall(r"Asked <bdi>([^<]+)</bdi>.*?<strong>(\w+)", jonas.get(hers.location).text)
    assert ("Nadia Quimby", "waiting") in states


def test_her_own_request_is_passed_on_to_her_as_to_anybody(signed_in, asked, world):
    request = db.session.scalar(select(requesting.Request).filter_by(person_id=world.ruth.id))
    reply = signed_in("ruth").send(f"/requests/{request.id}/passing", handle="nadiaq")
    assert reply.status_code == 303


def test_news_say_somebody(signed_in, asked):
    inbox = signed_in("jonas").get("/inbox").text
    assert "<bdi>Somebody</bdi> accepted an answer" in inbox
    assert "<bdi>Somebody</bdi> asks whether you can answer" in signed_in("ruth").get("/inbox").text


def test_whoever_watches_her_or_her_ward_hears_nothing_of_it(asked, world):
    """She hears of what she was asked and what she verified, and of it by her saved search."""
    mine = select(Notification.verb).filter_by(person_id=world.priya.id, question_id=asked.id)
    watched = set(db.session.scalars(mine.where(Notification.search_id.is_(None))))
    assert "expert_asked" in watched
    assert not watched & {"asked", "answered", "commented", "accepted"}


def test_an_export_has_no_author(asked, tmp_path):
    db.session.commit()
    export_file(tmp_path / "out.jsonl")
    text = (tmp_path / "out.jsonl").read_text()
    assert named_in(text) == []
    line = json.loads(next(each for each in text.splitlines() if WORD in each))
    assert line["confidential"] is True
    assert "author" not in line
    assert [answer.get("confidential", False) for answer in line["answers"]] == [False, True]


# Looking it up


def test_a_moderator_looks_it_up(signed_in, asked, nadia, world):
    ruth = signed_in("ruth")
    assert "Who asked?" in page_of(ruth, asked).text
    page = ruth.send(f"/questions/{asked.id}/asker")
    assert page.status_code == 200
    assert "Nadia Quimby" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert named_in(page_of(ruth, asked).text) == []


def test_looking_it_up_in_place(signed_in, asked):
    part = signed_in("ruth").send(f"/questions/{asked.id}/asker", part="asker")
    assert "Nadia Quimby" in part.text
    assert "<main" not in part.text


def test_looking_is_recorded_and_told(signed_in, hers, asked, nadia, world):
    watching.watch(nadia.id, "question", asked.id, "nothing")
    db.session.commit()
    signed_in("ruth").send(f"/questions/{asked.id}/asker")
    record = db.session.scalar(select(AuditRecord).filter_by(action="asker_looked_up"))
    assert (record.actor, record.object_id, record.detail) == ("ruth", asked.id, {})
    assert db.session.query(Activity).filter_by(verb="asker_looked_up").count() == 1
    assert "looked up that it was you who asked" in hers.get("/inbox").text


@pytest.mark.parametrize("name", ["jonas", "priya"])
def test_nobody_else_looks_it_up(signed_in, asked, name):
    reply = signed_in(name).send(f"/questions/{asked.id}/asker")
    assert reply.status_code == 403
    assert named_in(reply.text) == []
    db.session.rollback()
    assert db.session.query(Activity).filter_by(verb="asker_looked_up").count() == 0


def test_there_is_nothing_to_look_up_where_the_name_stands(signed_in, world):
    assert signed_in("ruth").send("/questions/1/asker").status_code == 403


# Showing the name after all


def test_the_asker_shows_their_name(hers, signed_in, asked, nadia):
    address = f"/questions/{asked.id}/name"
    assert "cannot be hidden again" in hers.get(address).text
    assert hers.send(address).status_code == 303
    page = page_of(signed_in("jonas"), asked).text
    assert "Anonymous" not in page
    assert "accepted by Nadia Quimby" in page
    assert PLACE in page
    history = signed_in("jonas").get(f"/posts/{asked.id}/revisions").text
    assert history.count("Nadia Quimby") == 2
    assert WORD in signed_in("jonas").get("/people/nadiaq").text
    assert WORD in signed_in("jonas").get("/questions?department=ward-nine").text
    assert hers.get(address).status_code == 403


def test_nobody_shows_another_ones_name(signed_in, asked):
    for name in ("jonas", "ruth"):
        assert signed_in(name).get(f"/questions/{asked.id}/name").status_code == 403
        assert signed_in(name).send(f"/questions/{asked.id}/name").status_code == 403
    db.session.expire_all()
    assert asked.author_id is None


def test_signed_out(stranger, asked):
    for address in (f"/questions/{asked.id}/asker", f"/questions/{asked.id}/name"):
        assert "/sign-in" in stranger.send(address).location


# What came with privacy reviews, answer states and the ladder


def test_a_held_confidential_question_stays_confidential(world, nadia, asked):
    waiting = db.session.scalars(select(Held).where(Held.decided_at.is_(None))).all()
    assert {each.form: each.is_confidential for each in waiting} == {
        "comment": True,
        "question": True,
    }
    for held in waiting:
        made = db.session.get(Post, deciding.release(world.tomasz, held))
        assert (made.author_id, made.confider_id, made.shown_as) == (None, nadia.id, "")


def test_what_is_held_is_posted_under_no_name_once_the_choice_is_gone(world, asked, configure):
    held = db.session.scalar(select(Held).filter_by(form="question"))
    configure(confidential_asking=False)
    with pytest.raises(Refused):
        deciding.release(world.tomasz, held)


def test_what_is_given_back_is_still_ticked(world, asked, hers):
    deciding.give_back(
        world.tomasz, db.session.scalar(select(Held).filter_by(form="question")), "Why?"
    )
    db.session.commit()
    ticked = 'value="1" aria-describedby="confidential-hint" checked'
    assert ticked in hers.get("/questions/new").text


def test_the_form_is_held_with_its_tick(signed_in, world):
    sent = {"title": "Is Mr John Smith, NHS 943 476 5919, in?", "confidential": "1"}
    signed_in("amina").send("/questions", submission_key="k1", review="1", **sent)
    held = db.session.scalar(select(Held))
    assert (held.author_id, held.is_confidential) == (world.amina.id, True)


def test_the_reviewers_read_that_the_author_is_not_shown(signed_in, asked):
    tomasz = signed_in("tomasz")
    assert "somebody who asks without a name" in tomasz.get("/privacy/held").text
    held = db.session.scalar(select(Held).filter_by(form="question"))
    page = tomasz.get(f"/privacy/held/{held.id}").text
    assert "somebody who asks without a name" in page


def test_whoever_asked_finds_it_in_what_is_recorded_about_them(hers, asked):
    page = hers.get("/records").text
    assert "What you asked without your name" in page
    assert WORD in page


def test_the_ladder_neither_asks_nor_tells_whoever_asked(world, nadia, signed_in):
    tag = tag_called("insulin")
    for expert in (nadia, world.jonas):
        seating.confirm(world.ruth, seating.nominate(world.ruth, expert, tag))
    question = asking.ask_confidentially(nadia, "Which pen?", tags="insulin", urgency="this_shift")
    assert question.urgency == "this_shift"
    db.session.execute(delete(Escalation).where(Escalation.question_id != question.id))
    db.session.execute(update(Escalation).values(due_at=now()))
    db.session.commit()
    assert escalating.climb() == 1
    steps = db.session.scalars(select(Step).filter_by(question_id=question.id)).all()
    assert [step.person_id for step in steps] == [world.jonas.id]
    page = page_of(signed_in("ruth"), question).text
    assert "Who has heard of this" in page
    assert named_in(page.partition('class="ladder"')[2].partition("</section>")[0]) == []
    told = db.session.scalar(select(Notification).filter_by(verb="request_routed"))
    assert (told.person_id, told.actor_id) == (world.jonas.id, None)


def test_the_asker_has_the_rights_of_an_author_over_their_answer(hers, asked, world):
    own = db.session.scalar(select(Answer).where(Answer.confider_id.is_not(None)))
    assert own.standing == "withdrawn"
    page = page_of(hers, asked).text
    assert "its author" in page
    assert hers.send(f"/answers/{own.id}/use", used="1").status_code in (403, 404, 405)


def test_what_pages_name_her_for_news_do_too(world, nadia, asked):
    """Else the only deed without a name would tell whose question it is."""
    theirs = db.session.scalar(select(Answer).filter_by(author_id=world.jonas.id))
    problems.report(nadia, theirs, "wrong")
    told = db.session.scalar(
        select(Notification).filter_by(verb="problem_reported", person_id=world.jonas.id)
    )
    assert told.actor_id == nadia.id


def test_the_asker_reads_what_was_reported_of_theirs(hers, signed_in, asked, nadia):
    waits = db.session.scalar(
        select(Comment).where(Comment.confider_id == nadia.id, Comment.body_md.contains("waits"))
    )
    assert waits.withheld_at is not None
    assert f"{WORD}: waits." in page_of(hers, asked).text
    assert f"{WORD}: waits." not in page_of(signed_in("jonas"), asked).text


def test_after_a_purge_she_is_one_of_those_who_watch(world, nadia, asked):
    """Neither as whoever wrote it, nor by the moment since when she watches."""
    seen = select(Exposure.how, Exposure.at)
    hers = db.session.execute(seen.filter_by(person_id=nadia.id)).all()
    assert hers == [("watches the question", None)]
    assert hers[0] in db.session.execute(seen.filter_by(person_id=world.jonas.id)).all()
