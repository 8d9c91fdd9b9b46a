"""No reader finds out who asked confidentially, at any address there is or comes later."""

import re
from itertools import product

import anonymous
import pytest
from anonymous import WORD, named_in
from clients import browser
from sqlalchemy import func, select

from board import wiring
from board.core.database import Base, db
from board.people.models import CONSOLE
from board.posts.models import Post
from board.signin import tokens

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
def moderated(world, asked, prepared):
    """Edits suggested and decided, flags, posts moved, another question merged, closed by her."""
    prepared(
        "moderated",
        lambda: anonymous.they_moderate(world, anonymous.nadia(), anonymous.question()),
        on="asked",
    )
    return anonymous.question()


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
    kinds = select(func.min(Post.id)).where(Post.question_id == anonymous.question().id)
    firsts = db.session.scalars(kinds.group_by(Post.kind, Post.author_id.is_(None)))
    return sorted({1, 2, anonymous.question().id, *firsts})


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
