"""How the databases find what lists show: by seeking, never by walking or sorting."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import bindparam, event, select, text
from world import World

from board.core.clock import now
from board.core.database import Moment, db, is_sqlite
from board.posts import lists
from board.posts.lists import Tab
from board.posts.models import PostTag
from board.tags.naming import tag_called

MANY = 100_000
GROUP = 1_000

SORTED_TAGS = re.compile(r'.*Sort .*\n.*Sort Key: post_tag[_0-9]*\."?position"?')

INSERT = text("""
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :size)
    INSERT INTO post (kind, title, created_at, active_at, department_id, answer_count, score,
                      imported_score, version, revision_number, excerpt, body_md, body_html)
    SELECT 'question', 'Number ' || n, :moment, :moment,
           CASE WHEN n % 100 = 0 THEN :other ELSE :ward END, n % 2, 0, 0, 1, 1, '', '', ''
      FROM numbers
""").bindparams(bindparam("moment", type_=Moment()))


@pytest.fixture
def crowd(app, prepared):
    """(tag, ward) of a hundred thousand questions."""
    prepared("crowd", multiply)
    with app.app_context():
        yield tag_called("insulin").id, World().amina.department_id


def multiply():
    """A hundred thousand questions nobody has voted for, all in one tag, most in one ward,
    imported a thousand at the same moment.
    """
    tag, moment, world = tag_called("insulin").id, now(), World()
    ward, other = world.amina.department_id, world.jonas.department_id
    for group in range(MANY // GROUP):
        values = {"moment": moment - timedelta(minutes=group), "ward": ward, "other": other}
        db.session.execute(INSERT, values | {"size": GROUP})
    db.session.execute(
        text(
            "INSERT INTO post_tag (post_id, tag_id, position, department_id, score, answer_count,"
            " created_at, active_at) SELECT id, :tag, 0, department_id, score, answer_count,"
            " created_at, active_at FROM post WHERE question_id IS NULL"
        ),
        {"tag": tag},
    )
    db.session.execute(text("UPDATE post SET question_id = id WHERE question_id IS NULL"))
    db.session.execute(text("ANALYZE"))


def plans(work):
    """The plans of all statements that `work` runs, a list of lines each."""
    captured = []

    def note(_connection, _cursor, statement, parameters, _context, _many):
        captured.append((statement, parameters))

    engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return [plan(*each) for each in captured]


def plan(statement, parameters):
    """A statement's plan, without what puts the few tags of one question in their order."""
    prefix = "EXPLAIN QUERY PLAN " if is_sqlite() else "EXPLAIN "
    rows = db.session.connection().exec_driver_sql(prefix + statement, parameters).all()
    if not is_sqlite():
        lines = "\n".join(row[0] for row in rows)
        return re.sub(SORTED_TAGS, "", lines).splitlines()
    of_tags = {row.id for row in rows if row.detail.startswith("CORRELATED SCALAR SUBQUERY")}
    for row in rows:
        if row.parent in of_tags:
            of_tags.add(row.id)
    return [row.detail for row in rows if row.id not in of_tags]


def assert_seeks(found):
    assert_walks_through_no_posts(found)
    for lines in found:
        assert not [line for line in lines if "TEMP B-TREE" in line or "Sort" in line], lines


def assert_walks_through_no_posts(found):
    for lines in found:
        walks = "SCAN post" if is_sqlite() else "Seq Scan on post"
        assert not [line for line in lines if walks in line and "SCAN post_" not in line], lines


@pytest.mark.parametrize("which", ["all", "tag", "department", "both"])
def test_no_list_walks_or_sorts(crowd, which):
    tag, ward = crowd
    filters = {
        "all": {},
        "tag": {"tag_id": tag},
        "department": {"department_id": ward},
        "both": {"tag_id": tag, "department_id": ward},
    }[which]
    for tab in Tab:
        page = lists.questions(tab, **filters)
        assert len(page.rows) == 20
        assert_seeks(plans(lambda tab=tab: lists.questions(tab, **filters)))
        assert_seeks(
            plans(lambda tab=tab, page=page: lists.questions(tab, after=page.next, **filters))
        )


def test_a_page_deep_in_a_list_where_all_are_equal_seeks_to_its_place(crowd):
    """`(score, id) < (0, n)` would walk through everything with a score of 0."""
    [lines] = plans(lambda: lists.questions(Tab.VOTES, after="0~50000"))
    if is_sqlite():
        assert any("score=? AND rowid<?" in line or "score=? AND id<?" in line for line in lines)
    else:
        seeks = [line for line in lines if "Index Cond" in line]
        assert any("id < 50000" in line for line in seeks), lines


def test_a_thread_is_found_by_its_question(crowd):
    from board.posts import threads

    """What was closed or locked last is sorted out of the few rows of that question."""
    assert_walks_through_no_posts(plans(lambda: threads.thread(1, World().amina)))


def test_the_lists_give_what_is_there(crowd):
    tag, _ = crowd
    first = lists.questions(Tab.UNANSWERED, tag_id=tag)
    assert all(row.answer_count == 0 for row in first.rows)
    count = db.session.scalar(
        select(PostTag.post_id).where(PostTag.tag_id == tag).limit(1).offset(MANY)
    )
    assert count is not None
