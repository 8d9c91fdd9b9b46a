"""What a page may cost: statements, whatever is on it; and the weight of a first visit."""

import gzip
import re

import pytest
import settled

from board.core.database import db
from board.posts import answering, asking, commenting, voting
from board.signin import displays

THREAD, LIST, SHEET, SEARCH, POLL = 4, 6, 7, 8, 2  # of 8, 7, 7, 8 that DESIGN.md allows

LARGEST_VISIT = 100 * 1024
LARGEST_SCRIPT = 6 * 1024
LARGEST_PART = 15 * 1024


@pytest.fixture
def crowded(world, prepared):
    """A thread with thirty answers and ninety comments, and many questions."""
    prepared("crowded", lambda: _crowd(world))


def _crowd(world):
    for number in range(30):
        answer = answering.answer(world.jonas, world.insulin, f"Answer {number}. " * 20)
        for _ in range(3):
            commenting.comment(world.priya, answer, "A comment.")
        voting.vote(world.amina, answer)
        asking.ask(world.ruth, f"Zinc number {number}?", "Details of zinc. " * 20, "zinc, metals")


def cost(statements, client, address):
    client.get(address)
    db.session.expire_all()
    with statements() as seen:
        page = client.get(address)
    assert page.status_code in (200, 204)
    return len(seen), seen


PAGES = [
    ("/questions/1/how-long-does-a-started-insulin-pen-keep", THREAD),
    ("/questions", LIST),
    ("/questions?tab=votes", LIST),
    ("/questions?department=education", LIST),
    ("/tags/zinc", LIST),
    ("/tags/zinc?department=education&tab=votes", LIST),
    ("/search?q=zinc+number", SEARCH),
    ("/saved", LIST),
    ("/departments/education", SHEET),
    ("/watching", LIST),
    ("/questions/1/changes?since=1&answers=1", POLL),
]


@pytest.mark.parametrize(("address", "most"), PAGES)
def test_statements_signed_in(signed_in, statements, crowded, address, most):
    count, seen = cost(statements, signed_in("amina"), address)
    assert count <= most, seen


@pytest.mark.parametrize(("address", "most"), PAGES)
def test_statements_of_a_moderator(signed_in, statements, crowded, address, most):
    """The queue is counted in the header's statement; a thread's page, which has none, adds it."""
    count, seen = cost(statements, signed_in("ruth"), address)
    assert count <= most + (most == THREAD), seen


def test_what_waits_for_reviewers_is_counted_in_the_same_statement(
    signed_in, statements, crowded, world
):
    reviewer = signed_in("priya")
    before, _ = cost(statements, reviewer, "/questions")
    settled.let_review(world.priya)
    count, seen = cost(statements, reviewer, "/questions")
    assert count == before, seen


OWN = ("/saved", "/watching")


@pytest.mark.parametrize(("address", "most"), [page for page in PAGES if page[0] not in OWN])
def test_statements_without_signing_in(stranger, configure, statements, crowded, address, most):
    configure(public_reading=True)
    count, seen = cost(statements, stranger, address)
    assert count < most, seen


def test_a_wall_screen_costs_four_statements(stranger, statements, crowded, world):
    secret = displays.create(world.tomasz, "corridor", "education", ["127.0.0.0/8"])
    db.session.commit()
    stranger.get(f"/wall/{secret}")
    count, seen = cost(statements, stranger, "/wall")
    assert count <= 4, seen


def test_a_page_costs_the_same_whatever_is_on_it(signed_in, statements, world):
    amina = signed_in("amina")
    address = "/questions/1/how-long-does-a-started-insulin-pen-keep"
    few, _ = cost(statements, amina, address)
    for number in range(20):
        answering.answer(world.jonas, world.insulin, f"Answer {number}.")
    many, _ = cost(statements, amina, address)
    assert many == few


def test_reading_writes_nothing(signed_in, statements, crowded):
    amina = signed_in("amina")
    for address, _ in PAGES:
        _, seen = cost(statements, amina, address)
        assert [line for line in seen if not line.lstrip().startswith(("SELECT", "WITH"))] == []


def squeezed(reply):
    return len(gzip.compress(reply.data))


@pytest.mark.parametrize("address", ["/", "/questions/1", "/questions/new"])
def test_the_weight_of_a_first_visit(signed_in, crowded, address):
    amina = signed_in("amina")
    page = amina.get(address, follow_redirects=True)
    assets = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', page.text))
    assert len(assets) >= 4
    total = squeezed(page) + sum(squeezed(amina.get(asset)) for asset in assets)
    assert total <= LARGEST_VISIT, f"{total:,} bytes"


@pytest.mark.parametrize("name", ["board.js", "editor.js"])
def test_scripts_are_small(stranger, name):
    assert squeezed(stranger.get(f"/static/{name}")) <= LARGEST_SCRIPT


@pytest.mark.parametrize("part", ["more", "changes"])
def test_parts_are_small(signed_in, crowded, part):
    address = {"more": "/questions", "changes": "/questions/1/changes?since=1"}[part]
    assert squeezed(signed_in("amina").part(address, part)) <= LARGEST_PART


def test_static_files_are_kept_by_the_browser(stranger):
    page = stranger.get("/help").text
    [style] = re.findall(r'href="(/static/board.css[^"]+)"', page)
    assert "immutable" in stranger.get(style).headers["Cache-Control"]
    assert stranger.get("/static/board.css").headers["Cache-Control"] == "no-cache"
