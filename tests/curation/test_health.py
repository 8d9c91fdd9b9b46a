"""Content health: every figure is as long as the list it opens."""

import re

import pytest

from board.core.database import db
from board.curation import health, reporting
from board.posts import answering, asking


@pytest.fixture
def mixed(world, in_state):
    """The insulin answer is overdue; one about pens is unsafe; others wait."""
    in_state("review_due")
    pens = asking.ask(world.amina, "Are needles for pens shared?", "", "insulin")
    reporting.report(world.amina, answering.answer(world.jonas, pens, "Yes."), "unsafe")
    asking.ask(world.amina, "Who refills the insulin fridge?", "", "insulin")
    db.session.commit()


def figures(rows, key):
    [row] = [row for row in rows if row.key == key]
    return {name: value for name, value in row._mapping.items() if name not in ("key", "name")}


def test_by_tag(mixed):
    assert figures(health.by_tag(), "insulin") == {
        "questions": 3,
        "verified": 1,
        "accepted": 0,
        "unanswered": 1,
        "overdue": 1,
        "expired": 0,
        "unsafe": 1,
    }


def test_by_department(mixed):
    assert figures(health.by_department(), "ward-7b")["questions"] == 3


def test_what_has_most_to_do_stands_first(mixed):
    assert health.by_tag()[0].key == "insulin"


def test_each_figure_opens_its_list(mixed, signed_in):
    ruth = signed_in("ruth")
    page = ruth.get("/content-health").text
    links = re.findall(r'href="(/search\?[^"]+)">(\d+)<', page)
    assert len(links) >= 8
    for address, number in links:
        found = ruth.get(address.replace("&amp;", "&")).text
        words = "1 result<" if number == "1" else f"{number} results<"
        assert words in found, address


def test_an_empty_board_has_none(empty):
    assert health.by_tag() == []
