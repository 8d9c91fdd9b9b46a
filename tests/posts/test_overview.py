"""What a department sees at a handover."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event, update

from board.core.clock import held_at, now
from board.core.database import db
from board.posts import accepting, answering, asking, editing, hiding, overview
from board.posts.models import Post


@pytest.fixture
def ward(world):
    return world.amina.department_id


def seen(department_id, hours=24):
    db.session.flush()
    found = overview.overview(department_id, now() - timedelta(hours=hours))
    return {name: [row.id for row in some.rows] for name, some in vars(found).items()}


def test_a_newly_accepted_answer_of_the_department(world, ward):
    accepting.accept(world.amina, world.insulin_answer)
    assert seen(ward) == {"accepted": [world.insulin.id], "open": [], "changed": []}
    assert seen(world.priya.department_id)["accepted"] == []


def test_what_was_accepted_before_is_no_news(world, ward):
    with held_at(now() - timedelta(hours=30)):
        accepting.accept(world.amina, world.insulin_answer)
    assert seen(ward)["accepted"] == []
    assert seen(ward, hours=48)["accepted"] == [world.insulin.id]


def test_open_are_the_unanswered_first_then_who_waits_longest(world, ward):
    asked = []
    for hours in (5, 50, 20):
        with held_at(now() - timedelta(hours=hours)):
            asked.append(asking.ask(world.amina, f"Where is it, {hours}?").id)
            db.session.flush()
    answered = world.insulin.id
    assert seen(ward)["open"] == [asked[1], asked[2], asked[0], answered]


def test_an_edited_answer_and_a_withdrawn_acceptance_are_changes(world, ward):
    accepting.accept(world.amina, world.insulin_answer)
    accepting.withdraw(world.amina, world.insulin_answer)
    editing.edit(world.jonas, world.insulin_answer, 1, body="Six weeks. Check the leaflet.")
    db.session.flush()
    rows = overview.overview(ward, now() - timedelta(hours=1)).changed.rows
    assert {row.what for row in rows} == {"edited", "withdrawn"}
    assert {row.id for row in rows} == {world.insulin.id}


def test_an_acceptance_that_was_moved_was_not_withdrawn(world, ward):
    accepting.accept(world.amina, world.insulin_answer)
    accepting.accept(world.amina, answering.answer(world.priya, world.insulin, "Look at it."))
    assert seen(ward)["changed"] == []
    assert seen(ward)["accepted"] == [world.insulin.id]


def test_an_edited_comment_is_no_news(world, ward):
    editing.edit(world.priya, world.insulin_comment, 1, body="Thanks a lot.")
    assert seen(ward)["changed"] == []


@pytest.mark.parametrize("which", ["insulin", "insulin_answer"])
def test_what_is_hidden_is_nowhere(world, ward, which):
    accepting.accept(world.amina, world.insulin_answer)
    editing.edit(world.jonas, world.insulin_answer, 1, body="Six weeks.")
    hiding.hide(world.ruth, getattr(world, which), "wrong")
    found = seen(ward)
    assert found["accepted"] == []
    if which == "insulin":
        assert found == {"accepted": [], "open": [], "changed": []}


def test_there_are_more_than_are_shown(world, ward):
    for number in range(40):
        asking.ask(world.amina, f"Where is number {number}?")
    db.session.flush()
    found = overview.overview(ward, now()).open
    assert (len(found.rows), found.total, found.beyond) == (overview.SHOWN, 41, 11)
    assert found.on_paper == overview.ON_PAPER
    assert found.beyond_paper == 41 - overview.ON_PAPER


def test_an_empty_department(world):
    found = overview.overview(world.ruth.department_id, now())
    assert found.is_empty


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ([30, 30, 30], [6, 6, 6]),
        ([30, 1, 0], [17, 1, 0]),
        ([2, 30, 30], [2, 8, 8]),
        ([0, 0, 0], [0, 0, 0]),
        ([1, 2, 3], [1, 2, 3]),
    ],
)
def test_paper_is_shared(wanted, given):
    assert overview.share(wanted, 18) == given


def test_nobody_is_named(world, ward):
    accepting.accept(world.amina, world.insulin_answer)
    db.session.flush()
    for some in vars(overview.overview(ward, now() - timedelta(days=1))).values():
        for row in some.rows:
            assert not [name for name in row._mapping if "author" in name or "person" in name]


@pytest.mark.only_on("sqlite")
def test_it_seeks_and_what_is_open_is_in_order_already(world, ward):
    """A busy board does not make one department's page dear."""
    seen = []

    def note(_connection, _cursor, statement, parameters, _context, _many):
        seen.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    overview.overview(ward, now())
    event.remove(db.engine, "before_cursor_execute", note)
    plans = []
    for statement, parameters in seen:
        found = db.session.connection().exec_driver_sql(
            "EXPLAIN QUERY PLAN " + statement, parameters
        )
        plans.append([row[3] for row in found])
    waiting = plans[1]
    assert not [line for plan in plans for line in plan if re.match("SCAN (post|acceptance)", line)]
    assert any("ix_post_department_unanswered" in line for line in waiting)
    assert not [line for line in waiting if "TEMP B-TREE" in line]


def test_a_later_state_that_hides_hides_here_too(world, ward):
    db.session.execute(update(Post).values(hidden_at=now()))
    assert seen(ward) == {"accepted": [], "open": [], "changed": []}
